// Colours of runs, grounds and inks. They are declared in styles/theme.css, once for each theme,
// and read here once for each.

import { PARTS } from "./roles.js";

export { traceMarker } from "./shapes.js";

/**
 * @typedef {"light" | "dark"} Theme
 * @typedef {[number, string][]} ColorScale Colours by shares from 0 to 1.
 *
 * @typedef {object} Inks
 * @property {string} text
 * @property {string} faint
 * @property {string} line Of level lines.
 * @property {string} grid
 * @property {string} neutral Of what only brightness says.
 * @property {string} halo Round what must be seen on any ground.
 * @property {string} minimum Of marks on the picture.
 * @property {Record<string, string>} roles Of the parts of a step.
 * @property {string} region Of a region's tint and edge.
 * @property {string} tap Of one answer of the hall; many in one place add up.
 *
 * @typedef {object} RunStyle
 * @property {string} color
 * @property {string} shape
 * @property {number[]} dash
 *
 * @typedef {object} Basins
 * @property {string[]} colors Of the minima, in their order; more of them share these.
 * @property {string} none Under the hatching where a run ends in no minimum,
 * @property {string} diverged and where it left the finite range.
 * @property {string} hatch
 *
 * @typedef {object} Palette
 * @property {string[]} runs
 * @property {Inks} inks
 * @property {ColorScale} loss
 * @property {ColorScale} steepness
 * @property {{zero: string, notFinite: string}} special
 * @property {Basins} basins
 * @property {MapColours} map
 *
 * @typedef {object} MapColours Of maps whose axes are numbers.
 * @property {string[]} best From the best to the worst.
 * @property {string[]} ranks From slowly diverged over the middle to slowly converged.
 * @property {string} none
 */

const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "down", "star", "bar"];
const DASHES = [[], [7, 4], [2, 3]];
const RUNS = 8;
const SHADES = 5;
const BASINS = 12;
const MAP_SHADES = 6;
const MAP_RANKS = 11;

/** @type {Map<Theme, Palette>} */
const read = new Map();

/**
 * @param {Theme} theme
 * @returns {Palette}
 */
function paletteOf(theme) {
  const known = read.get(theme);
  if (known) return known;
  // An element of that theme, whichever the page has now.
  const probe = document.createElement("i");
  probe.dataset.theme = theme;
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  /** @param {string} name */
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  /** @param {string} name @returns {ColorScale} */
  const scale = (name) =>
    Array.from({ length: SHADES }, (_, k) => [k / (SHADES - 1), color(`${name}-${k}`)]);
  const palette = {
    runs: Array.from({ length: RUNS }, (_, k) => color(`run-${k + 1}`)),
    inks: {
      text: color("chart-ink"),
      faint: color("chart-faint"),
      line: color("chart-lines"),
      grid: color("chart-grid"),
      neutral: color("basin-neutral"),
      halo: color("chart-halo"),
      minimum: color("chart-mark"),
      roles: Object.fromEntries(
        Object.values(PARTS).map((part) => [part.color, color(`role-${part.color}`)]),
      ),
      region: color("region"),
      tap: color("tap"),
    },
    loss: scale("loss"),
    steepness: scale("steepness"),
    special: { zero: color("zero"), notFinite: color("not-finite") },
    basins: {
      colors: Array.from({ length: BASINS }, (_, k) => color(`basin-${k + 1}`)),
      none: color("basin-none"),
      diverged: color("basin-diverged"),
      hatch: color("basin-hatch"),
    },
    map: {
      best: Array.from({ length: MAP_SHADES }, (_, k) => color(`map-best-${k}`)),
      ranks: Array.from({ length: MAP_RANKS }, (_, k) => color(`map-rank-${k}`)),
      none: color("map-none"),
    },
  };
  probe.remove();
  read.set(theme, palette);
  return palette;
}

/**
 * How a run is drawn: eight colours, each with a marker of its own; more runs are dashed.
 *
 * @param {number} index
 * @param {Theme} theme
 * @returns {RunStyle}
 */
export const runStyle = (index, theme) => ({
  color: paletteOf(theme).runs[index % RUNS],
  shape: SHAPES[index % SHAPES.length],
  dash: DASHES[Math.floor(index / RUNS) % DASHES.length],
});

/** @param {Theme} theme */
export const scaleOf = (theme) => paletteOf(theme).loss;

/** @param {Theme} theme */
export const steepnessScaleOf = (theme) => paletteOf(theme).steepness;

/** @param {Theme} theme */
export const inks = (theme) => paletteOf(theme).inks;

/** @param {Theme} theme */
export const specialColours = (theme) => paletteOf(theme).special;

/** @param {Theme} theme */
export const basinColors = (theme) => paletteOf(theme).basins;

/** @param {Theme} theme */
export const mapColours = (theme) => paletteOf(theme).map;
