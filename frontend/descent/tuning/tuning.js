// Fair rates: the panel that tunes all runs under one budget. The rates are on the page while the
// panel is open; only keeping them keeps them, and that can be undone.

import { createMarks, keptOf, withoutKept } from "./marks.js";
import { OBJECTIVES } from "./panel.js";

/**
 * @typedef {import("./types.js").Run} Run
 * @typedef {import("./types.js").State} State
 */

/**
 * @param {object} page
 * @param {import("./types.js").Catalog} page.catalog
 * @param {import("../../core/store.js").Store<State>} page.store
 * @param {{ quietly(work: () => void): void, remember(before: Partial<State>): void }} page.undo
 *   Remembers changes of the settings.
 */
export function createTuning({ catalog, store, undo }) {
  const marks = createMarks(catalog);

  // The runs as they were, but for those that are there no more.
  /** @param {Pick<State, "runs" | "tuning">} state */
  function restored({ runs, tuning }) {
    const old = new Map(tuning?.before.map((run) => [run.key, run]));
    return runs.map((run) => old.get(run.key) ?? run);
  }

  return {
    ...marks,
    undo: () => store.update(withoutKept),
    open() {
      store.update(({ runs, tuning }) =>
        tuning ? {} : { tuning: { objective: OBJECTIVES[0], before: runs } },
      );
    },
    /** @param {string} objective */
    choose(objective) {
      store.update(({ tuning }) => (tuning ? { tuning: { ...tuning, objective } } : {}));
    },
    /** The rates that were found, while they are wanted.
     * @param {import("./types.js").Found} answer */
    found(answer) {
      undo.quietly(() =>
        store.update((state) => (state.tuning ? { runs: marks.tunedRuns(state, answer) } : {})),
      );
    },
    // Nothing was found: no rates of another objective stay, either.
    failed() {
      undo.quietly(() => store.update((state) => (state.tuning ? { runs: restored(state) } : {})));
    },
    /** @param {boolean} isKept */
    close(isKept) {
      const { tuning, runs } = store.get();
      if (tuning === null) return;
      if (isKept) {
        const kept = keptOf(tuning.before, runs);
        if (kept.size > 0) undo.remember({ runs: tuning.before });
        store.update({ tuning: null, kept });
      } else {
        undo.quietly(() => store.update((state) => ({ runs: restored(state), tuning: null })));
      }
    },
  };
}
