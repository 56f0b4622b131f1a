// The computation graph's dialog as a panel: of the point where the selected run stands.

import { ApiError } from "../../api/api.js";
import { isHidden } from "../../scenes/phases.js";
import { graphProps } from "../graph.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Selectors} Selectors
 */

// Where the graph is of: {at, run, step}; null before there are paths, no run where none can
// start, no `at` where it is out of reach.
/** @param {Model} model @param {Selectors} selectors */
function pointOf(model, selectors) {
  const { state, answers } = model;
  const { status, error } = answers.paths;
  if (status === "refused" && error instanceof ApiError && error.status === 422) {
    return { at: state.starts[state.selectedStart], run: null, step: 0 };
  }
  if (status !== "ready" || selectors.race(model) === null) return null;
  return selectors.here(model) ?? { at: null };
}

/**
 * @param {{ catalog: import("./types.js").Catalog, selectors: Selectors,
 *   graph: { show(props: import("../../graph/dialog.js").Props): void, hide(): void },
 *   notices: import("../../shell/notices.js").Notices }} page
 * @returns {import("./types.js").Panel<import("../../graph/dialog.js").Props>}
 */
export const createGraphPanel = ({ catalog, graph, notices, selectors }) => ({
  select: (model) =>
    model.state.graph && !isHidden(model.state)
      ? graphProps(catalog, model.state, pointOf(model, selectors))
      : null,
  show(props) {
    // That there was none is no news any more.
    if (props.question !== null) notices.close("graph");
    graph.show(props);
  },
  hide: graph.hide,
});
