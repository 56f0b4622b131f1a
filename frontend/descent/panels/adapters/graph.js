// The computation graph's dialog as a panel: of the point where the selected run stands.

export function createGraphPanel({ graph, selectors }) {
  return {
    select: (model) => {
      const { state } = model;
      if (!state.graph) return null;
      const { surface, parameters, formula, points, precision, language } = state;
      const settings = { surface, parameters, formula, points, precision, language };
      return { ...settings, point: graphPoint(model, selectors) };
    },
    show: () => graph.show(),
    hide: () => graph.show(),
  };
}

// One object as long as it is one point.
const NOWHERE = { at: null };
let last = { of: [], point: null };

// Where the graph is of: {at, run, step}; null before there are paths, no run where none can
// start, no `at` where it is out of reach.
export function graphPoint(model, selectors) {
  const { state, answers } = model;
  const { status, error } = answers.paths;
  if (status === "refused" && error.status === 422) {
    const at = state.starts[state.selectedStart];
    if (last.of !== at) last = { of: at, point: { at, run: null, step: 0 } };
    return last.point;
  }
  if (status !== "ready" || selectors.race(model) === null) return null;
  const found = selectors.here(model);
  return found?.at ? found : NOWHERE;
}
