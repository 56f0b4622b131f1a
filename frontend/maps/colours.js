// What a map's pixels are coloured by: a class, as a basin or the run that wins, by its hue; how many
// steps it took by its brightness; and what is no class by hatching, of two kinds.

import { channels, mixed, packed } from "./painting.js";

/**
 * @typedef {import("./filling.js").Filling} Filling
 *
 * Classes that are none: at rest or on its way elsewhere, and out of the finite range.
 * @typedef {"none" | "diverged"} Kind
 *
 * @typedef {object} Look
 * @property {string[]} colors By class.
 * @property {string} none
 * @property {string} diverged
 * @property {string} hatch
 */

export const NONE = -1;
export const DIVERGED = -2;
/** Of several runs at once: striped in their colours. */
export const TIED = -3;
/** How brightness runs, from the fewest steps to the most: shares of white, then of black. */
export const BRIGHT = { quick: 0.45, slow: 0.16 };
const LEVELS = 24;
// Of hatching, in the map's pixels.
const PERIOD = 9;
const LINE = 2;
const STRIPE = 5;
const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];

/** A colour as bright as so many steps make it. @param {number[]} rgb @param {number} share From 0,
 *  the fewest, to 1. */
export const shaded = (rgb, share) =>
  share < 0.5
    ? mixed(rgb, WHITE, BRIGHT.quick * (1 - 2 * share))
    : mixed(rgb, BLACK, BRIGHT.slow * (2 * share - 1));

/** Where a number of steps stands between one and the most, by its logarithm. @param {number} steps
 *  @param {number} most */
export const shareOf = (steps, most) =>
  most > 1 ? Math.min(1, Math.max(0, Math.log(steps) / Math.log(most))) : 0;

/** Whether a pixel is on a line of its hatching: those of one kind rise, those of the other cross.
 * @param {Kind} kind @param {number} column @param {number} row */
export function isHatched(kind, column, row) {
  const falls = (column + row) % PERIOD < LINE;
  if (kind === "none") return falls;
  return falls || (((column - row) % PERIOD) + PERIOD) % PERIOD < LINE;
}

/**
 * The class of a pixel's values: an index, `NONE` or `DIVERGED`.
 *
 * @param {Filling["fields"]} fields
 * @param {number} pixel
 */
export function basinAt({ basin, loss, outcome }, pixel) {
  if (basin[pixel] >= 0) return basin[pixel];
  return (outcome && ENDS[outcome[pixel]] === "not_finite") ||
    (loss && !Number.isFinite(loss[pixel]))
    ? DIVERGED
    : NONE;
}
/** What ends are, as server/maps/basins.py counts them. */
export const ENDS = /** @type {const} */ ([
  "minimum",
  "local_minimum",
  "saddle",
  "maximum",
  "flat",
  "moving",
  "not_finite",
]);

/** The run that is first, `TIED` where others are with it. @param {Filling["fields"]} fields
 * @param {number} pixel */
export function winnerAt({ winner, together }, pixel) {
  if (winner[pixel] < 0) return NONE;
  const bits = together?.[pixel] ?? 0;
  return (bits & (bits - 1)) === 0 ? winner[pixel] : TIED;
}

/** Indices of the runs that are first together: of the bits that are set. @param {number} bits */
export const tiedOf = (bits) =>
  Array.from({ length: 32 - Math.clz32(bits) }, (_, index) => index).filter(
    (index) => (bits >> index) & 1,
  );

/** The run whose stripe a pixel is in. @param {number} bits @param {number} column @param {number} row */
function stripeOf(bits, column, row) {
  const runs = tiedOf(bits);
  return runs[Math.floor((column + row) / STRIPE) % runs.length];
}

/**
 * @param {Filling} filling
 * @param {{ classAt: (fields: Filling["fields"], pixel: number) => number, look: Look,
 *   colorOf: (index: number) => number, most: number }} of `colorOf`: which of the colours a class
 *   has; `most`: steps.
 * @returns {import("./painting.js").ColourOf}
 */
export function coloursOf({ fields }, { classAt, look, colorOf, most }) {
  const words = look.colors.map((color) =>
    Uint32Array.from({ length: LEVELS }, (_, k) =>
      packed(shaded(channels(color), k / (LEVELS - 1))),
    ),
  );
  const hatch = packed(channels(look.hatch));
  const grounds = { none: packed(channels(look.none)), diverged: packed(channels(look.diverged)) };
  const levels = Uint8Array.from({ length: most + 1 }, (_, steps) =>
    Math.round(shareOf(Math.max(1, steps), most) * (LEVELS - 1)),
  );
  return (pixel, column, row) => {
    let found = classAt(fields, pixel);
    if (found === TIED) found = stripeOf(fields.together[pixel], column, row);
    if (found < 0) {
      const kind = found === DIVERGED ? "diverged" : "none";
      return isHatched(kind, column, row) ? hatch : grounds[kind];
    }
    const steps = fields.steps ? fields.steps[pixel] : 1;
    return words[colorOf(found) % words.length][levels[Math.max(0, Math.min(most, steps))]];
  };
}

/**
 * Which colour each minimum has: its own while there are enough, then the one whose nearest holder is
 * farthest away, so that neighbours are told apart.
 *
 * @param {{ x: number, y: number }[]} minima
 * @param {number} count Of the colours.
 */
export function colorsOfMinima(minima, count) {
  /** @type {number[]} */
  const colors = [];
  minima.forEach(({ x, y }, index) => {
    if (index < count) {
      colors.push(index);
      return;
    }
    const nearest = new Array(count).fill(Infinity);
    for (let other = 0; other < index; other += 1) {
      const apart = Math.hypot(minima[other].x - x, minima[other].y - y);
      nearest[colors[other]] = Math.min(nearest[colors[other]], apart);
    }
    colors.push(nearest.indexOf(Math.max(...nearest)));
  });
  return colors;
}
