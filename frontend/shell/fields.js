// How a page looks, as part of its state and of its address: alike on every page.

import { field, flag, word } from "../core/codec.js";
import { LOOKS } from "../core/looks.js";

/**
 * The reader's choices; null for what browser and system say.
 *
 * @typedef {object} Appearance
 * @property {null | "en" | "ru"} language
 * @property {null | "light" | "dark"} theme
 * @property {boolean} large Larger type and lines, for the back row.
 */

/** @type {Readonly<Appearance>} */
export const APPEARANCE = Object.freeze({ language: null, theme: null, large: false });

/** Last in a page's address. @type {import("../core/codec.js").Field<any, any, any>[]} */
export const appearanceFields = [
  field({ name: LOOKS.language, key: "language", fallback: null, read: word(["en", "ru"]) }),
  field({ name: LOOKS.theme, fallback: null, read: word(["light", "dark"]) }),
  field({ name: LOOKS.large, fallback: false, read: flag, write: (large) => (large ? "1" : "0") }),
];
