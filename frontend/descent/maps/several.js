// Several maps at once: how they stand side by side, and how long all of them will take.

// The height of a map's title.
const TITLE = 20;

/**
 * How many stand in a row, so that they are as large as may be.
 *
 * @param {number} count
 * @param {{ width: number, height: number }} room
 * @param {number} proportions Of each, its width by its height.
 */
export function acrossOf(count, { width, height }, proportions) {
  const sizes = Array.from({ length: count }, (_, at) => {
    const down = Math.ceil(count / (at + 1));
    return Math.min(width / (at + 1), (height / down - TITLE) * proportions);
  });
  return sizes.indexOf(Math.max(...sizes)) + 1;
}

/**
 * For how many seconds all maps will still be coming: those that nobody has asked for yet are taken to cost
 * as much as the others on average.
 *
 * @param {readonly number[]} spent Seconds of each that is whole.
 * @param {number} elapsed Seconds of the one that is coming.
 * @param {Pick<import("./types.js").Mapped, "secondsLeft"> | undefined} mapped The same.
 * @param {number} count Of all of them.
 */
export function leftOf(spent, elapsed, mapped, count) {
  const left = mapped?.secondsLeft ?? null;
  if (mapped && left === null) return null;
  const begun = [...spent, ...(left === null ? [] : [elapsed + left])];
  if (begun.length === 0) return null;
  const each = begun.reduce((sum, one) => sum + one, 0) / begun.length;
  return (left ?? 0) + each * (count - begun.length);
}
