// Regions of the picture that curvature decides: where the surface curves up along every direction,
// and where a rate is under what curvature allows.

import { limitOf } from "./stability.js";

export const REGIONS = /** @type {const} */ (["none", "convex", "stable"]);

/**
 * @typedef {object} Curvature Eigenvalues of the Hessian over a view, rows from the bottom; NaN where
 *   there is none.
 * @property {import("../scene/scene.js").View} view
 * @property {number} width
 * @property {ArrayLike<number>} smaller
 * @property {ArrayLike<number>} larger
 */

/**
 * Where the Hessian is positive semidefinite, so that the surface is convex there.
 *
 * @param {Curvature} curvature
 * @returns {Uint8Array} 1 inside.
 */
export const convexIn = ({ smaller }) => Uint8Array.from(smaller, (value) => (value >= 0 ? 1 : 0));

/**
 * Where a rate is under its limit, α < 2·times/λ_max: what curves down nowhere bounds no rate, and
 * descends for ever.
 *
 * @param {Curvature} curvature
 * @param {{ optimizer: string, rate: number, momentum?: number }} run
 * @returns {Uint8Array} 1 inside.
 */
export const stableIn = ({ larger }, run) => {
  const largest = (2 * limitOf(run)) / run.rate;
  return Uint8Array.from(larger, (value) => (value < largest ? 1 : 0));
};
