// How large type, lines and marks of all charts are, in CSS pixels: they grow with the window and
// with «large», so that they are read from the back row. Declared in styles/theme.css.

const USUAL = 14;

/**
 * @typedef {object} Measures
 * @property {number} font Of titles, numbers and names.
 * @property {number} line Width of a path or a curve.
 * @property {number} mark Radius of a run's marker.
 * @property {number} thin Width of hairlines: level lines, grids, cursors.
 * @property {string} family
 */

/** @returns {Measures} */
export function measures() {
  const root = getComputedStyle(document.documentElement);
  const font = Number.parseFloat(root.getPropertyValue("--chart")) || USUAL;
  const factor = font / USUAL;
  return {
    font,
    line: 2.2 * factor,
    mark: 5.8 * factor,
    thin: factor,
    family: getComputedStyle(document.body).fontFamily,
  };
}

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;
/** @type {Map<string, number>} */
let known = new Map();
const MOST_KNOWN = 2000;

/**
 * How wide a text is.
 *
 * @param {string} text
 * @param {number} size
 * @param {string} family
 * @param {number} [weight]
 */
export function textWidth(text, size, family, weight = 400) {
  const key = `${weight} ${size} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (ruler === null) return 0.6 * size * text.length;
  ruler.font = `${weight} ${size}px ${family}`;
  const { width } = ruler.measureText(text);
  if (known.size > MOST_KNOWN) known = new Map();
  known.set(key, width);
  return width;
}

/**
 * How much room numbers along an axis need.
 *
 * @param {string[]} texts
 * @param {Measures} measures
 */
export const widest = (texts, { font, family }) =>
  Math.max(0, ...texts.map((text) => textWidth(text, font, family)));

/** Length of the tick beside a number. */
export const TICK = 4;
/** Between a frame and its colour bar. */
export const BAR_GAP = 6;
// Lines of text are this much higher than the type.
const LEADING = 1.35;

/**
 * How much room an axis needs for its numbers and its title: beside the frame the width of the
 * widest number, under it the height of one.
 *
 * @param {number} numbers
 * @param {boolean} isTitled
 * @param {Measures} measures
 */
export const axisRoom = (numbers, isTitled, { font }) =>
  Math.ceil(TICK + 5 + numbers + (isTitled ? 4 + LEADING * font : 0));

/**
 * How much room a colour bar needs beside the frame.
 *
 * @param {number} thickness
 * @param {number} widest Of its numbers.
 * @param {Measures} measures
 */
export const barRoom = (thickness, widest, { font }) =>
  Math.ceil(BAR_GAP + thickness + 7 + widest + LEADING * font);
