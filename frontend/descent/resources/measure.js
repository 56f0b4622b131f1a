// What the reader typed, pasted or rescaled: the server says whether it can be descended, and
// measures its domain, start and rates. It is the page's surface only once it has been accepted.

import { accepted, draftOf } from "../bringing.js";
import { requestMeasure, surfaceRequest } from "../simulation.js";

/** @typedef {import("../types.js").State} State */

/** @type {(keyof State)[]} */
const ASKED = [
  "surface",
  "parameters",
  "formula",
  "points",
  "reading",
  "columns",
  "typed",
  "measured",
];

/**
 * @param {{ store: import("../../core/store.js").Store<State> }} page
 * @returns {import("../../core/resources.js").Resource<State, import("../types.js").Measured>}
 */
export function createMeasure({ store }) {
  /** @type {{ state: State | null, key: string | null }} */
  let known = { state: null, key: null };
  return {
    name: "measure",
    key(state) {
      const before = known.state;
      if (before === null || ASKED.some((name) => before[name] !== state[name])) {
        const draft = draftOf(state);
        known = { state, key: draft && JSON.stringify(surfaceRequest(draft)) };
      }
      return known.key;
    },
    ask: (state, { signal }) => requestMeasure(/** @type {State} */ (draftOf(state)), signal),
    onReady: (measured) => store.update((state) => accepted(state, measured)),
  };
}
