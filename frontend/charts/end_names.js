// Names of runs at the ends of curves that lie one over another: which of them are told, and where.

import { LEADING, nameOf } from "./names.js";

/**
 * @typedef {import("./display_list.js").Spot} Spot
 * @typedef {import("./display_list.js").Frame} Frame
 * @typedef {import("./measures.js").Measures} Measures
 * @typedef {import("./names.js").Wanted} Wanted
 * @typedef {import("./names.js").Placed} Placed
 */

// Names take no more of a chart than this at its last step, and none of one that is narrower.
const NAMES = 0.26;
export const NARROW = 300;

/** @param {Measures} measures @returns {(text: string, most: number) => {text: string, width: number}} */
export const shortenFor = (measures) => (text, most) => nameOf(text, measures, most);

/**
 * Whole names of runs, and which of their curves are one.
 *
 * @param {{name: string}[]} runs
 * @param {ArrayLike<number>[]} curves
 * @param {Measures} measures
 */
export function endNames(runs, curves, measures) {
  const courses = coursesOf(curves);
  return runs.map(({ name }, i) => ({ ...nameOf(name, measures, Infinity), course: courses[i] }));
}

/** @param {number} others How many more a name stands for. */
const moreText = (others) => (others > 0 ? ` +${others}` : "");

/**
 * How much of a panel's width names beside curves have at least: at the last step.
 *
 * @param {ReturnType<typeof endNames>} names
 * @param {number} width Of the panel.
 * @param {Measures} measures
 */
export function nameRoom(names, width, measures) {
  if (width < NARROW) return 12;
  const widths = names.map((name) => {
    const others = names.filter(({ course }) => course === name.course).length - 1;
    return name.width + nameOf(moreText(others), measures, Infinity).width;
  });
  return Math.ceil(Math.min(Math.max(...widths) + 1.6 * measures.mark + 4, NAMES * width));
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

/**
 * Which of the curves are one and the same: to each the place of the first like it.
 *
 * @param {ArrayLike<number>[]} curves
 */
export const coursesOf = (curves) =>
  curves.map((curve) => curves.findIndex((other) => other === curve || areSame(other, curve)));

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other */
function areSame(one, other) {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (!Object.is(one[i], other[i])) return false;
  return true;
}

// A name this many lines from its curve's end is nobody's.
const TOO_FAR = 5.2;
// Ends no farther apart, in pixels, are one.
const ONE_END = 1;
// A name that has less room on the right than so many heights of its type stands on the left.
const LEAST = 4;

/** @typedef {Wanted & {others: number}} Shared A name, and how many more are at its end. */

/**
 * One name for all that are alike: that of the first.
 *
 * @param {Shared[]} wanted
 * @param {(one: Shared, other: Shared) => boolean} areAlike
 */
function shared(wanted, areAlike) {
  /** @type {Shared[]} */
  const named = [];
  for (const one of wanted) {
    const like = named.find((other) => areAlike(other, one));
    if (like) like.others += 1 + one.others;
    else named.push({ ...one });
  }
  return named;
}

/**
 * The first, then always the one that is farthest from all before it.
 *
 * @param {Shared[]} wanted
 */
function farthestFirst(wanted) {
  const [first, ...left] = wanted;
  const order = [first];
  /** @param {Shared} one */
  const alone = ({ at }) =>
    Math.min(...order.map((other) => Math.hypot(at[0] - other.at[0], at[1] - other.at[1])));
  while (left.length > 0) {
    const next = left.reduce((best, one) => (alone(one) > alone(best) ? one : best));
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

/**
 * Names of ends that lie one over another, as those of curves at one step: right of them, or left
 * where the panel ends. Where not all have room the selected run has it first, then the ends that
 * are farthest from those named; curves that are one share a name, and so do ends where names of
 * each would have no room.
 *
 * @param {Wanted[]} wanted Whole names.
 * @param {{frame: Frame, right: number, top?: number, mark: number, font: number,
 *   selected?: number, shorten: (text: string, most: number) => {text: string, width: number}}} room
 *   How far names may reach to the right, and to the top; the selected run's key.
 * @returns {Placed[]}
 */
export function placeBeside(wanted, { frame, right, top = 0, mark, font, selected, shorten }) {
  const apart = LEADING * font;
  const gap = 1.6 * mark;
  /** @type {[number, number]} */
  const limits = [Math.max(top, frame.top) + apart / 2, frame.top + frame.height - apart / 2];
  const room = Math.max(0, Math.floor((limits[1] - limits[0]) / apart) + 1);
  /** @param {{at: Spot}} one */
  const heightOf = ({ at }) => Math.max(limits[0], Math.min(limits[1], at[1]));
  /** @param {Shared[]} named @returns {{one: Shared, level: number}[] | null} None, if not for all. */
  function placesFor(named) {
    if (named.length > room) return null;
    const sorted = [...named].sort((one, other) => one.at[1] - other.at[1]);
    const levels = spread(sorted.map(heightOf), apart, limits);
    const isNear = sorted.every((one, i) => Math.abs(levels[i] - heightOf(one)) <= TOO_FAR * apart);
    return isNear ? sorted.map((one, i) => ({ one, level: levels[i] })) : null;
  }

  /** @param {Shared} one @param {number} most */
  function textOf({ text, width, others }, most) {
    if (others === 0) return width <= most ? { text, width } : shorten(text, most);
    const more = moreText(others);
    const after = shorten(more, Infinity).width;
    const before = width + after <= most ? { text, width } : shorten(text, most - after);
    return { text: before.text + more, width: before.width + after };
  }

  const isSelected = (/** @type {Wanted} */ { key }) => key === selected;
  const all = [...wanted.filter(isSelected), ...wanted.filter((one) => !isSelected(one))];
  const curves = shared(
    all.map((one) => ({ ...one, others: 0 })),
    (one, other) => one.course !== undefined && one.course === other.course,
  );
  let places = placesFor(curves);
  if (places === null) {
    const ends = shared(
      curves,
      (one, other) =>
        Math.abs(one.at[0] - other.at[0]) <= ONE_END &&
        Math.abs(heightOf(one) - heightOf(other)) <= ONE_END,
    );
    /** @type {Shared[]} */
    const kept = [];
    for (const one of farthestFirst(ends)) if (placesFor([...kept, one])) kept.push(one);
    places = placesFor(kept) ?? [];
  }
  return places.map(({ one, level }) => {
    const { key, at, color } = one;
    const most = right - at[0] - gap;
    const whole = textOf(one, Infinity).width;
    const fitting = most < Math.min(LEAST * font, whole) ? null : textOf(one, most);
    return fitting !== null && fitting.width <= most
      ? { key, text: fitting.text, color, at: [at[0] + gap, level], align: "left" }
      : {
          key,
          text: textOf(one, at[0] - gap - frame.left).text,
          color,
          at: [at[0] - gap, level],
          align: "right",
        };
  });
}
