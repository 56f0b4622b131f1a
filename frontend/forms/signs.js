// Formulas in templates.

import { math } from "../core/dom.js";
import { currentLanguage } from "../i18n/i18n.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { nothing } from "../vendor/lit-html/lit-html.js";

/** The server's MathML, its numbers in the language of the page. @param {string | null} [markup] */
export const formula = (markup) =>
  markup ? guard([markup, currentLanguage()], () => math(markup)) : nothing;
