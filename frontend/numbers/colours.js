// What a map's pixels look like: a colour out of 256, or nothing where a run diverged, so that the
// hatching behind the map is seen.

import { NOTHING } from "../maps/filling.js";
import { channels, mixed, packed } from "../maps/painting.js";

/**
 * @typedef {import("./resources.js").Coming} Coming
 * @typedef {import("./state.js").State["measure"]} Measure
 *
 * How a map is coloured.
 * @typedef {object} Colouring
 * @property {import("../maps/painting.js").ColourOf} colourOf
 * @property {Bar[]} bars What the legend shows.
 * @property {boolean} hatched Whether divergence is seen through.
 * @property {boolean} never Whether there may be pixels that never reach the tolerance.
 *
 * A bar of colours, from its first to its last.
 * @typedef {{ id: string, colors: readonly string[], ticks: { at: number, value: number }[] }} Bar
 */

const SHADES = 256;
/** A pixel that is seen through. */
export const HATCHED = 0;
/** A loss this much above the lowest is none: rounding. */
const LEAST_LOSS = 1e-16;
/** Powers of ten of a loss that a scale has at most: what is on its way out is all alike. */
const MOST_LOSS = 6;
/** A float32 that is a power of ten is not exactly one. */
const ROUNDING = 1e-6;
/** Nines of a rate at most: slower than 0.9999 is all alike. */
const NINES = 4;
/** The share of a ramp of ranks that is left out round the middle, where both sides are pale. */
const PALE = 0.25;

/**
 * Shades between colours at equal distances.
 *
 * @param {readonly string[]} colors As `#rrggbb`.
 * @param {number} [from] Parts of the way.
 * @param {number} [to]
 */
export function ramp(colors, from = 0, to = 1) {
  const known = colors.map(channels);
  return Uint32Array.from({ length: SHADES }, (_, shade) => {
    const at = (from + (shade / (SHADES - 1)) * (to - from)) * (known.length - 1);
    const below = Math.min(known.length - 2, Math.floor(at));
    const part = at - below;
    return packed(mixed(known[below], known[below + 1], part));
  });
}

/** Pixels by which colours are told at most. */
const ENOUGH = 2 ** 14;

/** How far apart along columns and rows those pixels are by which a map's colours are told: a level that
 * is known early, so that colours do not change while the map is refined.
 * @param {Coming["filling"]} filling */
function strideOf({ nx, ny, strides }) {
  const few = (/** @type {number} */ one) => Math.ceil(nx / one) * Math.ceil(ny / one) <= ENOUGH;
  return strides.findLast(few) ?? strides[0];
}

/** Those pixels, as far as they have come. @param {Coming} coming @param {(pixel: number) => void} visit */
function eachPixel({ filling }, visit) {
  const { nx, ny, known } = filling;
  const stride = strideOf(filling);
  for (let row = 0; row < ny; row += stride) {
    for (let pixel = row * nx; pixel < (row + 1) * nx; pixel += stride) {
      if (known[pixel] !== NOTHING) visit(pixel);
    }
  }
}

/** @type {WeakMap<Coming["filling"], { of: string, tells: string, colouring: Colouring }>} */
const made = new WeakMap();

/**
 * A map's colouring; the same object for as long as it would say the same, so that nothing is painted
 * twice.
 *
 * @template T
 * @param {Coming} coming
 * @param {unknown[]} by What else it depends on.
 * @param {() => T} measured What colours are told by: looked for when more of those pixels have come.
 * @param {(measured: T) => Colouring} make
 */
function kept(coming, by, measured, make) {
  const { filling, answer } = coming;
  let [count, far] = [0, 0];
  eachPixel(coming, (pixel) => {
    count += 1;
    far += filling.known[pixel];
  });
  const of = JSON.stringify([...by, count, far, Boolean(answer)]);
  const before = made.get(filling);
  if (before?.of === of) return before.colouring;
  const found = measured();
  const tells = JSON.stringify([...by, found]);
  const colouring = before?.tells === tells ? before.colouring : make(found);
  made.set(filling, { of, tells, colouring });
  return colouring;
}

/**
 * Where a pixel's value lies, what that is called in the legend, and what has no place.
 *
 * @type {Record<Measure, { place: (value: number, lowest: number) => number, value: (place: number) => number, whole: boolean }>}
 */
const PLACES = {
  loss: {
    place: (loss, lowest) => Math.min(MOST_LOSS, Math.log10(Math.max(loss - lowest, LEAST_LOSS))),
    value: (place) => 10 ** place,
    whole: true,
  },
  rate: {
    place: (rate) => (rate < 1 ? Math.min(NINES, -Math.log10(1 - rate)) : NINES),
    value: (place) => 1 - 10 ** -place,
    whole: true,
  },
  steps: { place: (steps) => steps, value: (place) => place, whole: false },
};

/** Places of a bar's numbers. @param {number} low @param {number} high */
function ticksOf(low, high) {
  const stride = Math.max(1, Math.ceil((high - low) / 5));
  const ticks = [];
  for (let at = Math.ceil(low); at <= high; at += stride) ticks.push(at);
  return ticks;
}

/**
 * Colours by a measure of stability: the best bright, the worst dark.
 *
 * @param {Coming} coming
 * @param {Measure} measure
 * @param {object} look
 * @param {readonly string[]} look.colors From the best to the worst.
 * @param {string} look.none Of what never reached the tolerance.
 * @param {number | null} look.lowest The lowest loss that there is; null where nobody knows.
 * @param {number} look.steps That each pixel takes.
 * @returns {Colouring}
 */
export function byMeasure(coming, measure, look) {
  const { colors, none, lowest, steps } = look;
  return kept(
    coming,
    [measure, look],
    () => rangeOf(coming, measure, { lowest, steps }),
    (range) => measured(coming, measure, range, { colors, none }),
  );
}

/** @typedef {{ low: number, high: number, floor: number | null }} Range Of places, and the lowest loss;
 *  null where there is none. */

/** @param {Coming} coming @param {Measure} measure @param {{ lowest: number | null, steps: number }} known
 * @returns {Range} */
function rangeOf(coming, measure, { lowest, steps }) {
  const { fields } = coming.filling;
  const values = fields[measure];
  const { diverged } = fields;
  const { place, whole } = PLACES[measure];
  let [least, most] = [Infinity, -Infinity];
  eachPixel(coming, (pixel) => {
    const at = values[pixel];
    if (diverged[pixel] || !Number.isFinite(at) || (measure === "steps" && at < 0)) return;
    if (at < least) least = at;
    if (at > most) most = at;
  });
  const floor = lowest ?? (Number.isFinite(least) ? least : null);
  // Places ascend with the values.
  let [low, high] = [least, most].map((at) => (Number.isFinite(at) ? place(at, floor ?? 0) : at));
  if (whole) [low, high] = [Math.floor(low + ROUNDING), Math.ceil(high - ROUNDING)];
  else [low, high] = [0, steps];
  if (!(low < high)) [low, high] = Number.isFinite(low) ? [low - 1, low + 1] : [0, 1];
  return { low, high, floor };
}

/** @param {Coming} coming @param {Measure} measure @param {Range} range
 * @param {{ colors: readonly string[], none: string }} look @returns {Colouring} */
function measured(coming, measure, { low, high, floor }, { colors, none }) {
  const { fields } = coming.filling;
  const values = fields[measure];
  const { diverged } = fields;
  const { place, value, whole } = PLACES[measure];
  const shades = ramp(colors);
  const nothing = packed(channels(none));
  const unit = (SHADES - 1) / (high - low);
  const ticks = whole ? ticksOf(low, high) : [0, high / 2, high];
  return {
    hatched: true,
    never: measure === "steps",
    colourOf(pixel) {
      const at = values[pixel];
      if (diverged[pixel]) return HATCHED;
      if (!Number.isFinite(at) || (measure === "steps" && at < 0)) return nothing;
      return shades[
        Math.max(0, Math.min(SHADES - 1, Math.round((place(at, floor ?? 0) - low) * unit)))
      ];
    },
    bars: [
      {
        id: measure,
        colors,
        ticks: ticks.map((at) => ({ at: (at - low) / (high - low), value: value(at) })),
      },
    ],
  };
}

/** Values of which each is as often undershot as its place says. @param {number[]} values */
function quantiles(values) {
  const sorted = Float64Array.from(values).sort();
  return Array.from(
    { length: SHADES },
    (_, i) => sorted[Math.floor((i / (SHADES - 1)) * (sorted.length - 1))] ?? 0,
  );
}

/** How many of some sorted values are less. @param {number[]} sorted @param {number} value */
function rankIn(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return Math.min(sorted.length - 1, low);
}

/**
 * Colours as the paper has them: what converged on one half of a scale, what diverged on the other,
 * each by its rank, dark where it was slow, at the border.
 *
 * @param {Coming} coming
 * @param {readonly string[]} colors From diverged slowly over the pale middle to converged slowly.
 * @returns {Colouring}
 */
export function byRank(coming, colors) {
  return kept(
    coming,
    ["rank", colors],
    () => ranksOf(coming),
    (ranks) => ranked(coming, ranks, colors),
  );
}

/** Of what converged and of what diverged. @param {Coming} coming */
function ranksOf(coming) {
  const { rate, diverged } = coming.filling.fields;
  /** @type {number[][]} */
  const sides = [[], []];
  eachPixel(coming, (pixel) => sides[diverged[pixel]].push(rate[pixel]));
  return sides.map(quantiles);
}

/** @param {Coming} coming @param {number[][]} ranks @param {readonly string[]} colors
 * @returns {Colouring} */
function ranked(coming, ranks, colors) {
  const { rate, diverged } = coming.filling.fields;
  const shades = [ramp(colors, 0.5 + PALE / 2, 1), ramp(colors, 0.5 - PALE / 2, 0)];
  const middle = Math.floor(colors.length / 2);
  return {
    hatched: false,
    never: false,
    colourOf: (pixel) => {
      const side = diverged[pixel];
      return shades[side][rankIn(ranks[side], rate[pixel])];
    },
    bars: [
      { id: "converged", colors: colors.slice(middle + 1), ticks: [] },
      { id: "diverged", colors: colors.slice(0, middle).reverse(), ticks: [] },
    ],
  };
}
