// The state of the page, its defaults, and the questions that panels ask of it.

import { BEGINNING } from "../core/clock.js";
import { asNobodyTouchedIt, FORMULA, newRun, optimizerOf } from "../runs/run.js";
import { declaredSurface } from "../runs/surfaces.js";
import { NO_SCENE } from "../scenes/phases.js";

export { CONSTANT, defaultConvention, FORMULA, newRun, optimizerOf } from "../runs/run.js";
export { SPEEDS } from "../shell/speeds.js";

const EXAMPLE = "(1-x)^2 + 100*(y-x^2)^2";
// The lecture's worked example, with y = 1, w₀ = 0.5, x₁ = 2, x₂ = −1; its w₁ and w₂ are free.
export const LECTURE = "log(1 + exp(-1*(0.5 + x*2 + y*(-1))))";
export const LECTURE_START = [0.5, 1];
// What the picture is coloured by.
export const LOSS = "loss";
export const GRADIENT = "gradient";
export const BASINS = "basins";
export const WINNER = "winner";
export const GROUNDS = [LOSS, GRADIENT, BASINS, WINNER];
// How heights are spaced, in the loss panel and in the picture.
export const LOG = "log";
export const LINEAR = "linear";
export const SCALES = [LOG, LINEAR];
// What a race is to do once its paths are there: to begin, or to go on; a number is a step to go to.
export const BEGIN = "begin";
export const GO_ON = "go_on";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Run} Run
 * @typedef {import("./types.js").State} State
 */

const STEPS = 500;
/**
 * What of the state tells one surface from another, as the server is asked for it.
 *
 * @type {("surface" | "parameters" | "formula" | "points" | "reading" | "columns")[]}
 */
export const SURFACE_FIELDS = ["surface", "parameters", "formula", "points", "reading", "columns"];

// A surface as nobody has touched it, with its own start and the whole of it in view.
/** @param {any} surface Its entry in the catalogue. */
const untouchedSurface = (surface) => ({
  surface: /** @type {string} */ (surface.id),
  parameters: {},
  points: null,
  reading: null,
  columns: null,
  measured: null,
  typed: null,
  ownStart: false,
  starts: [[...surface.start]],
  selectedStart: 0,
  view: null,
  aspect: null,
});

/** @param {Catalog} catalog @returns {State} */
export function defaultState(catalog) {
  const surface = catalog.surfaces[0];
  const runs = catalog.optimizers
    .slice(0, 6)
    .map((/** @type {any} */ optimizer, /** @type {number} */ color) =>
      newRun(optimizer, { color }),
    );
  return {
    ...untouchedSurface(surface),
    formula: EXAMPLE,
    rates: null,
    runs,
    selectedRun: runs[runs.length - 1].key,
    steps: STEPS,
    seed: 0,
    precision: "float64",
    tolerance: 0.001,
    ground: LOSS,
    curvature: "none",
    beside: false,
    scale: LOG,
    speed: 1,
    loop: false,
    reveal: false,
    language: null,
    theme: null,
    large: false,
    graph: false,
    welcome: false,
    anatomy: null,
    pieces: null,
    effective: false,
    lit: null,
    clock: BEGINNING,
    wish: BEGIN,
    late: false,
    size: null,
    tuning: null,
    kept: new Map(),
    ...NO_SCENE,
  };
}

// A surface that the reader brought, or points in other units than the built-in ones: the server
// measures its domain, start and rates.
/** @param {Pick<State, "surface" | "points" | "parameters">} state */
export const isMeasured = (state) =>
  state.surface === FORMULA || state.points !== null || state.parameters.standardise === "on";

/** @param {Catalog} catalog
 * @param {Pick<State, "surface" | "points" | "parameters" | "measured">} state
 * @returns {import("./types.js").Surface} */
export function surfaceOf(catalog, state) {
  const declared = declaredSurface(catalog, state.surface);
  return isMeasured(state) ? { ...declared, ...state.measured } : declared;
}

// What the two numbers that are descended are called: x and y, or w and b.
/** @param {Catalog} catalog @param {State} state @returns {[string, string]} */
export const namesOf = (catalog, state) => surfaceOf(catalog, state).names;

// Where a slider runs on this surface; undefined where the surface has no word in it.
/** @param {Catalog} catalog @param {State} state @param {string} name */
export const rangeOf = (catalog, state, name) => surfaceOf(catalog, state).ranges?.[name];

/** @param {Pick<State, "runs" | "selectedRun">} state */
export const selectedOf = (state) =>
  state.runs.find((run) => run.key === state.selectedRun) ?? state.runs[0];

// How many points a surface of data has; null for one without.
/** @param {Catalog} catalog @param {State} state @returns {number | null} */
export function pointCount(catalog, state) {
  const { points, parameters } = surfaceOf(catalog, state);
  if (!points) return null;
  const measured = isMeasured(state) ? state.measured?.count : undefined;
  return measured ?? state.parameters.size ?? parameters.properties.size.default;
}

// Default rates follow the parameters; the server says with each picture what they are now.
/** @param {State} state @param {Record<string, number>} of */
export const knownRates = (state, of) => ({
  surface: state.surface,
  parameters: state.parameters,
  of,
});
/** @param {Pick<State, "rates" | "surface" | "parameters" | "points">} state */
export const isCurrent = ({ rates, surface, parameters, points }) =>
  rates !== null && points === null && rates.surface === surface && rates.parameters === parameters;

// What a number of a run is when nobody has touched it: the surface decides the rate, the
// convention's framework the rest.
/** @param {Catalog} catalog @param {State} state @param {Run} run @param {string} name @returns {number} */
export function defaultNumber(catalog, state, run, name) {
  if (name === "learning_rate") {
    const known = isCurrent(state) ? state.rates?.of : surfaceOf(catalog, state).learning_rates;
    return known?.[run.optimizer] ?? 0.01;
  }
  return optimizerOf(catalog, run).conventions[run.convention].defaults[name];
}

// Whether this is the race of a surface whose default rates are tuned for it, as nobody has
// touched it.
/** @param {Catalog} catalog @param {State} state */
export function isTunedOpening(catalog, state) {
  const { rates_tuned: tuned, start } = surfaceOf(catalog, state);
  const opening = JSON.stringify([{}, [start], STEPS]);
  return (
    Boolean(tuned) &&
    state.points === null &&
    JSON.stringify([state.parameters, state.starts, state.steps]) === opening &&
    state.runs.filter((run) => run.enabled).every((run) => isUntouched(catalog, run))
  );
}

/** @param {Catalog} catalog @param {Run} run */
function isUntouched(catalog, run) {
  const { label: _, ...fresh } = asNobodyTouchedIt(optimizerOf(catalog, run));
  return (
    catalog.optimizers.slice(0, 6).some((/** @type {any} */ { id }) => id === run.optimizer) &&
    Object.entries(fresh).every(
      ([name, value]) => JSON.stringify(Reflect.get(run, name)) === JSON.stringify(value),
    )
  );
}

/** @param {Run[]} runs */
export function freeColor(runs) {
  const used = new Set(runs.map((run) => run.color));
  let color = 0;
  while (used.has(color)) color += 1;
  return color;
}

/** @param {State} state @param {number} key @param {Partial<Run>} change */
export const changeRun = (state, key, change) => ({
  runs: state.runs.map((run) => (run.key === key ? { ...run, ...change } : run)),
});

// The race of another surface begins anew.
/** @type {Pick<State, "clock" | "wish">} */
export const NEW_RACE = { clock: BEGINNING, wish: BEGIN };

// A new surface brings its own start and view; what was typed into hyperparameters stays.
/** @param {Catalog} catalog @param {string} id */
export function chooseSurface(catalog, id) {
  const surface = catalog.surfaces.find((/** @type {any} */ entry) => entry.id === id);
  return { ...untouchedSurface(surface), ...NEW_RACE };
}

/**
 * A state whose runs are known by the keys of those in their places, where they are of the same
 * optimizers: what is shown of them is gone on with, and a map is not asked for anew.
 *
 * @param {readonly Run[]} before
 * @param {State} state
 * @returns {State}
 */
export function withKeysOf(before, state) {
  const isSame = state.runs.map((run, at) => run.optimizer === before[at]?.optimizer);
  const runs = state.runs.map((run, at) => (isSame[at] ? { ...run, key: before[at].key } : run));
  const selected = state.runs.findIndex(({ key }) => key === state.selectedRun);
  return { ...state, runs, selectedRun: runs[selected]?.key ?? state.selectedRun };
}
