// The whole state of the page: a surface with a run and the two numbers of them that are mapped, or a
// network with two of its own.

import { newRun } from "../runs/run.js";
import { NO_SCENE } from "../scenes/phases.js";
import { APPEARANCE } from "../shell/fields.js";
import { axisOf, spaced } from "./axes.js";
import { NETWORK, networkAxis, networkBounds, TRAINED, WHOLE } from "./networks.js";
import { boundsOf, numberIn, numbersOf, OF_SURFACE } from "./numbers.js";

/**
 * @typedef {import("../runs/run.js").Catalog} Catalog
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("./axes.js").Axes} Axes
 * @typedef {"x" | "y"} Way
 *
 * @typedef {import("../runs/request.js").Surfaced & import("../shell/fields.js").Appearance &
 *   import("../scenes/phases.js").InScene & {
 *   view: "stability" | "trainability",
 *   starts: number[][],
 *   run: import("../runs/run.js").Run,
 *   steps: number,
 *   seed: number,
 *   precision: string,
 *   map_precision: string,
 *   x: Axis | null,
 *   y: Axis | null,
 *   measure: "loss" | "rate" | "steps",
 *   detail: number,
 *   network: Readonly<Record<string, any>>,
 *   trained: number,
 *   across: Axis | null,
 *   up: Axis | null,
 *   point: readonly number[] | null,
 * }} State `x` and `y` are the axes of a surface's run, `across` and `up` those of a network, null where
 *   nobody has changed them; `trained` is how many steps the network takes, `point` what of its map was
 *   chosen; `measure` is what colours say;
 *   `precision` is of the path, `map_precision` of the map: "auto" takes float32 where that tells pixels apart.
 */

export const VIEWS = /** @type {const} */ (["stability", "trainability"]);
export const MEASURES = /** @type {const} */ (["loss", "rate", "steps"]);
/** Values along each side of a map. */
export const DETAILS = [64, 128, 256, 512, 1024];
export const STEPS = 300;

/** What «undo» and «reset all» are about. @type {(keyof State)[]} */
// biome-ignore format: names, not a list to read
export const SETTINGS = [
  "view", "surface", "parameters", "formula", "points", "reading", "columns", "starts", "run",
  "steps", "seed", "precision", "map_precision", "x", "y", "measure", "detail",
  "network", "trained", "across", "up", "point",
];

/** @param {Catalog} catalog @param {string} id */
const ofId = (catalog, id) =>
  catalog.surfaces.find((/** @type {any} */ surface) => surface.id === id) ?? catalog.surfaces[0];

/** A surface as nobody has touched it, whose axes are its own.
 * @param {any} surface Its entry in the catalogue. */
export const untouchedSurface = (surface) => ({
  surface: /** @type {string} */ (surface.id),
  parameters: {},
  points: null,
  reading: null,
  columns: null,
  starts: [[...surface.start]],
  x: null,
  y: null,
});

/** The run that is mapped at first. @param {Catalog} catalog */
function firstRun({ optimizers }) {
  const momentum = optimizers.find((/** @type {any} */ { id }) => id === "momentum");
  return newRun(momentum ?? optimizers[0]);
}

/** @param {Catalog} catalog @returns {State} */
export function defaultState(catalog) {
  return {
    view: "stability",
    ...untouchedSurface(ofId(catalog, "bowl")),
    formula: "x^2 + 10*y^2",
    run: firstRun(catalog),
    steps: STEPS,
    seed: 0,
    precision: "float64",
    map_precision: "auto",
    measure: "loss",
    detail: 256,
    network: NETWORK,
    trained: TRAINED,
    across: null,
    up: null,
    point: null,
    ...NO_SCENE,
    ...APPEARANCE,
  };
}

/** Numbers of a rule that go well with its learning rate, the first that there is. */
const BESIDE = ["momentum", "beta1", "decay"];

/**
 * The axes that are mapped: those that were chosen, or the learning rate and what goes well with it.
 *
 * @param {Catalog} catalog
 * @param {Readonly<State>} state
 * @returns {Axes}
 */
export function axesOf(catalog, state) {
  if (state.view === "trainability") {
    return { x: state.across ?? WHOLE.x, y: state.up ?? WHOLE.y };
  }
  const whole = wholeAxes(catalog, state);
  return { x: state.x ?? whole.x, y: state.y ?? whole.y };
}

/**
 * The axes of the chosen numbers, as nobody has zoomed or changed them.
 *
 * @param {Catalog} catalog
 * @param {Readonly<State>} state
 * @returns {Axes}
 */
export function wholeAxes(catalog, state) {
  if (state.view === "trainability") {
    const { x, y } = axesOf(catalog, state);
    return { x: networkAxis(x.name), y: networkAxis(y.name) };
  }
  const numbers = numbersOf(catalog, state);
  /** @param {string | undefined} name */
  const named = (name) => numbers.find((number) => number.name === name);
  const x = named(state.x?.name) ?? numbers.find(({ name }) => name !== state.y?.name);
  const y =
    named(state.y?.name) ??
    BESIDE.map(named).find((number) => number && number !== x) ??
    // A rule that has none: the surface's own, with which its limit moves.
    numbers.find((number) => number !== x && number.name.startsWith(OF_SURFACE)) ??
    numbers.find((number) => number !== x);
  // A map's range does not follow what is chosen in it.
  const run = { ...state.run, numbers: {}, threshold: null, noise: 0 };
  /** @param {any} number @param {Axis | null} chosen */
  const axis = (number, chosen) => {
    const made = axisOf(number, numberIn(catalog, { ...state, run, parameters: {} }, number));
    return chosen ? spaced(made, chosen.scale) : made;
  };
  return { x: axis(x, state.x), y: axis(y, state.y) };
}

/** The bounds of both numbers. @param {Catalog} catalog @param {Readonly<State>} state */
export function axisBounds(catalog, state) {
  const { x, y } = axesOf(catalog, state);
  return { x: boundsFor(catalog, state, x.name), y: boundsFor(catalog, state, y.name) };
}

/** @param {Catalog} catalog @param {Readonly<State>} state @param {string} name
 * @returns {[number, number]} */
function boundsFor(catalog, state, name) {
  if (state.view === "trainability") return networkBounds(name);
  const number = numbersOf(catalog, state).find((one) => one.name === name);
  return number ? boundsOf(number.schema) : [-Infinity, Infinity];
}

/** What changes where a map is seen from elsewhere. @param {Readonly<State>} state @param {Partial<Axes>} axes
 * @returns {Partial<State>} */
export const seenFrom = (state, { x, y }) =>
  state.view === "trainability"
    ? { ...(x ? { across: x } : {}), ...(y ? { up: y } : {}) }
    : { ...(x ? { x } : {}), ...(y ? { y } : {}) };

/** The whole of the map again. @param {Catalog} catalog @param {Readonly<State>} state */
export const unzoomed = (catalog, state) => seenFrom(state, wholeAxes(catalog, state));

/** Another run or surface: axes of numbers that it has not are its own again.
 * @template {State} S @param {Catalog} catalog @param {S} state @returns {S} */
export function settled(catalog, state) {
  const known = new Set(numbersOf(catalog, state).map(({ name }) => name));
  const x = state.x && known.has(state.x.name) ? state.x : null;
  const y = state.y && known.has(state.y.name) && state.y.name !== x?.name ? state.y : null;
  return { ...state, x, y };
}
