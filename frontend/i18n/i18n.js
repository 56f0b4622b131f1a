// Every text of the page by key, and the server's {en, ru} texts, in the chosen language. Texts come
// with the page's own code: what the page says of a server that does not answer needs no answer.

import en from "./en.json" with { type: "json" };
import { plural, setLocale, written } from "./format.js";
import ru from "./ru.json" with { type: "json" };

/**
 * A text with blanks, as «{name}». One that counts has a form for each kind of number, which
 * `{count}` chooses: {"one": "{count} step", "other": "{count} steps"}.
 *
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Form
 */
/** @typedef {"en" | "ru"} Language */
/** A text of the server's, in every language. @typedef {Partial<Record<Language, string>>} Words */

/** @type {Record<Language, Record<string, Form>>} */
const TEXTS = { en, ru };
export const LANGUAGES = /** @type {Language[]} */ (Object.keys(TEXTS));
/** @type {Language} */
let language = "en";

/** @returns {Language} */
export const preferredLanguage = () =>
  navigator.languages
    .map((tag) => LANGUAGES.find((one) => one === tag.slice(0, 2)))
    .find((one) => one !== undefined) ?? "en";

/** @param {Language} wanted */
export function setLanguage(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
  setLocale(wanted);
}

export const currentLanguage = () => language;

/** @param {Words | null | undefined} text */
export const localize = (text) => text?.[language] ?? text?.en ?? "";

/** What goes with 2.5 in Russian is what goes with 2. @param {Form} form @param {unknown} count */
const formFor = (form, count) =>
  typeof form === "string" ? form : (form[plural(Number(count))] ?? form.few ?? form.other ?? "");

/**
 * The text of a key, its blanks filled; numbers are written as the language writes them, `count`
 * chooses the form.
 *
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  const form = formFor(TEXTS[language][key] ?? key, values.count);
  return form.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
}
