// What curvature says of a learning rate: what the surface is like where a run stands, and whether
// steps of this size stay on a quadratic of the same curvature.

/**
 * The largest rate with which an optimizer stays on a quadratic, in parts of 2/λ_max: the roots of
 * its recurrence are in the unit circle under it. Those that are not here scale their steps by what
 * they have seen, and have no such limit.
 *
 * @type {Record<string, (momentum: number) => number>}
 */
const LIMITS = {
  sgd: () => 1,
  momentum: (momentum) => 1 + momentum,
  nesterov: (momentum) => (1 + momentum) / (1 + 2 * momentum),
};

/** The largest stable rate in parts of 2/λ_max; 1, as gradient descent has it, where there is none.
 * @param {{ optimizer: string, momentum?: number }} run */
export const limitOf = ({ optimizer, momentum = 0 }) => LIMITS[optimizer]?.(momentum) ?? 1;

/** @param {string} optimizer */
export const hasLimit = (optimizer) => Object.hasOwn(LIMITS, optimizer);

/** Curvature this much smaller than the largest is none. */
const NONE = 1e-9;
/** A rate as near to the limit as this is at it. */
const NEAR = 0.005;

/** @typedef {"bowl" | "round" | "trough" | "saddle" | "ridge" | "dome" | "flat"} Shape */

/**
 * @param {readonly number[]} eigenvalues Of the Hessian, the smaller one first.
 * @returns {Shape}
 */
export function shapeOf([low, high]) {
  const least = NONE * Math.max(Math.abs(low), Math.abs(high));
  if (Math.abs(low) <= least && Math.abs(high) <= least) return "flat";
  if (high <= least) return low < -least && high < -least ? "dome" : "ridge";
  if (low < -least) return "saddle";
  if (low <= least) return "trough";
  return high <= low * (1 + NEAR) ? "round" : "bowl";
}

/**
 * How a rate stands to the limit of its optimizer; null where there is none, or where what is added
 * to the gradient's step makes it another one.
 *
 * @param {object} options
 * @param {string} options.optimizer
 * @param {number} options.rate
 * @param {number} [options.momentum]
 * @param {number} [options.weightDecay]
 * @param {number | null} options.critical 2/λ_max.
 * @returns {{ is: "stable" | "edge" | "unstable", ratio: number, times: number } | null} `ratio` is
 *   the rate in parts of the limit, `times` the limit in parts of 2/λ_max.
 */
export function stabilityOf({ optimizer, rate, momentum = 0, weightDecay = 0, critical }) {
  if (critical === null || weightDecay > 0 || !hasLimit(optimizer)) return null;
  const times = LIMITS[optimizer](momentum);
  const ratio = rate / (times * critical);
  const is = Math.abs(ratio - 1) < NEAR ? "edge" : ratio < 1 ? "stable" : "unstable";
  return { is, ratio, times };
}
