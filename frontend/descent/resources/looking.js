// What is looked up while the race stands still: curvature and gradient at the selected run's
// point, and the lines of the batch that its next step will use.

import { gridRequest, penaltiesOf, requestGrid, requestProbe } from "../simulation.js";

export function createProbe({ of, looked, modelOf }) {
  const asked = (state, answers) => looked(modelOf(state, answers));
  return {
    name: "probe",
    key(state, answers) {
      const found = asked(state, answers);
      if (!found) return null;
      const terms = [found.at, found.batch, penaltiesOf(state)];
      return `${JSON.stringify(terms)} ${of.surfaceText(state)}`;
    },
    ask(state, { signal, answers }) {
      const { at, batch } = asked(state, answers);
      return requestProbe(state, at, batch, signal);
    },
  };
}

export function createBatch({ of, looked, modelOf }) {
  const asked = (state, answers) => looked(modelOf(state, answers))?.batch ?? null;
  return {
    name: "batch",
    key(state, answers) {
      const batch = asked(state, answers);
      const range = of.range(state);
      if (!batch || !range) return null;
      return `${JSON.stringify(gridRequest(state, range, batch))} ${of.surfaceText(state)}`;
    },
    ask: (state, { signal, answers }) =>
      requestGrid(state, of.range(state), signal, asked(state, answers)),
  };
}
