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
 *
 * @typedef {{text: string, at: Spot, color: string, align: "left" | "right"}} Placed
 *   `at` is the middle of the name's side.
 *
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

const WEIGHT = 600;
// Of a name, in heights of its type.
const WIDEST = 11;
const LEADING = 1.15;

/** @param {string} text @param {Measures} measures */
const widthOf = (text, { font, family }) => textWidth(text, font, family, WEIGHT);

/**
 * A run's name as short as it has to be. What tells it from its twins comes last («SGD, α = 0.1»)
 * and is cut last.
 *
 * @param {string} name
 * @param {Measures} measures
 * @param {number} [most] Pixels.
 * @returns {{text: string, width: number}}
 */
export function nameOf(name, measures, most = WIDEST * measures.font) {
  let text = name;
  const parts = name.split(", ");
  let [first] = parts;
  const rest = parts.slice(1).map((part) => `, ${part}`);
  while (first.length > 3 && widthOf(text, measures) > most) {
    first = first.slice(0, -1).trimEnd();
    text = `${first}…${rest.join("")}`;
  }
  while (text.length > 4 && widthOf(text, measures) > most) {
    text = `${text.replace(/…$/, "").slice(0, -1).trimEnd()}…`;
  }
  return { text, width: widthOf(text, measures) };
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
 * @param {{frame: Frame, obstacles: Spot[], mark: number, font: number,
 *   sides: Map<number, number>}} room `sides` remembers where a name stood, so that it stays there
 *   while it can.
 * @returns {Placed[]}
 */
export function placeAround(wanted, { frame, obstacles, mark, font, sides }) {
  const height = LEADING * font;
  const reach = 1.2 * mark;
  /** @type {Box[]} */
  const taken = obstacles.map(([x, y]) => [x - reach, y - reach, x + reach, y + reach]);
  const [right, bottom] = [frame.left + frame.width, frame.top + frame.height];
  /** @param {Spot} place @param {number} width @returns {Box} */
  const boxOf = ([x, y], width) => [x - 2, y - height / 2, x + width + 2, y + height / 2];
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
    return [{ text: one.text, color: one.color, at: places[side], align: "left" }];
  });
}

/**
 * Heights as near as they can be to those wanted while none is nearer than `apart` to the next:
 * the least squares, by pooling neighbours.
 *
 * @param {number[]} wanted Ascending.
 * @param {number} apart
 * @param {[number, number]} limits
 */
export function spread(wanted, apart, [low, high]) {
  /** @type {{sum: number, count: number}[]} */
  const pools = [];
  wanted.forEach((value, index) => {
    pools.push({ sum: value - index * apart, count: 1 });
    for (let last = pools.at(-1); last && pools.length > 1; last = pools.at(-1)) {
      const before = pools[pools.length - 2];
      if (before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const most = high - (wanted.length - 1) * apart;
  return pools
    .flatMap(({ sum, count }) => new Array(count).fill(sum / count))
    .map((value, index) => Math.max(low, Math.min(most, value)) + index * apart);
}

// A name this many lines from its curve's end is nobody's.
const TOO_FAR = 3.6;

/**
 * Names of ends that lie one over another, as those of curves at one step: right of them, or left
 * where the panel ends.
 *
 * @param {Wanted[]} wanted The first are kept where not all have room.
 * @param {{frame: Frame, right: number, top?: number, mark: number, font: number}} room How far
 *   names may reach to the right, and to the top.
 * @returns {Placed[]}
 */
export function placeBeside(wanted, { frame, right, top = 0, mark, font }) {
  const apart = LEADING * font;
  const gap = 1.6 * mark;
  /** @type {[number, number]} */
  const limits = [Math.max(top, frame.top) + apart / 2, frame.top + frame.height - apart / 2];
  const room = Math.max(0, Math.floor((limits[1] - limits[0]) / apart) + 1);
  const kept = wanted.slice(0, room).sort((one, other) => one.at[1] - other.at[1]);
  const levels = spread(
    kept.map(({ at }) => Math.max(limits[0], Math.min(limits[1], at[1]))),
    apart,
    limits,
  );
  return kept.flatMap(({ text, width, at, color }, index) => {
    const level = levels[index];
    const ends = Math.max(limits[0], Math.min(limits[1], at[1]));
    if (Math.abs(level - ends) > TOO_FAR * apart) return [];
    const fits = at[0] + gap + width <= right;
    return [
      fits
        ? { text, color, at: [at[0] + gap, level], align: "left" }
        : { text, color, at: [at[0] - gap, level], align: "right" },
    ];
  });
}
