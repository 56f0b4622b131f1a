// Where the axes' frame lies on the picture's panel, and what is seen in it.

import { linearTicks } from "../charts/axes.js";
import { axisRoom, barRoom, measures, textWidth, widest } from "../charts/measures.js";
import { asDomain, fitRange } from "./geometry.js";

/**
 * @typedef {import("./projection.js").View} View
 * @typedef {import("../charts/measures.js").Measures} Measures
 * @typedef {import("../charts/display_list.js").Frame} Frame
 */

// A picture that is narrower has no room for titles of its axes.
const NARROW = 500;
// The frame must not change with every pan: it leaves room for short numbers beside the axis, or for
// the widest that there are (charts/axes.js), and always for the widest beside the colours
// (scene/scale.js).
const NUMBERS = ["8888", "−0.888"];
const LEVEL = "8.8×10⁻⁸";
// Views that differ by less are one view.
const SAME = 1e-6;

/** @param {Element} section */
export const isNarrow = (section) => section.clientWidth < NARROW;
/** @param {Element} section */
export const barThickness = (section) => (isNarrow(section) ? 8 : 12);

/**
 * @param {Element} section
 * @param {Measures} sizes
 * @param {string} number The widest beside the axis.
 */
function frameFor(section, sizes, number) {
  const { font, family } = sizes;
  const narrow = isNarrow(section);
  const left = axisRoom(textWidth(number, font, family), !narrow, sizes);
  const right = barRoom(barThickness(section), textWidth(LEVEL, font, family), sizes);
  const bottom = axisRoom(1.1 * font, !narrow, sizes);
  const top = Math.ceil(0.7 * font);
  return {
    left,
    top,
    width: Math.max(50, section.clientWidth - left - right),
    height: Math.max(50, section.clientHeight - top - bottom),
  };
}

/** @param {View} view @param {Frame} frame @param {Measures} sizes */
function isShort({ y }, { height }, sizes) {
  const { texts } = linearTicks("", y, ticksAlong(height, sizes));
  return widest(texts, sizes) <= textWidth(NUMBERS[0], sizes.font, sizes.family);
}

/** @param {number} height @param {Measures} sizes */
export const ticksAlong = (height, { font }) => height / (3.4 * font);

/**
 * The frame for a view, and the view in the frame's proportions.
 *
 * @param {Element} section
 * @param {import("./geometry.js").Domain} domain
 * @param {boolean} apart
 * @param {Measures} sizes
 */
export function framed(section, domain, apart, sizes) {
  const [short, long] = NUMBERS.map((number) => {
    const frame = frameFor(section, sizes, number);
    return { frame, view: fitRange(domain, frame.width, frame.height, apart) };
  });
  return isShort(short.view, short.frame, sizes) ? short : long;
}

/**
 * Of the frame, whatever its numbers are: for the grid that is asked for.
 *
 * @param {Element} section
 */
export function sizeOf(section) {
  const { width, height } = frameFor(section, measures(), NUMBERS[0]);
  return { width, height };
}

/** @param {View} one @param {View} other */
const isSameView = (one, other) =>
  /** @type {["x", "y"]} */ (["x", "y"]).every((axis) => {
    const least = SAME * (one[axis][1] - one[axis][0]);
    return one[axis].every((end, k) => Math.abs(end - other[axis][k]) <= least);
  });

/**
 * The same for a view that was made by it: it keeps its frame.
 *
 * @param {Element} section
 * @param {View} view
 * @param {boolean} apart
 * @param {Measures} sizes
 */
export function framedAgain(section, view, apart, sizes) {
  const long = frameFor(section, sizes, NUMBERS[1]);
  const inLong = fitRange(asDomain(view), long.width, long.height, apart);
  if (!apart && isSameView(view, inLong)) return { frame: long, view };
  return framed(section, asDomain(view), apart, sizes);
}
