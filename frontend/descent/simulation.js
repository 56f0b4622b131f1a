// From the state to the server and back: which request a state asks for, and its answer as arrays.

import { ask, decode } from "../api/api.js";
import { requestOf, surfaceRequest } from "../runs/request.js";
import { gridSize } from "../scene/geometry.js";
import {
  FORMULA,
  GRADIENT,
  LINEAR,
  optimizerOf,
  pointCount,
  selectedOf,
  surfaceOf,
} from "./state.js";

export { surfaceRequest } from "../runs/request.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Run} Run
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Batch | null} Batch
 * @typedef {import("../scene/scene.js").View} View
 */

/** What a hall can tap on; null where phones cannot draw it, as with pasted points.
 * @param {State} state @param {import("../scene/scene.js").View | null} seen
 * @returns {import("../hall/taps.js").Land | null} */
export function landOf(state, seen) {
  if (state.points !== null) return null;
  if (state.surface !== FORMULA) return { surface: state.surface, parameters: state.parameters };
  return seen && { formula: state.formula, domain: [seen.x, seen.y] };
}

// The batch that a run draws from the points there are; null for all of them.
/** @param {Catalog} catalog @param {State} state @param {Run} run */
export function batchOf(catalog, state, run) {
  const count = pointCount(catalog, state);
  if (count === null || run.batch === null || optimizerOf(catalog, run).reference_only) return null;
  return run.batch < count ? run.batch : null;
}

// What of a run changes its path.
/** @param {Catalog} catalog @param {State} state @param {Run} run */
export const runRequest = (catalog, state, run) =>
  requestOf(catalog, run, batchOf(catalog, state, run));

/** @param {Catalog} catalog @param {State} state */
export const runsRequest = (catalog, state) =>
  state.runs.filter((run) => run.enabled).map((run) => runRequest(catalog, state, run));

// Penalties of the selected run are part of the surface that it descends, and so of the picture.
/** @param {Pick<State, "runs" | "selectedRun">} state */
export function penaltiesOf(state) {
  const { l2 = 0, l1 = 0 } = selectedOf(state)?.regularization ?? {};
  return { l2, l1 };
}

// Whether the gradient that a run follows is not that of f over all points alone.
/** @param {Catalog} catalog @param {State} state @param {Run} run */
export const isMoreThanItsLoss = (catalog, state, run) =>
  run.noise > 0 ||
  batchOf(catalog, state, run) !== null ||
  (run.regularization.l2 ?? 0) > 0 ||
  (run.regularization.l1 ?? 0) > 0;

/** @param {State} state */
const request = (state) => ({
  surface: surfaceRequest(state),
  starts: state.starts,
  steps: state.steps,
  seed: state.seed,
  tolerance: state.tolerance,
});

// What tells one surface from another: paths of one are never shown over another. Its parameters
// are no part of it, so that a slider moves picture and paths without emptying them.
/** @param {State} state */
export const surfaceKey = ({ surface, formula, points, reading, columns }) =>
  JSON.stringify([surface, surface === FORMULA ? formula : null, points, reading, columns]);

/** @param {import("../api/api.js").Packed} packed */
const doubles = (packed) => /** @type {Float32Array | Float64Array} */ (decode(packed));

/** @param {any} trajectory @returns {import("./types.js").Trajectory} */
function decoded(trajectory) {
  // f itself, so that runs with different penalties can be compared.
  const loss = doubles(trajectory.surface_loss ?? trajectory.loss);
  return {
    ...trajectory,
    loss,
    x: decode(trajectory.x),
    y: decode(trajectory.y),
    gradient_norm: decode(trajectory.gradient_norm),
    learning_rate: doubles(trajectory.learning_rate),
    effective_rate: trajectory.effective_rate
      ? { x: decode(trajectory.effective_rate.x), y: decode(trajectory.effective_rate.y) }
      : null,
    final: { ...trajectory.final, loss: loss[loss.length - 1] },
  };
}

/** @param {Catalog} catalog @param {State} state @param {AbortSignal} signal
 * @returns {Promise<import("./types.js").Race>} */
export async function requestPaths(catalog, state, signal) {
  const enabled = state.runs.filter((run) => run.enabled);
  if (enabled.length === 0) {
    return {
      steps: state.steps,
      tolerance: state.tolerance,
      minima: surfaceOf(catalog, state).minima ?? [],
      runs: [],
    };
  }
  const answer = await ask(
    "trajectories?encoding=typed",
    {
      ...request(state),
      precision: state.precision,
      include: ["outcomes", "events", ...(state.effective ? ["rates"] : [])],
      runs: runsRequest(catalog, state),
    },
    signal,
  );
  return {
    steps: answer.steps,
    tolerance: answer.tolerance,
    minima: answer.surface.minima,
    standardised: answer.surface.standardised ?? null,
    runs: answer.runs.map((/** @type {any} */ run, /** @type {number} */ index) => ({
      key: enabled[index].key,
      optimizer: run.optimizer,
      trajectories: run.trajectories.map(decoded),
    })),
  };
}

/** @param {any} array @returns {import("../scene/scene.js").Shade} */
const imageOf = (array) => ({
  values: /** @type {Uint8Array} */ (decode(array)),
  width: Number(array.shape.split(",")[1]),
});

// Losses are heights above a reference here, in which doubles would have lost their last digits.
/** @param {any} answer */
function gridOf(answer) {
  const { level, length, x, y } = answer.lines;
  return {
    x: decode(answer.x),
    y: decode(answer.y),
    heights: decode(answer.loss),
    reference: answer.reference,
    rounded: answer.heights_from === "gradient",
    levelHeights: answer.level_heights,
    lines: { level, length, x: decode(x), y: decode(y) },
    shade: imageOf(answer.shade),
    steepness: answer.steepness
      ? { ...answer.steepness, shade: imageOf(answer.steepness.shade) }
      : null,
    gradient: answer.gradient_norm ? decode(answer.gradient_norm) : null,
    rates: answer.learning_rates,
  };
}

// What the server says of a surface that the reader brought.
/** @param {any} answer */
function measuredOf(answer) {
  const { domain, start, minima, standardised, reading } = answer.surface;
  const columns = Object.values(answer.points ?? {});
  return {
    domain,
    start,
    minima,
    standardised,
    suggested: answer.suggested ?? {},
    learning_rates: answer.learning_rates,
    ranges: answer.ranges,
    formula_mathml: answer.formula_mathml,
    ...(columns.length > 0 ? { count: columns[0].length } : {}),
    ...(reading ? { reading } : {}),
  };
}

// What of a state and a range of the picture its grid depends on, but for the surface.
/** @param {State} state @param {View} range @param {Batch} [batch] */
export const gridRequest = (state, range, batch = null) => ({
  regularization: penaltiesOf(state),
  ...gridSize(state.size?.width ?? 1, state.size?.height ?? 1),
  ...(batch ? { batch } : {}),
  spacing: state.scale === LINEAR ? "linear" : "balanced",
  include: state.ground === GRADIENT && !batch ? ["lines", "gradient"] : ["lines"],
  x_min: range.x[0],
  x_max: range.x[1],
  y_min: range.y[0],
  y_max: range.y[1],
});

/** @param {State} state @param {View} range @param {AbortSignal} signal @param {Batch} [batch]
 * @returns {Promise<import("./types.js").Grid>} */
export async function requestGrid(state, range, signal, batch = null) {
  const asked = { surface: surfaceRequest(state), ...gridRequest(state, range, batch) };
  const answer = await ask("grid?encoding=typed", asked, signal);
  return {
    ...gridOf(answer),
    points: answer.points ?? null,
    rule: answer.formula_mathml,
    reading: answer.surface.reading ?? null,
  };
}

/** Values along each side. */
const CURVATURES = 192;

// Eigenvalues of the Hessian over what is seen.
/** @param {State} state @param {View} range @param {AbortSignal} signal
 * @returns {Promise<import("./regions.js").Curvature>} */
export async function requestCurvature(state, range, signal) {
  const { x, y } = range;
  const answer = await ask(
    "grid?encoding=typed",
    {
      surface: surfaceRequest(state),
      nx: CURVATURES,
      ny: CURVATURES,
      ...{ x_min: x[0], x_max: x[1], y_min: y[0], y_max: y[1] },
      include: ["hessian"],
      regularization: penaltiesOf(state),
    },
    signal,
  );
  const { smaller, larger } = answer.hessian_eigenvalues;
  return { view: range, width: CURVATURES, smaller: decode(smaller), larger: decode(larger) };
}

// Whether the server takes a formula or points, and what it measures; refusals are thrown.
/** @param {State} state @param {AbortSignal} signal
 * @returns {Promise<import("./types.js").Measured>} */
export async function requestMeasure(state, signal) {
  const asked = { surface: surfaceRequest(state), nx: 2, ny: 2 };
  const answer = await ask("grid", asked, signal);
  return measuredOf(answer);
}

/** @param {State} state @param {number[]} at @param {Batch} batch @param {AbortSignal} signal
 * @returns {Promise<import("../api/answers.js").ProbedPoint>} */
export async function requestProbe(state, at, batch, signal) {
  const asked = {
    surface: surfaceRequest(state),
    at: [at],
    regularization: penaltiesOf(state),
    ...(batch ? { batch } : {}),
  };
  const answer = await ask("probe", asked, signal);
  return answer.points[0];
}

// What the next step of some runs is made of, from the start that is shown.
/** @param {Catalog} catalog @param {State} state @param {{ runs: Run[], start: number, step: number }} of */
export const anatomyRequest = (catalog, state, { runs, start, step }) => ({
  ...request(state),
  precision: state.precision,
  runs: runs.map((run) => runRequest(catalog, state, run)),
  start,
  step,
});

// From the selected start, which the table and the charts show.
/** @param {Catalog} catalog @param {State} state @param {{ objective: string }} search */
export const searchRequest = (catalog, state, search) => ({
  ...request(state),
  starts: [state.starts[state.selectedStart]],
  precision: state.precision,
  runs: runsRequest(catalog, state),
  search,
});
