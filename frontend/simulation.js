// From the state to the server and back: which request a state asks for, and its answer as
// arrays. Two streams, paths and grid, each with one request under way at most.

import { decode, fetchGrid, fetchTrajectories } from "./api.js";
import { gridSize } from "./panels/geometry.js";
import { surfaceOf } from "./state.js";

export const PATH_KEYS = ["surface", "parameters", "starts", "steps", "precision", "tolerance"];

// What of a run changes its path; a label or a colour does not.
export const runsRequest = (state) => state.runs.filter((run) => run.enabled).map((run) =>
  ({ optimizer: { id: run.optimizer, convention: run.convention, ...run.numbers } }));

export function pathsChanged(before, after) {
  return PATH_KEYS.some((key) => before[key] !== after[key])
    || (before.runs !== after.runs
      && JSON.stringify(runsRequest(before)) !== JSON.stringify(runsRequest(after)));
}

export async function requestPaths(catalog, state) {
  const enabled = state.runs.filter((run) => run.enabled);
  if (enabled.length === 0) {
    return { steps: state.steps, minima: surfaceOf(catalog, state).minima, runs: [] };
  }
  const answer = await fetchTrajectories({
    surface: { id: state.surface, parameters: state.parameters },
    starts: state.starts,
    steps: state.steps,
    precision: state.precision,
    tolerance: state.tolerance,
    runs: runsRequest(state),
  });
  return {
    steps: answer.steps,
    minima: answer.surface.minima,
    runs: answer.runs.map((run, index) => ({
      key: enabled[index].key,
      optimizer: run.optimizer,
      trajectories: run.trajectories.map((trajectory) => ({
        ...trajectory,
        x: decode(trajectory.x),
        y: decode(trajectory.y),
        loss: decode(trajectory.loss),
        gradient_norm: decode(trajectory.gradient_norm),
        learning_rate: decode(trajectory.learning_rate),
      })),
    })),
  };
}

export async function requestGrid(state, range, { width, height }) {
  const answer = await fetchGrid(state.surface, state.parameters, range, gridSize(width, height));
  return { x: decode(answer.x), y: decode(answer.y), loss: decode(answer.loss),
    levels: answer.levels };
}
