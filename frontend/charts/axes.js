// Numbers along the axes of all charts and pictures: where they stand and what they say. Pure
// functions; who draws them (Plotly, SVG panes) is not known here.

import { coordinate, decimalsFor, distinct, powerOfTen } from "../i18n/format.js";

/**
 * @typedef {[number, number]} Range
 *
 * @typedef {object} Ticks
 * @property {number[]} values Places in the axis's own numbers: powers where it is logarithmic.
 * @property {string[]} texts
 *
 * @typedef {Ticks & {title: string}} NamedTicks
 */

// Digits that a number along an axis has at most, without its sign.
const LONGEST = 5;
// An axis this many powers of ten long is told by whole powers.
const DECADES = 1.6;
// Round numbers between two powers of ten, from few to many.
const BETWEEN = [
  [1, 3],
  [1, 2, 5],
  [1, 2, 3, 5, 7],
  [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9],
];

/**
 * Round numbers in a range, at most `most` of them or one more.
 *
 * @param {Range} range
 * @param {number} most
 * @returns {number[]}
 */
export function roundNumbers([low, high], most) {
  const rough = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const numbers = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k += 1) {
    numbers.push(Number((k * step).toPrecision(15)));
  }
  return numbers;
}

/** @param {string} text */
const figures = (text) => text.replace(/^−/, "").length;

/**
 * Numbers of a linear axis that is called `name`: with as many digits as tell them apart, or, in a
 * deep zoom, how far they are from one of them in a power of ten, both of which the title names.
 *
 * @param {string} name
 * @param {Range} range
 * @param {number} most
 * @returns {NamedTicks}
 */
export function linearTicks(name, range, most) {
  const values = roundNumbers(range, most);
  const texts = values.map((value) => coordinate(value, decimalsFor(range)));
  if (values.length === 0 || texts.every((text) => figures(text) <= LONGEST)) {
    return { values, texts, title: name };
  }
  // The shortest of them names itself in the title: it reads best.
  const from = texts.reduce(
    (best, text, k) => (figures(text) < figures(texts[best]) ? k : best),
    0,
  );
  const at = values[from];
  const power = Math.floor(Math.log10(range[1] - range[0]));
  const isPlain = power >= -1 && power <= 2;
  const place = at === 0 ? name : `${name} ${at < 0 ? "+" : "−"} ${texts[from].replace("−", "")}`;
  const bracketed = at === 0 ? place : `(${place})`;
  return {
    values,
    texts: values.map((value) => coordinate((value - at) / (isPlain ? 1 : 10 ** power))),
    title: isPlain ? place : `${bracketed} / ${powerOfTen(power)}`,
  };
}

/**
 * Whole powers in a range, every so manieth where there would be too many.
 *
 * @param {Range} range
 * @param {number} most
 */
export function wholePowers([low, high], most) {
  const stride = Math.max(1, Math.ceil((high - low) / Math.max(1, most)));
  const first = Math.ceil(low / stride - 1e-9);
  const last = Math.floor(high / stride + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * stride + 0);
}

/**
 * @param {Range} range
 * @param {number[]} factors
 */
function between([low, high], factors) {
  const values = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    for (const factor of factors) {
      const at = power + Math.log10(factor);
      if (at >= low && at <= high) values.push(at);
    }
  }
  return values;
}

/**
 * Numbers of a logarithmic axis over a range of powers of ten: whole powers, or round numbers
 * between two of them.
 *
 * @param {Range} range
 * @param {number} most
 * @returns {Ticks}
 */
export function logTicks(range, most) {
  const [low, high] = range;
  const powers = wholePowers(range, most);
  if (high - low >= DECADES && powers.length >= 2) {
    return { values: powers, texts: powers.map(powerOfTen) };
  }
  const choices = BETWEEN.map((factors) => between(range, factors));
  const fitting = choices.findLast((some) => some.length >= 2 && some.length <= most);
  /** @type {Range} */
  const ends = [10 ** low, 10 ** high];
  const numbers = fitting
    ? fitting.map((power) => Number((10 ** power).toPrecision(12)))
    : roundNumbers(ends, most).filter((number) => number > 0);
  return {
    values: numbers.map(Math.log10),
    texts: distinct(numbers, 2) ?? numbers.map((number) => coordinate(number)),
  };
}

/**
 * Numbers of steps along an axis: whole ones.
 *
 * @param {Range} range
 * @param {number} most
 * @returns {Ticks}
 */
export function stepTicks(range, most) {
  const values = roundNumbers(range, most).filter(Number.isInteger);
  return { values, texts: values.map((value) => coordinate(value, 0)) };
}
