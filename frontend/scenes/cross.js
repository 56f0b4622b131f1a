// A cross on the picture that arrow keys move.

/**
 * @typedef {import("./types.js").Place} Place
 * @typedef {import("./phases.js").Prediction} Prediction
 */

/** How far an arrow moves the cross, as a part of what is seen; with Shift, for the last bit. */
const FAR = 1 / 24;
const NEAR = 1 / 160;
/** @type {Record<string, Place>} */
const WAYS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * Where a key moves the cross; null for a key that moves none.
 *
 * @param {{ key: string, shiftKey: boolean }} event
 * @param {Prediction} answer
 * @param {{ x: number[], y: number[] }} view
 * @returns {Place | null}
 */
export function crossMoved({ key, shiftKey }, answer, { x, y }) {
  const way = WAYS[key];
  if (!way && key !== "Enter") return null;
  const middle = /** @type {Place} */ ([(x[0] + x[1]) / 2, (y[0] + y[1]) / 2]);
  const from = Array.isArray(answer) ? answer : middle;
  // The first key only puts it down.
  if (!way || !Array.isArray(answer)) return rounded(from);
  const part = shiftKey ? NEAR : FAR;
  return rounded([
    Math.min(x[1], Math.max(x[0], from[0] + way[0] * part * (x[1] - x[0]))),
    Math.min(y[1], Math.max(y[0], from[1] + way[1] * part * (y[1] - y[0]))),
  ]);
}

/** To the digits that a pointer can tell. @param {Place} place @returns {Place} */
export const rounded = ([x, y]) => [Number(x.toPrecision(4)), Number(y.toPrecision(4))];
