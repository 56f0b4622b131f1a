// What the server says of a map that is too dear.

/** @typedef {{ price: number, limit: number, fits: Record<string, number> }} Price `fits`: the most of each
 *   number with the others as they are. */

/**
 * What the server said of the price; null of anything else that it may have refused.
 *
 * @param {unknown} error
 * @returns {Price | null}
 */
export function priceIn(error) {
  const [found] = /** @type {any} */ (error)?.detail ?? [];
  return found?.type === "too_much_work" ? { fits: {}, ...found.values } : null;
}

/** At most a number, in two digits as people say it. @param {number} most */
export function plainly(most) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(most)) - 1);
  return Math.floor(most / unit) * unit;
}
