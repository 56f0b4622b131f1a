// What the next step of the selected run is made of, or of all runs, while the race stands still.

import { ask } from "../../api/api.js";
import { anatomyRequest } from "../simulation.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Run} Run
 */

/**
 * @param {Pick<import("./looking.js").Page, "looked" | "modelOf"> & {
 *   catalog: import("../types.js").Catalog,
 *   shownStart: import("../selectors.js").Selectors["shownStart"],
 * }} page
 * @returns {import("../../core/resources.js").Resource<State, import("../anatomy/types.js").Anatomy>}
 */
export function createAnatomy({ catalog, looked, shownStart, modelOf }) {
  /** @param {Readonly<State>} state @param {import("../../core/resources.js").Answers} answers */
  function asked(state, answers) {
    if (state.anatomy === null) return null;
    const model = modelOf(state, answers);
    const found = looked(model);
    if (!found || found.step >= found.trajectory.x.length - 1) return null;
    const runs = state.runs.filter(
      ({ enabled, key }) => enabled && (state.anatomy === "all" || key === state.selectedRun),
    );
    const of = { runs, start: shownStart(model), step: found.step + 1 };
    return { runs, step: of.step, body: anatomyRequest(catalog, state, of) };
  }
  return {
    name: "anatomy",
    key(state, answers) {
      const found = asked(state, answers);
      return found && JSON.stringify([found.runs.map(({ key }) => key), found.body]);
    },
    async ask(state, { signal, answers }) {
      const { runs, step, body } = /** @type {NonNullable<ReturnType<typeof asked>>} */ (
        asked(state, answers)
      );
      /** @type {import("../../api/answers.js").Anatomy} */
      const answer = await ask("anatomy", body, signal);
      return { step, runs: answer.runs.map((run, i) => ({ key: runs[i].key, step: run.step })) };
    },
  };
}
