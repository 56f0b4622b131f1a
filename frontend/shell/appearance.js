// How every page opens and looks: the reader's language, theme, size of type and wish for calm.

import { preferredLanguage, setLanguage } from "../i18n/i18n.js";
import { APPEARANCE } from "./fields.js";

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
function applyAppearance(state) {
  const language = state.language ?? preferredLanguage();
  if (document.documentElement.lang !== language || !isSet) setLanguage(language);
  isSet = true;
  applyTheme(state);
}
let isSet = false;

/**
 * Keeps the document to what the state says of its looks, from now on: so call it before whatever
 * shows texts or measures them. The system's theme counts while the reader has chosen none.
 *
 * @template {Appearance} S
 * @param {import("../core/store.js").Store<S>} store
 * @param {() => void} onSystem Called when the system's theme has become the page's.
 */
export function followAppearance(store, onSystem) {
  applyAppearance(store.get());
  store.subscribe((state, changed) => {
    if (Object.keys(APPEARANCE).some((name) => changed.has(name))) applyAppearance(state);
  });
  dark.addEventListener("change", () => {
    if (store.get().theme) return;
    applyAppearance(store.get());
    onSystem();
  });
}
