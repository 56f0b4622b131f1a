// Axes that the settings share: layers along x, decades or shares along y.

import { wholePowers } from "../charts/axes.js";
import { measures } from "../charts/measures.js";
import { percent, powerOfTen } from "../i18n/format.js";

// A flat line looks flat: no axis of decades is shorter.
const LEAST_DECADES = 4;
// Theory may run away from what is measured; the axis follows it so far.
const BEYOND = 4;

/** @param {(number | null)[]} values @returns {number[]} */
const logs = (values) =>
  values.flatMap((value) => (value !== null && value > 0 ? [Math.log10(value)] : []));

/**
 * Decades that hold the measured values, and the predicted ones as far as that is sensible.
 *
 * @param {(number | null)[]} measured
 * @param {(number | null)[]} predicted
 * @returns {[number, number]}
 */
export function decades(measured, predicted) {
  const of = logs(measured);
  if (of.length === 0) return [-LEAST_DECADES, 0];
  const [low, high] = [Math.min(...of), Math.max(...of)];
  const near = logs(predicted).map((value) =>
    Math.min(high + BEYOND, Math.max(low - BEYOND, value)),
  );
  const top = Math.ceil(Math.max(high, ...near) + 0.05);
  return [Math.min(top - LEAST_DECADES, Math.floor(Math.min(low, ...near) - 0.3)), top];
}

/** @param {[number, number]} range @param {number} height */
export const decadeAxis = (range, height) => ({
  range,
  format: powerOfTen,
  ticks: wholePowers(range, Math.max(2, height / (1.25 * measures().font))),
});

/** @type {import("../charts/chart.js").PaneAxis} */
export const shareAxis = {
  range: [0, 1.02],
  ticks: [0, 0.5, 1],
  format: (value) => percent(value),
};

/** @param {number} depth @param {number} width @returns {import("../charts/chart.js").PaneAxis} */
export function layerAxis(depth, width, numbers = true) {
  const every =
    [1, 2, 5, 10, 20].find((step) => (depth / step) * 1.6 * measures().font <= width) ?? 20;
  const ticks = Array.from({ length: Math.floor(depth / every) }, (_, k) => (k + 1) * every);
  return {
    range: [0.5, depth + 0.5],
    grid: false,
    numbers,
    ticks: every === 1 ? ticks : [1, ...ticks.filter((layer) => layer > 1 + every / 2)],
  };
}
