// Every text of the page by key, and the server's {en, ru} texts, in the chosen language. Texts come
// with the page's own code: what the page says of a server that does not answer needs no answer.

import en from "./en.json" with { type: "json" };
import { setLocale } from "./format.js";
import ru from "./ru.json" with { type: "json" };

const TEXTS = { en, ru };
export const LANGUAGES = Object.keys(TEXTS);
let language = "en";

export const preferredLanguage = () =>
  navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => LANGUAGES.includes(tag)) ?? "en";

export function setLanguage(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
  setLocale(wanted);
}

export const currentLanguage = () => language;

export const localize = (text) => text?.[language] ?? text?.en ?? "";

export function t(key, values = {}) {
  return (TEXTS[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
