// Experiments worth showing, each one address; titles and reasons are texts of the page.

import { selector } from "../core/selectors.js";
import { experimentOf, fromAddress } from "./fields.js";

const SCENARIOS = {
  vanishing: "depth=30&activation=sigmoid&initializer=xavier",
  remedy: "depth=30&activation=sigmoid&initializer=xavier&b=activation:relu,initializer:he",
  skip: "depth=30&activation=sigmoid&initializer=xavier&b=skip:1",
  factor_two: "depth=40&activation=relu&initializer=xavier&b=initializer:he",
  saturated:
    "depth=20&activation=tanh&initializer=normal&initializer.standard_deviation=1" +
    "&show=distributions&b=initializer:xavier",
  zeros: "depth=10&activation=tanh&initializer=zeros&b=initializer:xavier",
  exploding:
    "depth=40&activation=relu&initializer=normal&initializer.standard_deviation=1" +
    "&b=normalization:layer",
  stalled:
    "view=training&depth=20&activation=sigmoid&initializer=xavier" +
    "&b=activation:relu,initializer:he",
  through:
    "view=training&depth=40&width=32&activation=tanh&initializer=xavier&dataset=spirals" +
    "&b=skip:1",
  clipped:
    "view=training&depth=10&activation=relu&initializer=he&optimizer=sgd" +
    "&optimizer.learning_rate=1&batch=32&dataset=spirals&b=clipping:norm,clipping.threshold:0.5",
  approximation:
    "view=training&depth=1&width=2&activation=tanh&initializer=xavier" +
    "&optimizer.learning_rate=0.02&dataset=curve&steps=1000&b=width:10",
  symmetric: "view=training&depth=3&activation=tanh&initializer=constant&b=initializer:xavier",
  runaway:
    "view=training&depth=12&activation=relu&initializer=normal" +
    "&initializer.standard_deviation=0.3&optimizer=sgd&dataset=curve" +
    "&b=initializer.standard_deviation:0.15",
};

/** @typedef {import("./state.js").State} State */

const IDS = /** @type {(keyof typeof SCENARIOS)[]} */ (Object.keys(SCENARIOS));
/** @param {keyof typeof SCENARIOS} id */
export const hashOf = (id) => `#${SCENARIOS[id]}`;

/** Those of a view. @param {State["view"]} view */
export const idsOf = (view) =>
  IDS.filter((id) => SCENARIOS[id].includes("view=training") === (view === "training"));

/**
 * The part of the state that a scenario decides; the reader's language and theme stay.
 *
 * @param {import("./knobs.js").Catalog} catalog
 * @param {keyof typeof SCENARIOS} id
 */
export function scenario(catalog, id) {
  const { view, show, a, b, shared, edited } = fromAddress(hashOf(id), catalog).state;
  return { view, show, a, b, shared, edited };
}

/** @param {import("./knobs.js").Catalog} catalog */
export function createScenarios(catalog) {
  const all = IDS.map((id) => {
    const state = scenario(catalog, id);
    return { id, view: state.view, experiment: experimentOf(state, catalog) };
  });
  return {
    /** Which scenario the state is, as far as knobs go; null for none. */
    current: selector(
      (/** @type {Readonly<State>} */ state) => [state.a, state.b, state.shared, state.view],
      (a, b, shared, view) => {
        const here = experimentOf({ a, b, shared }, catalog);
        return all.find((one) => one.view === view && one.experiment === here)?.id ?? null;
      },
    ),
  };
}
