// The computation graph's dialog as a panel: of the point where the selected run stands.

import { graphProps } from "../../graph.js";

// Where the graph is of: {at, run, step}; null before there are paths, no run where none can
// start, no `at` where it is out of reach.
function pointOf(model, selectors) {
  const { state, answers } = model;
  const { status, error } = answers.paths;
  if (status === "refused" && error.status === 422) {
    return { at: state.starts[state.selectedStart], run: null, step: 0 };
  }
  if (status !== "ready" || selectors.race(model) === null) return null;
  return selectors.here(model) ?? { at: null };
}

export const createGraphPanel = ({ catalog, graph, selectors }) => ({
  select: (model) =>
    model.state.graph ? graphProps(catalog, model.state, pointOf(model, selectors)) : null,
  show: graph.show,
  hide: graph.hide,
});
