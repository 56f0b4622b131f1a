// How numbers spread between the bounds of a question: counts in bins, as wide as the scale has them.

/**
 * @param {readonly number[]} numbers
 * @param {{ low: number, high: number, scale?: "linear" | "log" }} bounds
 * @param {number} bins
 * @returns {number[]} How many in each, from the lowest.
 */
export function spread(numbers, { low, high, scale }, bins) {
  const counts = Array.from({ length: bins }, () => 0);
  const share = shareOf({ low, high, scale });
  for (const one of numbers) counts[Math.min(bins - 1, Math.floor(share(one) * bins))] += 1;
  return counts;
}

/** Where a number lies between the bounds, 0 to 1.
 * @param {{ low: number, high: number, scale?: "linear" | "log" }} bounds
 * @returns {(value: number) => number} */
export function shareOf({ low, high, scale }) {
  const isLog = scale === "log" && low > 0;
  const along = isLog ? Math.log : (/** @type {number} */ value) => value;
  const [from, to] = [along(low), along(high)];
  return (value) => Math.min(1, Math.max(0, (along(value) - from) / (to - from)));
}

/** The middle one of some numbers. @param {readonly number[]} sorted */
export const median = (sorted) =>
  sorted.length % 2 === 1
    ? sorted[(sorted.length - 1) / 2]
    : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
