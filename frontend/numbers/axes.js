// An axis of a map: which number, from where to where, and how its values are spaced. What is seen of
// the map is a view in places along its axes: the number itself, or its power of ten.

import { sliderEnds } from "../forms/schema.js";

/**
 * @typedef {"linear" | "log"} Scale
 * @typedef {{ name: string, from: number, to: number, scale: Scale }} Axis
 * @typedef {{ x: Axis, y: Axis }} Axes
 * @typedef {import("../scene/projection.js").View} View
 */

/** @type {readonly Scale[]} */
export const SCALES = ["linear", "log"];
/** What an axis spans at first, in parts of the number as it is. */
const BELOW = 100;
const ABOVE = 10;
/** A logarithmic axis of a number that may be 0 begins at its end divided by this. */
const SPAN = 1000;
/** A range is at least this part of where it lies: closer, doubles cannot be told apart. */
const CLOSEST = 1e-12;

/** Where a value stands along an axis. @param {Scale} scale @param {number} value */
export const placeOf = (scale, value) => (scale === "log" ? Math.log10(value) : value);

/** @param {Scale} scale @param {number} place */
export const numberAt = (scale, place) => (scale === "log" ? 10 ** place : place);

/** @param {Axis} axis @returns {[number, number]} */
const endsOf = ({ scale, from, to }) => [placeOf(scale, from), placeOf(scale, to)];

/** @param {Axes} axes @returns {View} */
export const viewOf = ({ x, y }) => ({ x: endsOf(x), y: endsOf(y) });

/**
 * All values along an axis, ends included, as the server spaces them.
 *
 * @param {Axis} axis
 * @param {number} count
 */
export function valuesOf(axis, count) {
  const [first, last] = endsOf(axis);
  return Float64Array.from({ length: count }, (_, i) =>
    i === 0
      ? axis.from
      : i === count - 1
        ? axis.to
        : numberAt(axis.scale, first + (i / (count - 1)) * (last - first)),
  );
}

/**
 * The pixel nearest to a value along an axis.
 *
 * @param {Axis} axis
 * @param {number} count
 * @param {number} place
 */
export function indexAt({ scale, from, to }, count, place) {
  const [first, last] = [placeOf(scale, from), placeOf(scale, to)];
  const index = Math.round(((place - first) / (last - first)) * (count - 1));
  return Math.max(0, Math.min(count - 1, index));
}

/** Digits in which a range is kept, as many as its zoom needs. @param {number} value @param {number} width */
function rounded(value, width) {
  if (value === 0) return 0;
  const digits = Math.ceil(Math.log10(Math.abs(value) / width)) + 4;
  return Number(value.toPrecision(Math.min(17, Math.max(3, digits))));
}

/**
 * Axes over another view, within bounds: a view that would leave them is moved back, or cut.
 *
 * @param {Axes} axes
 * @param {View} view
 * @param {{ x: [number, number], y: [number, number] }} bounds Of the two numbers.
 * @returns {Axes}
 */
export function axesOver(axes, view, bounds) {
  /** @param {"x" | "y"} way @returns {Axis} */
  function along(way) {
    const { name, scale } = axes[way];
    const [low, high] = endsWithin(view[way], scale, bounds[way]);
    const [from, to] = [numberAt(scale, low), numberAt(scale, high)];
    const width = to - from;
    const [least, most] = bounds[way];
    return {
      ...{ name, scale },
      from: Math.max(least, rounded(from, width)),
      to: Math.min(most, rounded(to, width)),
    };
  }
  return { x: along("x"), y: along("y") };
}

/** @param {[number, number]} ends @param {Scale} scale @param {[number, number]} bounds @returns {[number, number]} */
function endsWithin([low, high], scale, [least, most]) {
  const closest = CLOSEST * Math.max(Math.abs(low), Math.abs(high), 1);
  const middle = (low + high) / 2;
  const width = Math.max(high - low, closest);
  const bottom = scale === "log" ? placeOf(scale, Math.max(least, 1e-20)) : least;
  const top = placeOf(scale, most);
  if (width >= top - bottom) return [bottom, top];
  const from = Math.min(Math.max(middle - width / 2, bottom), top - width);
  return [from, from + width];
}

/** One digit: 0.0017 is 0.002. @param {number} value */
const plain = (value) => Number(value.toPrecision(1));

/**
 * The axis of a number as nobody has changed it: round its value where factors count, else where its
 * slider runs.
 *
 * @param {import("./numbers.js").Mapped} number
 * @param {number} value
 * @returns {Axis}
 */
export function axisOf({ name, schema }, value) {
  const [low, high] = sliderEnds(schema);
  if (schema.scale !== "log") return { name, from: low, to: high, scale: "linear" };
  const middle = value > 0 ? value : Math.sqrt(Math.max(low, high / SPAN ** 2) * high);
  const from = Math.max(low, plain(middle / BELOW));
  const to = Math.min(high, plain(middle * ABOVE));
  return from > 0 && from < to
    ? { name, from, to, scale: "log" }
    : { name, from: high / SPAN, to: high, scale: "log" };
}

/** The same axis with its values spaced otherwise. @param {Axis} axis @param {Scale} scale @returns {Axis} */
export function spaced(axis, scale) {
  const from = scale === "log" && axis.from <= 0 ? axis.to / SPAN : axis.from;
  return axis.to <= 0 && scale === "log" ? axis : { ...axis, from, scale };
}

/** How many times closer a range is than another, along the axis where it is most.
 * @param {View} whole @param {View} view */
export const magnification = (whole, view) =>
  Math.max(
    .../** @type {("x" | "y")[]} */ (["x", "y"]).map(
      (way) => (whole[way][1] - whole[way][0]) / (view[way][1] - view[way][0]),
    ),
  );

/** `name:from:to`, and `:log` where it is. @param {Axis} axis */
export const axisText = ({ name, from, to, scale }) =>
  [name, from, to, ...(scale === "log" ? [scale] : [])].join(":");

/**
 * @param {string} text
 * @param {(name: string) => [number, number] | null} boundsOf Null for a number that there is not.
 * @returns {Axis | undefined} Undefined for what is no axis.
 */
export function axisFrom(text, boundsOf) {
  const [name, low, high, scale = "linear", ...more] = text.split(":");
  const [from, to] = [low, high].map((part) => (part?.trim() ? Number(part) : NaN));
  const bounds = boundsOf(name);
  const isGood =
    more.length === 0 &&
    bounds !== null &&
    from < to &&
    from >= bounds[0] &&
    to <= bounds[1] &&
    (scale === "linear" || (scale === "log" && from > 0));
  return isGood ? { name, from, to, scale: /** @type {Scale} */ (scale) } : undefined;
}

/** Whether two axes are one. @param {Axis} one @param {Axis} other */
export const isSameAxis = (one, other) => axisText(one) === axisText(other);
