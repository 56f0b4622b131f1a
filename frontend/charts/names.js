// Names of runs at the ends of their paths and curves: shortened, none over another, and none where
// there is no room. Geometry only.

import { textWidth } from "./measures.js";

/**
 * @typedef {import("./display_list.js").Spot} Spot
 * @typedef {import("./display_list.js").Frame} Frame
 * @typedef {import("./measures.js").Measures} Measures
 *
 * @typedef {object} Wanted A name and the end that it belongs to.
 * @property {number} key
 * @property {string} text
 * @property {number} width
 * @property {Spot} at
 * @property {string} color
 * @property {number} [course] The same for those whose whole curves are one.
 *
 * @typedef {{key: number, text: string, at: Spot, color: string, align: "left" | "right"}} Placed
 *   `at` is the middle of the name's side.
 *
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

const WEIGHT = 600;
// Of a name, in heights of its type.
const WIDEST = 11;
export const LEADING = 1.15;

/** @param {string} text @param {Measures} measures */
const widthOf = (text, { font, family }) => textWidth(text, font, family, WEIGHT);

/**
 * A run's name as short as it has to be. What tells it from its twins comes last («SGD, α = 0.1»)
 * and is cut last.
 *
 * @param {string} name
 * @param {(text: string) => number} wide
 * @param {number} most Pixels.
 */
export function shortened(name, wide, most) {
  let text = name;
  const [whole, ...others] = name.split(", ");
  const rest = others.map((part) => `, ${part}`).join("");
  for (let first = whole; first.length > 3 && wide(text) > most; text = `${first}…${rest}`) {
    first = first.slice(0, -1).trimEnd();
  }
  // «Mom…, β =…» would be its twin's name as well, and so would «warm-up…»: its number stays.
  if (rest !== "" && wide(text) > most) text = others.join(", ");
  const number = rest === "" ? "" : (text.match(/ \S{1,6}$/)?.[0] ?? "");
  for (let kept = text.slice(0, text.length - number.length); wide(text) > most; ) {
    kept = kept.slice(0, -1).replace(/[\s·,]+$/, "");
    if (kept.length < 3) break;
    text = `${kept}…${number}`;
  }
  return text;
}

/**
 * @param {string} name
 * @param {Measures} measures
 * @param {number} [most] Pixels.
 * @returns {{text: string, width: number}}
 */
export function nameOf(name, measures, most = WIDEST * measures.font) {
  const wide = (/** @type {string} */ text) => widthOf(text, measures);
  const text = shortened(name, wide, most);
  return { text, width: wide(text) };
}

/** @param {Box} one @param {Box} other */
const overlap = (one, other) =>
  one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

/**
 * Places that a name may take beside an end, the best first: the middle of its left side.
 *
 * @param {Wanted} wanted
 * @param {number} gap
 * @param {number} height
 * @returns {Spot[]}
 */
function placesOf({ at: [x, y], width }, gap, height) {
  const rows = [0, -1, 1, -1.9, 1.9, -2.9, 2.9];
  return rows.flatMap((row) => {
    const aside = row === 0 ? gap : 0.6 * gap;
    const level = y + row * (0.5 * gap + 0.62 * height);
    /** @type {Spot[]} */
    const places = [
      [x + aside, level],
      [x - aside - width, level],
    ];
    return Math.abs(row) > 1 ? [...places, [x - width / 2, level]] : places;
  });
}

/**
 * Names of ends that may lie anywhere in a frame.
 *
 * @param {Wanted[]} wanted The first are placed first.
 * @param {{frame: Frame, obstacles: Spot[], blocks?: Box[], mark: number, font: number,
 *   sides: Map<number, number>}} room Neither markers at `obstacles` nor what fills `blocks` is
 *   covered; `sides` remembers where a name stood, so that it stays there
 *   while it can.
 * @returns {Placed[]}
 */
export function placeAround(wanted, { frame, obstacles, blocks = [], mark, font, sides }) {
  const height = LEADING * font;
  const reach = 1.2 * mark;
  /** @type {Box[]} */
  const taken = [
    ...blocks,
    ...obstacles.map(([x, y]) => /** @type {Box} */ ([x - reach, y - reach, x + reach, y + reach])),
  ];
  // Side by side they are two names, not a longer one.
  const apart = 0.2 * font;
  const [right, bottom] = [frame.left + frame.width, frame.top + frame.height];
  /** @param {Spot} place @param {number} width @returns {Box} */
  const boxOf = ([x, y], width) => [x - apart, y - height / 2, x + width + apart, y + height / 2];
  /** @param {Box} box */
  const isFree = (box) =>
    box[0] >= frame.left &&
    box[2] <= right &&
    box[1] >= frame.top &&
    box[3] <= bottom &&
    !taken.some((other) => overlap(box, other));
  return wanted.flatMap((one) => {
    const places = placesOf(one, 1.7 * mark, height);
    const before = sides.get(one.key);
    const order = [...(before === undefined ? [] : [before]), ...places.keys()];
    const side = order.find((index) => isFree(boxOf(places[index], one.width)));
    if (side === undefined) {
      sides.delete(one.key);
      return [];
    }
    sides.set(one.key, side);
    taken.push(boxOf(places[side], one.width));
    const { key, text, color } = one;
    return [{ key, text, color, at: places[side], align: "left" }];
  });
}

/**
 * Placed names as items of the display list.
 *
 * @param {Placed[]} placed
 * @param {{font: number, halo: string}} look
 * @returns {import("./display_list.js").Item[]}
 */
export const nameItems = (placed, { font, halo }) =>
  placed.map(({ text, at, color, align }) => ({
    kind: "label",
    role: "name",
    at,
    text,
    align,
    size: font,
    color,
    halo,
  }));
