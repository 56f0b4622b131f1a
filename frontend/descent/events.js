// What happened to the selected run; all of it at the end, or where the reader wants to see it.
// Before that no more than has been played: how it goes on is not given away.

import { derived } from "../core/selectors.js";

/** @typedef {import("./types.js").Model} Model */

/**
 * @param {{ here(model: Model): import("./types.js").Here | null, step(model: Model): number }} selectors
 */
export function createEvents({ here, step }) {
  const counted = (/** @type {Model} */ model) => {
    const { reveal, steps } = model.state;
    const list = here(model)?.trajectory.events ?? [];
    const now = reveal ? steps : step(model);
    return now >= steps ? list.length : list.filter((event) => event.step <= now).length;
  };
  return derived(
    (/** @type {Model} */ model) => {
      const found = here(model);
      return [found?.trajectory, found?.run.style, counted(model)];
    },
    /** @returns {import("./types.js").Events | null} */
    (model) => {
      const found = here(model);
      if (!found) return null;
      const { run, trajectory } = found;
      const list = trajectory.events
        .slice(0, counted(model))
        .map(({ step: at, kind, text }, i) => ({ n: i + 1, step: at, kind, text }));
      return { key: run.key, trajectory, color: run.style.color, list };
    },
  );
}
