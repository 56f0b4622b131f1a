// What comes from the server: the activations' values, the losses of the points, and their curves.

import { selector } from "../core/selectors.js";
import { createScenario } from "../scenes/scene.js";
import { askCurve, askLosses, askValues } from "./requests.js";
import { pointsOf } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Mode} Mode
 * @typedef {import("./activations.js").Activation} Activation
 * @typedef {import("./requests.js").Values} Values
 * @typedef {import("./requests.js").Curve} Curve
 * @typedef {import("./requests.js").Losses} Losses
 */

/** @typedef {{ mode: Mode, points: import("./state.js").Pair[], losses: Losses }} LossesOfPoints */
/** @typedef {{ mode: Mode, curves: Curve[] }} Curves */

/** Targets and predictions of the regression lie in 0 … 6. */
const MISS = 6;

/**
 * The curves of each mode: for both classes, or by how far a prediction misses.
 *
 * @type {Record<Mode, { target: number, ends: [number, number], count: number }[]>}
 */
export const CURVES = {
  classes: [
    { target: 1, ends: [0.004, 0.996], count: 249 },
    { target: 0, ends: [0.004, 0.996], count: 249 },
  ],
  regression: [{ target: 0, ends: [-MISS, MISS], count: 241 }],
};

/**
 * The numbers of an activation that are not its defaults.
 *
 * @param {Activation} entry
 * @param {State["numbers"]} numbers
 */
const numbersOf = (entry, numbers) =>
  Object.fromEntries(
    Object.keys(entry.parameters.properties)
      .filter((name) => `${entry.id}.${name}` in numbers)
      .map((name) => [name, numbers[`${entry.id}.${name}`]]),
  );

/** @param {readonly Activation[]} activations */
function valuesOf(activations) {
  /** What each activation was last answered for, with the answer. @type {Map<string, [string, Values]>} */
  const known = new Map();
  const wishes = selector(
    (/** @type {Readonly<State>} */ { numbers }) => [numbers],
    (numbers) =>
      activations.map((entry) => JSON.stringify({ id: entry.id, ...numbersOf(entry, numbers) })),
  );
  const key = selector(
    (/** @type {Readonly<State>} */ state) => [wishes(state)],
    (all) => all.join(),
  );
  return {
    name: "values",
    key: (/** @type {Readonly<State>} */ state) =>
      // Nothing is asked for a view that nobody sees.
      state.view === "activations" ? key(state) : null,
    /** Only what has another number than was answered is asked for, in one request.
     * @param {Readonly<State>} state @param {{ signal: AbortSignal }} context */
    async ask(state, { signal }) {
      const all = wishes(state);
      const open = all.filter((wish, index) => known.get(activations[index].id)?.[0] !== wish);
      if (open.length > 0) {
        const found = await askValues(
          open.map((wish) => JSON.parse(wish)),
          signal,
        );
        for (const wish of open) {
          const { id } = JSON.parse(wish);
          known.set(id, [wish, /** @type {Values} */ (found.get(id))]);
        }
      }
      return new Map([...known].map(([id, [, values]]) => [id, values]));
    },
  };
}

/**
 * @param {readonly Activation[]} activations
 * @returns {import("../core/resources.js").Resource<State, any>[]}
 */
export function createDeclared(activations) {
  /** Curves never change. @type {Map<Mode, Curves>} */
  const known = new Map();
  const asked = selector(
    (/** @type {Readonly<State>} */ state) => [pointsOf(state)],
    (points) => JSON.stringify(points),
  );
  /** @param {Readonly<State>} state */
  const family = ({ mode }) => mode;
  return [
    createScenario(),
    valuesOf(activations),
    {
      name: "curves",
      key: ({ view, mode }) => (view === "losses" ? mode : null),
      family,
      async ask({ mode }, { signal }) {
        const before = known.get(mode);
        if (before) return before;
        const curves = await Promise.all(CURVES[mode].map((one) => askCurve(one, signal)));
        known.set(mode, { mode, curves });
        return { mode, curves };
      },
    },
    {
      name: "losses",
      key: (state) => (state.view === "losses" ? `${state.mode} ${asked(state)}` : null),
      family,
      async ask(state, { signal }) {
        const points = pointsOf(state);
        return { mode: state.mode, points, losses: await askLosses(points, signal) };
      },
    },
  ];
}
