// The search for rates while its panel is open, for the runs as they were when it was opened: the
// rates that it finds are no part of what it is asked.

import { ask } from "../../api/api.js";
import { searchRequest } from "../simulation.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../tuning/types.js").Found} Found
 * @typedef {NonNullable<State["tuning"]>} Tuning
 */

/**
 * @param {{ catalog: import("../types.js").Catalog, onFound: (found: Found) => void }} page
 * @returns {import("../../core/resources.js").Resource<State, Found>}
 */
export function createSearch({ catalog, onFound }) {
  /** @type {{ tuning: Tuning | null, key: string | null }} */
  let known = { tuning: null, key: null };
  /** @param {State} state @param {Tuning} tuning */
  const asked = (state, { before, objective }) =>
    searchRequest(catalog, { ...state, runs: before }, { objective });
  return {
    name: "search",
    // Nothing else of the state can be changed while the panel is over the page.
    key(state) {
      const { tuning } = state;
      if (tuning !== known.tuning) {
        const key = tuning?.before.some(({ enabled }) => enabled)
          ? JSON.stringify(asked(state, tuning))
          : null;
        known = { tuning, key };
      }
      return known.key;
    },
    // What was found by another objective is never shown as this one's.
    family: ({ tuning }) => tuning?.objective,
    async ask(state, { signal }) {
      const tuning = /** @type {Tuning} */ (state.tuning);
      const found = await ask("learning-rate-search", asked(state, tuning), signal);
      const keys = tuning.before.flatMap(({ enabled, key }) => (enabled ? [key] : []));
      return { ...found, keys };
    },
    onReady: onFound,
  };
}
