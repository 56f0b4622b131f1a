// What is looked up while the race stands still: curvature and gradient at the selected run's
// point, and the lines of the batch that its next step will use.

import {
  gridRequest,
  penaltiesOf,
  requestCurvature,
  requestGrid,
  requestProbe,
} from "../simulation.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../../scene/scene.js").View} View
 *
 * @typedef {object} Page
 * @property {import("../selectors.js").Selectors["of"]} of
 * @property {import("../selectors.js").Selectors["looked"]} looked
 * @property {(state: Readonly<State>, answers: import("../../core/resources.js").Answers) =>
 *   import("../types.js").Model} modelOf
 *
 * @typedef {Parameters<Page["modelOf"]>} Known
 */

/** @param {Page} page
 * @returns {import("../../core/resources.js").Resource<State, import("../../api/answers.js").ProbedPoint>} */
export function createProbe({ of, looked, modelOf }) {
  const asked = (/** @type {Known} */ ...known) => looked(modelOf(...known));
  return {
    name: "probe",
    key(state, answers) {
      const found = asked(state, answers);
      if (!found) return null;
      const terms = [found.at, found.batch, penaltiesOf(state)];
      return `${JSON.stringify(terms)} ${of.surfaceText(state)}`;
    },
    ask(state, { signal, answers }) {
      const { at, batch } = /** @type {import("../selectors.js").Looked} */ (asked(state, answers));
      return requestProbe(state, at, batch, signal);
    },
  };
}

/** @param {Page} page
 * @returns {import("../../core/resources.js").Resource<State, import("../types.js").Grid>} */
export function createBatch({ of, looked, modelOf }) {
  const asked = (/** @type {Known} */ ...known) => looked(modelOf(...known))?.batch ?? null;
  return {
    name: "batch",
    key(state, answers) {
      const batch = asked(state, answers);
      const range = of.range(state);
      if (!batch || !range) return null;
      return `${JSON.stringify(gridRequest(state, range, batch))} ${of.surfaceText(state)}`;
    },
    ask: (state, { signal, answers }) =>
      requestGrid(state, /** @type {View} */ (of.range(state)), signal, asked(state, answers)),
  };
}

/** The Hessian's eigenvalues over what is seen, while a region of them is. Whose rate it is compared
 * with asks nothing.
 * @param {Pick<Page, "of">} page
 * @returns {import("../../core/resources.js").Resource<State, import("../regions.js").Curvature>} */
export const createCurvature = ({ of }) => ({
  name: "curvature",
  key(state) {
    const range = of.range(state);
    if (state.curvature === "none" || !range) return null;
    return `${JSON.stringify([range, penaltiesOf(state)])} ${of.surfaceText(state)}`;
  },
  family: (state) => of.surface(state),
  ask: (state, { signal }) =>
    requestCurvature(state, /** @type {View} */ (of.range(state)), signal),
});
