// Remembers by name what something was last made of, so that it is made again only of something else.

import { isSameList } from "../core/selectors.js";

export function createMemory() {
  /** @type {Map<string, unknown[]>} */
  const known = new Map();
  return {
    /** @param {string} name @param {unknown[]} values */
    isNew(name, ...values) {
      const before = known.get(name);
      if (before && isSameList(before, values)) return false;
      known.set(name, values);
      return true;
    },
    forget: () => known.clear(),
  };
}
