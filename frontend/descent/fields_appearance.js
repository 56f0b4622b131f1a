// How the page looks, which all pages have in their addresses.

import { field, flag, word } from "../core/codec.js";
import { LANGUAGES } from "../i18n/i18n.js";

export const appearanceFields = [
  field({ name: "lang", key: "language", fallback: null, read: word(LANGUAGES) }),
  field({ name: "theme", fallback: null, read: word(["light", "dark"]) }),
  field({ name: "large", fallback: false, read: flag, write: (value) => (value ? "1" : "0") }),
];
