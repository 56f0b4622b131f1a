// The way between the pages; the chosen language and theme go along.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

const PAGES = { descent: "./", signal: "signal.html", functions: "functions.html" };

// `current` is the page's own name; of the state only the language and the theme are read.
export function navigation(current, { language = null, theme = null } = {}) {
  const kept = [
    ["lang", language],
    ["theme", theme],
  ].filter(([, value]) => value !== null);
  const hash = kept.length > 0 ? `#${kept.map((pair) => pair.join("=")).join("&")}` : "";
  return h(
    "nav",
    { class: "pages", "aria-label": t("nav.label") },
    Object.entries(PAGES).map(([name, address]) =>
      h(
        "a",
        { href: `${address}${hash}`, "aria-current": name === current ? "page" : null },
        t(`nav.${name}`),
      ),
    ),
  );
}
