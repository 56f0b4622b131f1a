// How every page opens and looks: the reader's language, theme, size of type and wish for calm.

import { preferredLanguage, setLanguage } from "../i18n/i18n.js";

/** @typedef {import("./fields.js").Appearance} Appearance */

const dark = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export const isCalm = () => calm.matches;

/** The language until the address has been read. */
export function openingLanguage() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
  return asked === "en" || asked === "ru" ? asked : preferredLanguage();
}

/** @param {Pick<Appearance, "theme">} state @returns {"light" | "dark"} */
export const themeOf = (state) => state.theme ?? (dark.matches ? "dark" : "light");

/** @param {Pick<Appearance, "theme"> & { large?: boolean }} state */
function applyTheme(state) {
  const { dataset } = document.documentElement;
  dataset.theme = themeOf(state);
  if (state.large) dataset.large = "";
  else delete dataset.large;
}

/**
 * Puts the language, the theme and the size of type on the document; called before what shows them.
 *
 * @param {Appearance} state
 */
export function applyAppearance(state) {
  const language = state.language ?? preferredLanguage();
  if (document.documentElement.lang !== language || !isSet) setLanguage(language);
  isSet = true;
  applyTheme(state);
}
let isSet = false;

/**
 * The system's theme counts while the reader has chosen none.
 *
 * @param {{ get(): Pick<Appearance, "theme"> }} store
 * @param {() => void} change
 */
export function listenToSystemTheme(store, change) {
  dark.addEventListener("change", () => {
    if (!store.get().theme) change();
  });
}
