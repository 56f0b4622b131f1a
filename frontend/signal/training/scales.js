// Axes of a training's timelines: numbers along them are those of all charts.

import { logTicks, roundNumbers } from "../../charts/axes.js";
import { measures } from "../../charts/measures.js";

/** Heights of the type that a number along a vertical axis takes, with the room to the next. */
const APART = 2.2;

/** @param {number} height */
const most = (height) => Math.max(2, Math.floor(height / (APART * measures().font)));

/**
 * Of powers of ten.
 *
 * @param {[number, number]} range
 * @param {number} height
 */
export function logAxis(range, height) {
  const { values, texts } = logTicks(range, most(height));
  return {
    range,
    ticks: values,
    format: (/** @type {number} */ value) => texts[values.indexOf(value)],
  };
}

/**
 * @param {[number, number]} range
 * @param {number} height
 * @param {(value: number) => string} format
 */
export const linearAxis = (range, height, format) => ({
  range,
  ticks: roundNumbers(range, most(height)),
  format,
});
