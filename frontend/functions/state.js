// The whole state of the page, and what its points may be.

import { NO_SCENE } from "../scenes/phases.js";
import { APPEARANCE } from "../shell/fields.js";

/** @typedef {"activations" | "losses" | "jacobians"} View */
/** @typedef {"classes" | "regression"} Mode */
/** @typedef {[target: number, prediction: number]} Pair */

/**
 * @typedef {import("../shell/fields.js").Appearance & import("../scenes/phases.js").InScene & {
 *   view: View,
 *   z: number,
 *   pointed: number | null,
 *   numbers: Readonly<Record<string, number>>,
 *   mode: Mode,
 *   classes: Pair[],
 *   regression: Pair[],
 *   point: number,
 *   n: number,
 *   m: number,
 *   k: number,
 *   only: string,
 * }} State `z` was chosen, `pointed` is where the pointer is; `numbers` are by activation and name, as
 *   `elu.alpha`; `point` is the one looked at, from 1;
 *   `n`, `m`, `k` are the rows, inputs and outputs of a layer; `only` are the activations that a
 *   scene is about, by their ids: all where it is empty.
 */

/** @type {readonly View[]} */
export const VIEWS = ["activations", "losses", "jacobians"];

/**
 * Where predictions can be: least, most, the smallest change, and what is there at first.
 *
 * @type {Record<Mode, { least: number, most: number, step: number, shown: [number, number],
 *   points: Pair[] }>}
 */
export const MODES = {
  classes: {
    least: 0.001,
    most: 0.999,
    step: 0.001,
    shown: [0, 1],
    points: [
      [1, 0.9],
      [1, 0.7],
      [0, 0.2],
      [0, 0.35],
      [1, 0.6],
      [1, 0.04],
    ],
  },
  regression: {
    least: 0,
    most: 6,
    step: 0.01,
    shown: [0, 6],
    points: [
      [0.6, 0.9],
      [1.1, 0.7],
      [1.4, 1.5],
      [2, 1.8],
      [2.3, 2.8],
      [5.5, 3],
    ],
  },
};

/** @type {readonly Mode[]} */
export const MODE_NAMES = ["classes", "regression"];
const MOST_POINTS = 12;

/** What «undo» and «reset all» are about. @type {(keyof State)[]} */
export const SETTINGS = ["view", "z", "numbers", "mode", "classes", "regression", "n", "m", "k"];

/** @returns {State} */
export const defaultState = () => ({
  view: "activations",
  z: 1,
  pointed: null,
  numbers: {},
  mode: "classes",
  classes: MODES.classes.points,
  regression: MODES.regression.points,
  point: MODES.classes.points.length,
  n: 64,
  m: 1024,
  k: 1024,
  only: "",
  ...NO_SCENE,
  ...APPEARANCE,
});

/** A prediction within its bounds, on a whole step. @param {Mode} mode @param {number} value */
export const clamped = (mode, value) => {
  const { least, most, step } = MODES[mode];
  const inside = Math.min(most, Math.max(least, value));
  return Number((Math.round(inside / step) * step).toFixed(3));
};

/** The points that are shown. @param {Readonly<State>} state */
export const pointsOf = (state) => state[state.mode];

/** The number of the point that is looked at, from 1. @param {Readonly<State>} state */
export const selectedOf = (state) => Math.min(state.point, pointsOf(state).length);

/**
 * Points as an address has them, `1:0.9,0:0.2`; undefined for what cannot be such points.
 *
 * @param {Mode} mode
 * @param {string} text
 * @returns {Pair[] | undefined}
 */
export function pointsFrom(mode, text) {
  const {
    shown: [low, high],
  } = MODES[mode];
  const points = text
    .split(",")
    .map((pair) => pair.split(":").map((part) => (part.trim() === "" ? NaN : Number(part))));
  const isGood = points.every(
    ([target, at, ...more]) =>
      more.length === 0 &&
      target >= low &&
      target <= high &&
      clamped(mode, at) === at &&
      (mode !== "classes" || target === 0 || target === 1),
  );
  return isGood && points.length <= MOST_POINTS ? /** @type {Pair[]} */ (points) : undefined;
}

/** @param {Pair[]} points */
export const pointsText = (points) => points.map((pair) => pair.join(":")).join(",");
