// What the reader typed, pasted or rescaled: the server says whether it can be descended, and
// measures its domain, start and rates. It is the page's surface only once it has been accepted.

import { accepted, draftOf } from "../bringing.js";
import { requestMeasure, surfaceRequest } from "../simulation.js";

export function createMeasure({ store }) {
  let known = { state: null, key: null };
  return {
    name: "measure",
    key(state) {
      const fields = ["surface", "parameters", "formula", "points", "reading", "columns"];
      const asked = [...fields, "typed", "measured"];
      if (known.state === null || asked.some((name) => known.state[name] !== state[name])) {
        const draft = draftOf(state);
        known = { state, key: draft && JSON.stringify(surfaceRequest(draft)) };
      }
      return known.key;
    },
    ask: (state, { signal }) => requestMeasure(draftOf(state), signal),
    onReady: (measured) => store.update((state) => accepted(state, measured)),
  };
}
