// The race's table and the local truth as panels: what of the model each shows.

import { isWaiting } from "../../core/resources.js";
import { explain } from "../../shell/notices.js";
import { defaultNumber } from "../state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Selectors} Selectors
 * @typedef {import("./types.js").Looked} Looked
 * @typedef {import("../../api/answers.js").ProbedPoint} Local
 */

/** @type {import("./types.js").Minimum[]} */
const NONE = [];

/**
 * @param {{ catalog: Catalog, selectors: Selectors,
 *   table: { show(props: import("./table.js").Props): void } }} page
 * @returns {import("./types.js").Panel<import("./table.js").Props>}
 */
export const createTablePanel = ({ catalog, table, selectors }) => ({
  select(model) {
    const { state } = model;
    const race = selectors.race(model);
    const error = selectors.failure(model);
    return {
      runs: selectors.runs(model),
      selectedStart: selectors.shownStart(model),
      starts: state.starts,
      minima: race?.minima ?? NONE,
      steps: race?.steps ?? state.steps,
      tolerance: race?.tolerance ?? state.tolerance,
      // Why there are no paths; empty while they are awaited, null where there are.
      missing: race ? null : error ? explain(error, catalog.limits) : "",
      isAwaited: isWaiting(model.answers.paths),
      selectedRun: state.selectedRun,
      reveal: state.reveal,
      language: state.language,
    };
  },
  show: (props) => table.show(props),
});

// What was last looked up, for as long as it is of these paths, this run and this start.
/**
 * @param {{ catalog: Catalog, selectors: Selectors,
 *   truth: ReturnType<typeof import("./truth.js").createTruth> }} page
 * @returns {import("./types.js").Panel<{ hint: string | null, local: null }
 *   | import("./truth.js").Props>}
 */
export function createTruthPanel({ catalog, truth, selectors }) {
  /** @type {{ local: Local, found: Looked } | null} */
  let last = null;

  // What else than its rate decides how large a step a run may take.
  /** @param {import("./types.js").State} state @param {{ key: number }} of */
  function numbersOf(state, { key }) {
    // Shown are those that the state has.
    const run = /** @type {import("../types.js").Run} */ (
      state.runs.find((one) => one.key === key)
    );
    const momentum = run.numbers.momentum ?? defaultNumber(catalog, state, run, "momentum");
    return { momentum, weightDecay: run.regularization.weight_decay ?? 0 };
  }

  // Why there is nothing to see; null while it is looked up.
  /** @param {Model} model */
  function hintOf(model) {
    const race = selectors.race(model);
    if (race === null && isWaiting(model.answers.paths)) return "race.awaited";
    if (race === null) return selectors.failure(model) ? "truth.no_path" : null;
    if (selectors.runs(model).length === 0) return "truth.no_path";
    return model.state.clock.playing ? "truth.playing" : null;
  }

  /** @param {Model} model */
  function localOf(model) {
    const { probe } = model.answers;
    const found = selectors.looked(model);
    if (found === null) return null;
    const { run, trajectory } = found;
    if (probe.status === "ready") last = { local: probe.value, found };
    else if (probe.status === "refused" || last?.found.trajectory !== trajectory) return null;
    return { ...last, run };
  }

  return {
    select(model) {
      const { language } = model.state;
      const shown = localOf(model);
      if (shown === null) return { hint: hintOf(model), language, local: null };
      const { local, found, run } = shown;
      const { momentum, weightDecay } = numbersOf(model.state, run);
      const isCurrent = model.answers.probe.status === "ready";
      const { step, rate } = found;
      return { local, run, step, rate, momentum, weightDecay, isCurrent, language, hint: null };
    },
    show(props) {
      if (props.local === null) truth.clear(props.hint);
      else truth.show(props);
    },
  };
}
