// What happened to the selected run; all of it at the end, or where the reader wants to see it.
// Before that no more than has been played: how it goes on is not given away.

import { derived } from "../core/selectors.js";
import { played } from "../shell/events.js";

/** @typedef {import("./types.js").Model} Model */

/**
 * @param {{ here(model: Model): import("./types.js").Here | null, step(model: Model): number }} selectors
 */
export function createEvents({ here, step }) {
  const seen = (/** @type {Model} */ model) => {
    const { reveal, steps } = model.state;
    return played(here(model)?.trajectory.events ?? [], reveal ? steps : step(model), steps);
  };
  return derived(
    (/** @type {Model} */ model) => {
      const found = here(model);
      return [found?.trajectory, found?.run.style, seen(model).length];
    },
    /** @returns {import("./types.js").Events | null} */
    (model) => {
      const found = here(model);
      if (!found) return null;
      const { run, trajectory } = found;
      const list = seen(model).map(({ n, step: at, kind, text }) => ({ n, step: at, kind, text }));
      return { key: run.key, trajectory, color: run.style.color, list };
    },
  );
}
