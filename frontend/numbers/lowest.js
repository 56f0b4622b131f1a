// The lowest loss of a surface, and a run's losses above it, as a logarithm has them.

import { declaredSurface } from "../runs/surfaces.js";
import { OF_SURFACE } from "./numbers.js";

/** Powers of ten of a loss that are told. */
const LEAST = -30;

/**
 * The lowest loss of a surface as its settings have it; null where nobody knows.
 *
 * @param {import("./numbers.js").Catalog} catalog
 * @param {Pick<import("../runs/request.js").Surfaced, "surface" | "points" | "parameters">} settings
 * @returns {number | null}
 */
export function lowestOf(catalog, { surface, points, parameters }) {
  const { minima } = declaredSurface(catalog, surface);
  // Minima of other parameters, or of other points, are others.
  if (!minima || minima.length === 0 || points !== null || Object.keys(parameters).length > 0) {
    return null;
  }
  return Math.min(...minima.map((/** @type {{ loss: number }} */ { loss }) => loss));
}

/**
 * The lowest loss of all of a map: each of its pixels has a surface of its own where a parameter of it
 * stands on an axis.
 *
 * @param {import("./numbers.js").Catalog} catalog
 * @param {Parameters<typeof lowestOf>[1]} settings
 * @param {import("./axes.js").Axes} axes
 */
export const lowestOfMap = (catalog, settings, { x, y }) =>
  [x, y].some(({ name }) => name.startsWith(OF_SURFACE)) ? null : lowestOf(catalog, settings);

/**
 * The steps of a run and the powers of ten of its losses above the lowest, but for those that have none.
 *
 * @param {ArrayLike<number>} losses
 * @param {number | null} lowest Null where nobody knows: losses as they are, or above the path's least
 *   where that is no more than 0.
 */
export function logsOf(losses, lowest) {
  const all = Array.from(losses);
  const least = all.reduce(
    (low, loss) => (Number.isFinite(loss) ? Math.min(low, loss) : low),
    Infinity,
  );
  const floor = lowest ?? Math.min(0, least);
  const found = all
    .map((loss, step) => ({ step, log: Math.log10(loss - floor) }))
    .filter(({ log }) => log > LEAST && log < Infinity);
  return { steps: found.map(({ step }) => step), logs: found.map(({ log }) => log) };
}
