// Every text of the page by key, and the server's {en, ru} texts, in the chosen language.

import { setLocale } from "./format.js";

export const LANGUAGES = ["en", "ru"];
let language = "en";
let texts = {};

export const preferredLanguage = () =>
  navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => LANGUAGES.includes(tag)) ?? "en";

export async function setLanguage(wanted) {
  const response = await fetch(`i18n/${wanted}.json`);
  texts = await response.json();
  language = wanted;
  document.documentElement.lang = wanted;
  setLocale(wanted);
}

export const currentLanguage = () => language;

export const localize = (text) => text?.[language] ?? text?.en ?? "";

export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
