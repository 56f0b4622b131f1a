// The way between the pages: each link leads to where its page was left, in the reader's language,
// theme and size of type.

import { at } from "../api/root.js";
import { createCodec } from "../core/codec.js";
import { kept } from "../core/keeping.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { appearanceFields } from "./fields.js";

/** Pages by name, in the order of the links. @type {Record<string, string>} */
const PAGES = { descent: "./", signal: "signal.html", functions: "functions.html" };

const appearance = createCodec(appearanceFields);
const isAppearance = new RegExp(`^(${appearanceFields.map(({ name }) => name).join("|")})=`);

/**
 * @param {string} page
 * @param {import("./fields.js").Appearance} state
 */
function addressOf(page, state) {
  const left = (kept(page) ?? "").replace(/^#/, "").split("&");
  const parts = left.filter((part) => part !== "" && !isAppearance.test(part));
  const said = appearance.write(state, undefined).slice(1);
  const hash = [...parts, ...(said ? [said] : [])].join("&");
  return at(`${PAGES[page]}${hash && "#"}${hash}`);
}

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
