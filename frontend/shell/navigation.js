// The way between the pages: each link leads to where its page was left, in the reader's language,
// theme and size of type.

import { at } from "../api/root.js";
import { createCodec } from "../core/codec.js";
import { kept } from "../core/keeping.js";
import { withLooks } from "../core/looks.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { appearanceFields } from "./fields.js";

/** Pages by name, in the order of the links. @type {Record<string, string>} */
const PAGES = {
  lecture: "lecture.html",
  descent: "./",
  signal: "signal.html",
  functions: "functions.html",
  maps: "maps.html",
  scoreboard: "scoreboard.html",
};

const appearance = createCodec(appearanceFields);

/**
 * An address as the reader sees pages: in the language, theme and size of type that were chosen.
 *
 * @param {string} address
 * @param {import("./fields.js").Appearance} state
 */
export const inLooks = (address, state) =>
  withLooks(address, appearance.write(state, undefined).slice(1));

/**
 * @param {string} page
 * @param {import("./fields.js").Appearance} state
 */
const addressOf = (page, state) => at(inLooks(PAGES[page] + (kept(page) ?? ""), state));

/**
 * @param {string} current The page's own name.
 * @param {import("./fields.js").Appearance} state
 */
export const links = (current, state) => html`
  <nav class="pages" aria-label=${t("nav.label")}>
    ${Object.keys(PAGES).map(
      (page) => html`<a
        href=${addressOf(page, state)}
        aria-current=${page === current ? "page" : nothing}
      >${t(`nav.${page}`)}</a>`,
    )}
  </nav>`;
