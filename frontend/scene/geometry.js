// Ranges and pixels of the landscape: plain functions, no page.

// Parameters in unlike units: one scale for both would draw a domain as a line.
const UNLIKE = 20;

/**
 * @typedef {[[number, number], [number, number]]} Domain From and to of x and of y.
 * @typedef {import("./projection.js").View} View
 */

/** @param {Domain} domain */
const areUnlike = ([[x0, x1], [y0, y1]]) =>
  Math.max((x1 - x0) / (y1 - y0), (y1 - y0) / (x1 - x0)) > UNLIKE;

/**
 * Whether the axes are scaled apart: as the reader chose, else where the domain asks for it.
 *
 * @param {"apart" | "equal" | null} aspect
 * @param {Domain} domain
 */
export const isApart = (aspect, domain) =>
  aspect === null ? areUnlike(domain) : aspect === "apart";

/**
 * The smallest rectangle round a domain that has the picture's proportions, so that both axes keep
 * one scale and level lines stand at right angles to gradients; the domain itself where they are
 * scaled apart.
 *
 * @param {Domain} domain
 * @param {number} width
 * @param {number} height
 * @param {boolean} [apart]
 * @returns {View}
 */
export function fitRange([[x0, x1], [y0, y1]], width, height, apart = false) {
  if (apart) return { x: [x0, x1], y: [y0, y1] };
  const unit = Math.max((x1 - x0) / width, (y1 - y0) / height);
  const centre = [(x0 + x1) / 2, (y0 + y1) / 2];
  return {
    x: [centre[0] - (unit * width) / 2, centre[0] + (unit * width) / 2],
    y: [centre[1] - (unit * height) / 2, centre[1] + (unit * height) / 2],
  };
}

/**
 * The global ones among known minima, equal up to rounding.
 *
 * @template {{loss: number}} M
 * @param {M[]} minima
 */
export function lowest(minima) {
  const least = Math.min(...minima.map(({ loss }) => loss));
  const slack = 1e-9 * Math.max(1, Math.abs(least));
  return minima.filter(({ loss }) => loss <= least + slack);
}

/**
 * To a hundred-thousandth of its size, far less than a pixel, so that a link to it stays short.
 *
 * @param {View} range
 * @returns {View}
 */
export function rounded(range) {
  const size = Math.max(range.x[1] - range.x[0], range.y[1] - range.y[0]);
  const digits = Math.min(100, Math.max(0, 5 - Math.floor(Math.log10(size))));
  /** @param {[number, number]} ends @returns {[number, number]} */
  const short = ([low, high]) => [Number(low.toFixed(digits)), Number(high.toFixed(digits))];
  return { x: short(range.x), y: short(range.y) };
}

/** @param {View} view @returns {Domain} */
export const asDomain = ({ x, y }) => [x, y];

/**
 * Points of the grid: square cells, about `longest` of them along the longer side.
 *
 * @param {number} width
 * @param {number} height
 * @param {number} [longest]
 */
export function gridSize(width, height, longest = 180) {
  const cell = Math.max(width, height) / longest;
  return { nx: Math.max(2, Math.round(width / cell)), ny: Math.max(2, Math.round(height / cell)) };
}
