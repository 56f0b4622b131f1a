// The state of the page, its defaults, and the questions that panels ask of it.

import { BEGINNING } from "../core/clock.js";

export { SPEEDS } from "../shell/speeds.js";

export const FORMULA = "formula";
const EXAMPLE = "(1-x)^2 + 100*(y-x^2)^2";
// The lecture's worked example, with y = 1, w₀ = 0.5, x₁ = 2, x₂ = −1; its w₁ and w₂ are free.
export const LECTURE = "log(1 + exp(-1*(0.5 + x*2 + y*(-1))))";
export const LECTURE_START = [0.5, 1];
export const CONSTANT = "constant";
// What the picture is coloured by.
export const LOSS = "loss";
export const GRADIENT = "gradient";
export const GROUNDS = [LOSS, GRADIENT];
// How heights are spaced, in the loss panel and in the picture.
export const LOG = "log";
export const LINEAR = "linear";
export const SCALES = [LOG, LINEAR];
// What a race is to do once its paths are there: to begin, or to go on; a number is a step to go to.
export const BEGIN = "begin";
export const GO_ON = "go_on";

const STEPS = 500;
let nextKey = 1;

// A run as nobody has touched it; what is null or absent is left to the server's defaults.
const asNobodyTouchedIt = (optimizer) => ({
  optimizer: optimizer.id,
  convention: defaultConvention(optimizer),
  numbers: {},
  label: null,
  enabled: true,
  tuned: null,
  schedule: CONSTANT,
  scheduleNumbers: {},
  clipping: null,
  threshold: null,
  regularization: {},
  noise: 0,
  batch: null,
});

export const newRun = (optimizer, more = {}) => ({
  key: nextKey++,
  ...asNobodyTouchedIt(optimizer),
  ...more,
});

export const defaultConvention = (optimizer) => Object.keys(optimizer.conventions)[0];

export function defaultState(catalog) {
  const surface = catalog.surfaces[0];
  const runs = catalog.optimizers
    .slice(0, 6)
    .map((optimizer, color) => newRun(optimizer, { color }));
  return {
    surface: surface.id,
    parameters: {},
    formula: EXAMPLE,
    points: null,
    reading: null,
    columns: null,
    measured: null,
    // What the reader brought and the server has not accepted yet: a change of the surface that
    // stands in `surface` and `points`.
    typed: null,
    // Whether the start is to be where the surface has its own, once that is measured.
    ownStart: false,
    rates: null,
    starts: [[...surface.start]],
    selectedStart: 0,
    runs,
    selectedRun: runs.at(-1).key,
    steps: STEPS,
    seed: 0,
    precision: "float64",
    tolerance: 0.001,
    view: null,
    aspect: null,
    ground: LOSS,
    scale: LOG,
    speed: 1,
    loop: false,
    // Whether the table tells how the race ends before it is there.
    reveal: false,
    language: null,
    theme: null,
    large: false,
    graph: false,
    clock: BEGINNING,
    wish: BEGIN,
    // Whether an answer has been waited for so long that older ones are not shown any more.
    late: false,
    // The picture's width and height inside its axes; null before it is there.
    size: null,
    // The search for rates: its objective, and the runs as they were when it was opened.
    tuning: null,
    // Runs as they were before the rates that were kept: {old, rate} by key.
    kept: new Map(),
  };
}

// A surface that the reader brought, or points in other units than the built-in ones: the server
// measures its domain, start and rates.
export const isMeasured = (state) =>
  state.surface === FORMULA || state.points !== null || state.parameters.standardise === "on";

// Whether the server has still to say what the surface is, before anything of it can be asked.
export const isUnmeasured = (state) => isMeasured(state) && state.measured === null;

const isHeld = ({ typed, surface, points }) =>
  typed !== null && typed.surface === surface && typed.points === points;

// The state as it is once what is held back is accepted; null where nothing is. What was typed for
// an earlier surface is not wanted any more.
export const draftOf = (state) =>
  isUnmeasured(state) ? state : isHeld(state) ? { ...state, ...state.typed.change } : null;

// Holds back what the reader brought until the server accepts it, beside what is still on its way.
export function holdBack(state, change, isMeasuring) {
  const { surface, points } = state;
  const others = isMeasuring && isHeld(state) ? state.typed.change : {};
  const isOther = change.surface !== undefined && change.surface !== surface;
  const fresh = isOther ? { parameters: {}, points: null, reading: null, columns: null } : {};
  return { typed: { surface, points, change: { ...others, ...fresh, ...change } } };
}

// Whether the start is where the surface has its own: nobody has moved it.
const isOwnStart = ({ starts, measured }) =>
  starts.length === 1 && measured?.start.every((value, axis) => value === starts[0][axis]);

const atItsStart = (measured) => ({ starts: [[...measured.start]], selectedStart: 0 });

// What was held back is the state's, now that the server has accepted and measured it.
export function accepted(state, measured) {
  if (isUnmeasured(state)) {
    return { measured, ownStart: false, ...(state.ownStart ? atItsStart(measured) : {}) };
  }
  if (!isHeld(state)) return {};
  const { change } = state.typed;
  const isOther = change.surface !== undefined && change.surface !== state.surface;
  const isRescaled =
    Boolean(measured.standardised?.on) !== Boolean(state.measured?.standardised?.on);
  const isNew = !isMeasured(state) || isOther || change.points !== undefined || isRescaled;
  return {
    // A start that nobody has moved goes to where this formula has its own.
    ...(isNew || isOwnStart(state) ? atItsStart(measured) : {}),
    ...change,
    measured,
    typed: null,
    ...(isNew ? { view: null, aspect: null } : {}),
    ...(isOther ? NEW_RACE : {}),
  };
}

const ofFormula = {
  id: FORMULA,
  title: { en: "Your formula", ru: "Своя формула" },
  summary: {
    en: "Any function of x and y; its gradient is exact, by automatic differentiation.",
    ru: "Любая функция x и y; её градиент точен — автоматическое дифференцирование.",
  },
  parameters: { properties: {} },
  minima: [],
  tags: [],
  points: null,
  reference: null,
  names: ["x", "y"],
};

export function surfaceOf(catalog, state) {
  const declared =
    state.surface === FORMULA
      ? ofFormula
      : catalog.surfaces.find((surface) => surface.id === state.surface);
  return isMeasured(state) ? { ...declared, ...state.measured } : declared;
}

// What the two numbers that are descended are called: x and y, or w and b.
export const namesOf = (catalog, state) => surfaceOf(catalog, state).names;

// Where a slider runs on this surface; undefined where the surface has no word in it.
export const rangeOf = (catalog, state, name) => surfaceOf(catalog, state).ranges?.[name];

export const optimizerOf = (catalog, run) =>
  catalog.optimizers.find((optimizer) => optimizer.id === run.optimizer);

export const selectedOf = (state) => state.runs.find((run) => run.key === state.selectedRun);

// How many points a surface of data has; null for one without.
export function pointCount(catalog, state) {
  const { points, parameters } = surfaceOf(catalog, state);
  if (!points) return null;
  const measured = isMeasured(state) ? state.measured?.count : undefined;
  return measured ?? state.parameters.size ?? parameters.properties.size.default;
}

// Default rates follow the parameters; the server says with each picture what they are now.
export const knownRates = (state, of) => ({
  surface: state.surface,
  parameters: state.parameters,
  of,
});
export const isCurrent = ({ rates, surface, parameters, points }) =>
  rates !== null && points === null && rates.surface === surface && rates.parameters === parameters;

// What a number of a run is when nobody has touched it: the surface decides the rate, the
// convention's framework the rest.
export function defaultNumber(catalog, state, run, name) {
  if (name === "learning_rate") {
    const known = isCurrent(state) ? state.rates.of : surfaceOf(catalog, state).learning_rates;
    return known?.[run.optimizer] ?? 0.01;
  }
  return optimizerOf(catalog, run).conventions[run.convention].defaults[name];
}

// Whether this is the race of a surface whose default rates are tuned for it, as nobody has
// touched it.
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

function isUntouched(catalog, run) {
  const { label: _, ...fresh } = asNobodyTouchedIt(optimizerOf(catalog, run));
  return (
    catalog.optimizers.slice(0, 6).some(({ id }) => id === run.optimizer) &&
    Object.entries(fresh).every(
      ([name, value]) => JSON.stringify(run[name]) === JSON.stringify(value),
    )
  );
}

export function freeColor(runs) {
  const used = new Set(runs.map((run) => run.color));
  let color = 0;
  while (used.has(color)) color += 1;
  return color;
}

export const changeRun = (state, key, change) => ({
  runs: state.runs.map((run) => (run.key === key ? { ...run, ...change } : run)),
});

// The race of another surface begins anew.
const NEW_RACE = { clock: BEGINNING, wish: BEGIN };

// A new surface brings its own start and view; what was typed into hyperparameters stays.
export function chooseSurface(catalog, id) {
  const surface = catalog.surfaces.find((entry) => entry.id === id);
  return {
    surface: id,
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
    ...NEW_RACE,
  };
}
