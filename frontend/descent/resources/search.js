// The search for rates while its panel is open, for the runs as they were when it was opened: the
// rates that it finds are no part of what it is asked.

import { ask } from "../../api/api.js";
import { searchRequest } from "../simulation.js";

const asOpened = (state) => ({ ...state, runs: state.tuning.before });

export function createSearch({ catalog, onFound }) {
  let known = { tuning: null, key: null };
  const asked = (state) =>
    searchRequest(catalog, asOpened(state), { objective: state.tuning.objective });
  return {
    name: "search",
    // Nothing else of the state can be changed while the panel is over the page.
    key({ tuning, ...others }) {
      if (tuning !== known.tuning) {
        const isWanted = tuning?.before.some(({ enabled }) => enabled);
        known = { tuning, key: isWanted ? JSON.stringify(asked({ ...others, tuning })) : null };
      }
      return known.key;
    },
    // What was found by another objective is never shown as this one's.
    family: ({ tuning }) => tuning?.objective,
    async ask(state, { signal }) {
      const found = await ask("learning-rate-search", asked(state), signal);
      const keys = state.tuning.before.flatMap(({ enabled, key }) => (enabled ? [key] : []));
      return { ...found, keys };
    },
    onReady: onFound,
  };
}
