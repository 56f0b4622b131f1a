// What this page asks the server.

import { requestOf, surfaceRequest } from "../runs/request.js";
import { THRESHOLD, USUAL_CLIPPING, withNumber } from "./numbers.js";
import { axesOf } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 * @typedef {import("./axes.js").Axis} Axis
 *
 * The path of the run as it stands.
 * @typedef {object} Path
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {ArrayLike<number>} loss
 * @property {string} status
 * @property {string | null} text How it ended, in words of the page's language.
 * @property {any} outcome
 */

/** @param {Axis} axis @param {number} count */
const asked = ({ name, from, to, scale }, count) => ({ name, from, to, count, scale });

/** The run and the surface but for the numbers on the axes: what the map does not depend on is no part
 * of its question. @param {Catalog} catalog @param {Readonly<State>} state */
function withoutAxes(catalog, state) {
  const { x, y } = axesOf(catalog, state);
  const first = withNumber(state, x.name, undefined);
  const { run, parameters } = withNumber(first, y.name, undefined);
  // A threshold on an axis needs a clipping that it is of.
  const needsClipping = [x.name, y.name].includes(THRESHOLD);
  const clipping = needsClipping ? (run.clipping ?? USUAL_CLIPPING) : run.clipping;
  return { ...state, parameters, run: { ...run, clipping } };
}

/** @param {Catalog} catalog @param {Readonly<State>} state */
export function stabilityRequest(catalog, state) {
  const { x, y } = axesOf(catalog, state);
  const bare = withoutAxes(catalog, state);
  return {
    surface: surfaceRequest(bare),
    start: state.starts[0] ?? null,
    run: requestOf(catalog, bare.run, bare.run.batch),
    steps: state.steps,
    seed: state.seed,
    precision: state.map_precision,
    x: asked(x, state.detail),
    y: asked(y, state.detail),
  };
}

/** @param {Catalog} catalog @param {Readonly<State>} state */
export function trainabilityRequest(catalog, state) {
  const { x, y } = axesOf(catalog, state);
  return {
    network: state.network,
    steps: state.trained,
    precision: state.map_precision,
    x: asked(x, state.detail),
    y: asked(y, state.detail),
  };
}

/** @param {Catalog} catalog @param {Readonly<State>} state */
export const pathRequest = (catalog, state) => ({
  surface: surfaceRequest(state),
  ...(state.starts.length > 0 ? { starts: state.starts.slice(0, 1) } : {}),
  steps: state.steps,
  seed: state.seed,
  precision: state.precision,
  include: ["outcomes"],
  runs: [requestOf(catalog, state.run, state.run.batch)],
});

/** What a map is of, but for where it is looked at from and how finely: maps of the same show the same at
 * the same place. @param {string} view @param {ReturnType<typeof stabilityRequest | typeof trainabilityRequest>} body */
export const whatOf = (view, { x, y, ...rest }) =>
  JSON.stringify([view, rest, x.name, x.scale, y.name, y.scale]);
