// What is told of a pixel: its two numbers, and what became of the run or of the training.

import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { NOTHING } from "../maps/filling.js";

/**
 * @typedef {import("./picture.js").Place} Place
 * @typedef {import("./resources.js").Coming} Coming
 * @typedef {{ x: import("./frame.js").Named, y: import("./frame.js").Named }} Names
 */

const DIGITS = 4;

/** @param {{ x: number, y: number }} place @param {Names} names @param {number} [digits] */
export const numbersText = ({ x, y }, names, digits = DIGITS) =>
  [
    t("name.number", { symbol: names.x.symbol, value: quantity(x, digits) }),
    t("name.number", { symbol: names.y.symbol, value: quantity(y, digits) }),
  ].join(", ");

/**
 * What a map says of one of its pixels; "" where it says nothing yet.
 *
 * @param {Coming | null} coming
 * @param {number | null} pixel
 */
export function pixelText(coming, pixel) {
  if (coming === null || pixel === null) return "";
  const { fields, known } = coming.filling;
  if (known[pixel] === NOTHING || !fields.diverged) return "";
  const { loss, rate, steps, diverged } = fields;
  const words = [t(diverged[pixel] ? "maps.told.diverged" : "maps.told.stays")];
  const parts = [
    ...(Number.isFinite(loss[pixel]) ? [t("maps.told.loss", { loss: quantity(loss[pixel]) })] : []),
    ...(steps && !diverged[pixel] && Number.isFinite(rate[pixel])
      ? [t("maps.told.rate", { rate: quantity(rate[pixel], DIGITS) })]
      : []),
    ...(steps && steps[pixel] >= 0 ? [t("maps.told.steps", { count: steps[pixel] })] : []),
  ];
  return steps && parts.length > 0 && !diverged[pixel]
    ? parts.join(", ")
    : [...words, ...parts].join(", ");
}
