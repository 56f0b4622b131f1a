// The picture's colours and what its colour bar says of them: numbers and words, no page.

import { logTicks } from "../charts/axes.js";
import { distinct, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

const LONGEST = 8;
// Numbers beside the colours of the gradient's length.
const MOST = 7;

/**
 * @typedef {import("./scene.js").Grid} Grid
 * @typedef {{zmin: number, zmax: number, ticks: number[], texts: string[], title: string}} Scale
 */

// What levels are called: their losses with as many digits as tell neighbours apart, or, where
// those would be too many, their heights above the lowest point that is seen.
/** @param {Grid} grid @param {number[]} chosen */
function levelTexts({ reference, levelHeights }, chosen) {
  const heights = chosen.map((k) => levelHeights[k]);
  const plain = distinct(
    heights.map((height) => reference + height),
    2,
  );
  if (plain?.every((/** @type {string} */ text) => text.length <= LONGEST)) {
    return { texts: plain, above: false };
  }
  return {
    texts: distinct(heights, 2) ?? heights.map((height) => quantity(height, 2)),
    above: true,
  };
}

/**
 * The colour bar of the loss.
 *
 * @param {Grid} grid
 * @param {{every: number, penalised: boolean, names: [string, string]}} said
 * @returns {Scale}
 */
export function lossScale(grid, { every, penalised, names: [x, y] }) {
  const count = grid.levelHeights.length;
  const chosen = grid.levelHeights.map((_, k) => k).filter((k) => k % every === 0);
  const { texts, above } = levelTexts(grid, chosen);
  const words = t(penalised ? "picture.penalised" : "picture.scale", { x, y });
  const title = !above
    ? words
    : t(grid.rounded ? "picture.above_rounded" : "picture.above", {
        words,
        reference: quantity(grid.reference, 12),
      });
  return { zmin: -1, zmax: Math.max(count, 1), texts, title, ticks: chosen };
}

/**
 * The same of the gradient's length, whose scale is logarithmic.
 *
 * @param {{low: number, high: number}} ends
 * @param {{penalised: boolean}} said
 * @returns {Scale}
 */
export function gradientScale({ low, high }, { penalised }) {
  const { values, texts } = logTicks([low, high], MOST);
  return {
    zmin: low,
    zmax: high,
    ticks: values,
    texts,
    title: t(penalised ? "picture.gradient_penalised" : "picture.gradient"),
  };
}

/**
 * The loss at a height, with digits for a thousandth of what is seen; where a double would have too
 * few, the height itself is named beside the reference.
 *
 * @param {Grid} grid
 * @param {number | null} height
 */
export function lossText({ reference, levelHeights }, height) {
  if (height === null || !Number.isFinite(height)) return quantity(NaN);
  const loss = reference + height;
  const span = (levelHeights.at(-1) ?? 0) - (levelHeights[0] ?? 0);
  const digits =
    span > 0 && loss !== 0 ? Math.max(4, 4 + Math.ceil(Math.log10(Math.abs(loss) / span))) : 4;
  return digits <= 9 ? quantity(loss, digits) : `f₀ + ${quantity(height, 4)}`;
}
