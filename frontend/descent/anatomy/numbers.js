// The update rule with its numbers filled in: each letter that has a value becomes it.

import { math } from "../../core/dom.js";
import { quantity } from "../../i18n/format.js";

/** @typedef {import("../../api/answers.js").StepAnatomy["values"]} Values */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const DIGITS = 3;

/** @param {string} name @param {...(Element | string)} children */
function m(name, ...children) {
  const element = document.createElementNS(MATHML, name);
  element.append(...children);
  return element;
}

/** @param {number} value */
const written = (value) => m("mn", quantity(value, DIGITS));

/** A number, in brackets where it is negative; or a column of two.
 * @param {number | number[]} value */
export function numberOf(value) {
  if (Array.isArray(value)) {
    const rows = value.map((one) => m("mtr", m("mtd", written(one))));
    return m("mrow", m("mo", "("), m("mtable", ...rows), m("mo", ")"));
  }
  return value < 0 ? m("mrow", m("mo", "("), written(value), m("mo", ")")) : written(value);
}

// What stands before a letter: that of the row it begins is the row's.
/** @param {Element} letter @returns {Element | null} */
function before(letter) {
  /** @type {Element | null} */
  let at = letter;
  while (at && !at.previousElementSibling) {
    at = at.parentElement;
    if (!at || !["mrow", "msup", "msub"].includes(at.localName)) return null;
  }
  const found = at?.previousElementSibling ?? null;
  return found?.localName === "mspace" ? found.previousElementSibling : found;
}

/** @param {Element} letter */
const isExponent = ({ parentElement: row }) => {
  const power = row?.localName === "mrow" ? row.parentElement : row;
  return power?.localName === "msup" && power.firstElementChild?.contains(row) === false;
};

/**
 * A formula of the server's with numbers for its letters.
 *
 * @param {string} markup
 * @param {Values} values
 */
export function filled(markup, values) {
  const formula = /** @type {Element} */ (math(markup));
  for (const letter of formula.querySelectorAll(".letter")) {
    const value = values[Number(/** @type {HTMLElement} */ (letter).dataset.value)];
    if (value === null || value === undefined) continue;
    const earlier = before(letter);
    const isFactor = earlier !== null && earlier.localName !== "mo" && !isExponent(letter);
    letter.replaceChildren(...(isFactor ? [m("mo", "·")] : []), numberOf(value));
  }
  return formula;
}
