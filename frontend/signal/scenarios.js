// The lecture's scenes that this page shows, as experiments worth looking at: each one address.

import { selector } from "../core/selectors.js";
import { experimentOf, fromAddress } from "./fields.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./state.js").State} State
 * @typedef {Catalog["scenarios"][number]} Scene
 * @typedef {{ scene: Scene, hash: string, experiment: string }
 *   & Pick<State, "view" | "show" | "a" | "b" | "shared" | "edited">} Scenario
 */

/** @param {Catalog} catalog */
export function createScenarios(catalog) {
  const all = catalog.scenarios
    .filter(({ page }) => page === "signal")
    .map((scene) => {
      const hash = scene.address.slice(scene.address.indexOf("#"));
      const { view, show, a, b, shared, edited } = fromAddress(hash, catalog).state;
      const experiment = experimentOf({ a, b, shared }, catalog);
      return { scene, hash, experiment, view, show, a, b, shared, edited };
    });
  return {
    /** Those of a view, in the lecture's order. @param {State["view"]} view */
    of: (view) => all.filter((one) => one.view === view),
    /** Which scenario the state is, as far as knobs go; null for none. */
    current: selector(
      (/** @type {Readonly<State>} */ state) => [state.a, state.b, state.shared, state.view],
      (a, b, shared, view) => {
        const here = experimentOf({ a, b, shared }, catalog);
        return all.find((one) => one.view === view && one.experiment === here) ?? null;
      },
    ),
  };
}

/**
 * The part of the state that a scenario decides; the reader's language and theme stay.
 *
 * @param {Scenario} scenario
 */
export function settingsIn({ view, show, a, b, shared, edited }) {
  return { view, show, a, b, shared, edited };
}
