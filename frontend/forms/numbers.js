// Where forms take the reading and writing of numbers from.

import { plain } from "../i18n/format.js";

/** A number as somebody typed it, with a comma or a point; NaN for what is none. @param {string} text */
export function read(text) {
  const bare = text.trim().replace(",", ".").replace("−", "-");
  return bare === "" ? NaN : Number(bare);
}

/** The text of a field. @param {number} value @returns {string} */
export const field = (value) => plain(value);
