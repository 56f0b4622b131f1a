// What the reader typed, pasted or rescaled: the server says whether it can be descended, and
// measures its domain, start and rates. It is the page's surface only once it has been accepted.

import { derived } from "../../core/selectors.js";
import { accepted, draftOf } from "../bringing.js";
import { requestMeasure, surfaceRequest } from "../simulation.js";
import { SURFACE_FIELDS } from "../state.js";

/** @typedef {import("../types.js").State} State */

// All that a draft is made of.
/** @type {(keyof State)[]} */
const ASKED = [...SURFACE_FIELDS, "typed", "measured"];

/**
 * @param {{ store: import("../../core/store.js").Store<State> }} page
 * @returns {import("../../core/resources.js").Resource<State, import("../types.js").Measured>}
 */
export function createMeasure({ store }) {
  return {
    name: "measure",
    key: derived(
      (/** @type {Readonly<State>} */ state) => ASKED.map((name) => state[name]),
      (state) => {
        const draft = draftOf(state);
        return draft && JSON.stringify(surfaceRequest(draft));
      },
    ),
    ask: (state, { signal }) => requestMeasure(/** @type {State} */ (draftOf(state)), signal),
    onReady: (measured) => store.update((state) => accepted(state, measured)),
  };
}
