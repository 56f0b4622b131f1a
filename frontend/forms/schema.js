// What a JSON Schema says of a number: its bounds, its slider, and what is wrong with a typed text.

import { field, read } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

/** @typedef {[number, number]} Range */
/** A text in both languages. @typedef {{ en: string, ru: string }} Text */

/**
 * A number, a word or a yes and no, as the server declares it.
 *
 * @typedef {object} Schema
 * @property {string} [type]
 * @property {number} [minimum]
 * @property {number} [exclusiveMinimum]
 * @property {number} [maximum]
 * @property {number} [exclusiveMaximum]
 * @property {string} [scale] "log" where equal ways on the slider are equal factors.
 * @property {number | null} [step]
 * @property {Range | null} [slider] Where the slider runs; the field takes all within the bounds.
 * @property {Text} titles
 * @property {Text | null} [unit]
 * @property {Text | null} [note]
 * @property {string | null} [symbol_mathml]
 * @property {any} [default]
 * @property {string[]} [enum]
 * @property {Record<string, Text>} [labels]
 * @property {Record<string, unknown[]> | null} [when] Under which words of others it does something.
 */

/** Steps of a slider from end to end. */
export const TICKS = 1000;
/** A logarithmic slider that begins at 0 has this many decades above it. */
const DECADES = 7;

/** @param {Schema} schema @returns {Range} */
export const bounds = (schema) => [
  schema.minimum ?? schema.exclusiveMinimum ?? -Infinity,
  schema.maximum ?? schema.exclusiveMaximum ?? Infinity,
];

/** Ends of the logarithmic part; under it there is only 0. @param {Range} ends @returns {Range} */
const logEnds = ([low, high]) => (low > 0 ? [low, high] : [high / 10 ** DECADES, high]);

/**
 * Whether a number does anything under the words chosen beside it.
 *
 * @param {Schema | undefined} schema
 * @param {(name: string) => any} chosen
 */
export const applies = (schema, chosen) =>
  Object.entries(schema?.when ?? {}).every(([other, words]) => words.includes(chosen(other)));

/** Where a slider runs. @param {Schema} schema @param {Range} [range] That of the surface shown. */
export const sliderEnds = (schema, range) => range ?? schema.slider ?? bounds(schema);

/** @param {Schema} schema @param {Range} ends @param {number} value @returns {number} In ticks. */
export function toSlider(schema, ends, value) {
  const [low, high] = schema.scale === "log" ? logEnds(ends) : ends;
  let part = (value - low) / (high - low);
  if (schema.scale === "log") part = value <= 0 ? 0 : Math.log(value / low) / Math.log(high / low);
  return Math.round(TICKS * Math.min(1, Math.max(0, part)));
}

/** @param {Schema} schema @param {Range} ends @param {number} ticks @returns {number} */
export function fromSlider(schema, ends, ticks) {
  const part = ticks / TICKS;
  const [least, most] = ends;
  if (schema.scale === "log") {
    if (ticks === 0) return least;
    if (ticks === TICKS) return most;
    const [low, high] = logEnds(ends);
    const value = low * (high / low) ** part;
    return schema.type === "integer" ? Math.round(value) : Number(value.toPrecision(3));
  }
  const value = least + part * (most - least);
  if (schema.type === "integer") return Math.round(value);
  if (!schema.step) return Number(value.toPrecision(4));
  const digits = Math.max(0, -Math.floor(Math.log10(schema.step)));
  return Number((Math.round(value / schema.step) * schema.step).toFixed(digits));
}

/**
 * Where a slider stands after a key: a tick further, or as many as it takes to the next number there is.
 *
 * @param {Schema} schema
 * @param {Range} ends
 * @param {{ ticks: number, value: number }} from
 * @param {1 | -1} way
 * @returns {number} In ticks; where it was, if there is no further number.
 */
export function nextTick(schema, ends, { ticks, value }, way) {
  for (let at = ticks + way; at >= 0 && at <= TICKS; at += way) {
    if (way * (fromSlider(schema, ends, at) - value) > 0) return at;
  }
  return ticks;
}

/**
 * What is wrong with a typed value, and what would be accepted; null where nothing is.
 *
 * @param {Schema} schema
 * @param {string} text
 * @returns {string | null}
 */
export function problem(schema, text) {
  const value = read(text);
  const [low, high] = bounds(schema);
  if (text.trim() === "" || !Number.isFinite(value)) return t("field.number");
  if (schema.type === "integer" && !Number.isInteger(value)) return t("field.integer");
  const isUnder = schema.exclusiveMinimum !== undefined ? value <= low : value < low;
  const isOver = schema.exclusiveMaximum !== undefined ? value >= high : value > high;
  return isUnder || isOver ? t("field.range", { low: field(low), high: field(high) }) : null;
}
