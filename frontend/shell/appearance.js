// How every page opens and looks: the reader's language, theme and wish for calm.

import { preferredLanguage } from "../i18n/i18n.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export const isCalm = () => calm.matches;

export function openingLanguage() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
  return asked === "en" || asked === "ru" ? asked : preferredLanguage();
}

export const themeOf = (state) => state.theme ?? (dark.matches ? "dark" : "light");

export function applyTheme(state) {
  document.documentElement.dataset.theme = themeOf(state);
}

// The system's theme counts while the reader has chosen none.
export function listenToSystemTheme(store, change) {
  dark.addEventListener("change", () => {
    if (!store.get().theme) change();
  });
}
