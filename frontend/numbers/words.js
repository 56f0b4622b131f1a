// What is told of a pixel: its two numbers, and what became of the run or of the training.

import { integer, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { NOTHING } from "../maps/filling.js";
import { digitsOf } from "./digits.js";

/**
 * @typedef {import("./picture.js").Place} Place
 * @typedef {import("./resources.js").Coming} Coming
 * @typedef {{ x: import("./frame.js").Named, y: import("./frame.js").Named }} Names
 */

const DIGITS = 4;

/**
 * Two numbers, with as many digits as tell them from those beside them.
 *
 * @param {{ x: number, y: number }} place
 * @param {Names} names
 * @param {Coming | null} coming
 * @param {number | null} pixel Of the place.
 * @param {number} [least] Digits.
 */
export function numbersText({ x, y }, names, coming, pixel, least = DIGITS) {
  const needed = coming && pixel !== null ? digitsOf(coming, pixel) : { x: 0, y: 0 };
  // Beside a power of ten a digit fewer is shown.
  const text = (/** @type {number} */ value, /** @type {number} */ digits) =>
    quantity(value, Math.max(least, digits + 1));
  return [
    t("name.number", { symbol: names.x.symbol, value: text(x, needed.x) }),
    t("name.number", { symbol: names.y.symbol, value: text(y, needed.y) }),
  ].join(", ");
}

/** A loss of exactly 0 is one that float32, in which maps are sent, does not tell from 0.
 * @param {number} loss */
const lossText = (loss) =>
  loss === 0 ? t("maps.told.no_loss") : t("maps.told.loss", { loss: quantity(loss) });

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
  const fate = steps ? "maps.told.diverged" : "maps.told.fails";
  const words = [t(diverged[pixel] ? fate : "maps.told.stays")];
  const parts = [
    ...(Number.isFinite(loss[pixel]) ? [lossText(loss[pixel])] : []),
    ...(steps && !diverged[pixel] && Number.isFinite(rate[pixel])
      ? [t("maps.told.rate", { rate: quantity(rate[pixel], DIGITS) })]
      : []),
    ...(steps && steps[pixel] >= 0 ? [t("maps.told.steps", { count: steps[pixel] })] : []),
  ];
  return steps && parts.length > 0 && !diverged[pixel]
    ? parts.join(", ")
    : [...words, ...parts].join(", ");
}

/** A place of a map and what it says of it. @param {{ x: number, y: number }} place @param {Names} names
 * @param {Coming | null} coming @param {number | null} pixel */
export const placeText = (place, names, coming, pixel) =>
  [numbersText(place, names, coming, pixel), pixelText(coming, pixel)].filter(Boolean).join(" · ");

/** Of how many sizes the boxes on the border are told. */
const SCALES = 3;

/** Words of the map as a whole. @param {import("./state.js").State["view"]} view @param {any} answer */
export function notesOf(view, answer) {
  if (view !== "trainability" || !answer) return [];
  const { border } = answer;
  // A map without a border has nothing to count.
  const boxes = border?.boxes?.[0] > 0 ? border.boxes : [];
  const counts = boxes
    .slice(0, SCALES)
    .map((/** @type {number} */ count, /** @type {number} */ k) =>
      t("trainability.boxes_of", { size: border.size[k], boxes: integer(count) }),
    );
  return [
    counts.length > 0 ? t("trainability.boxes", { counts: counts.join("; ") }) : "",
    Number.isFinite(border?.dimension ?? NaN)
      ? t("trainability.dimension", { dimension: quantity(border.dimension, 3) })
      : "",
  ].filter(Boolean);
}
