// What resources are asked for, as a function of the state alone: each computed once for what it
// depends on.

import { derived, isSameList } from "../core/selectors.js";
import { asDomain, isApart } from "../scene/geometry.js";
import { isUnmeasured } from "./bringing.js";
import { runNames } from "./names.js";
import { gridRequest, penaltiesOf, runsRequest, surfaceKey, surfaceRequest } from "./simulation.js";
import { SURFACE_FIELDS, surfaceOf } from "./state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").State} State
 * @typedef {import("../scene/geometry.js").Domain} Domain
 * @typedef {(domain: Domain, apart: boolean) => import("../scene/scene.js").View} Frame
 */

// A derived list: the earlier one stays where the new one says the same.
/**
 * @template {unknown[]} I
 * @template R
 * @param {(...inputs: I) => readonly unknown[]} of
 * @param {(...inputs: I) => R[]} compute
 */
function derivedList(of, compute) {
  /** @type {R[]} */
  let last = [];
  return derived(of, (/** @type {I} */ ...inputs) => {
    const next = compute(...inputs);
    if (!isSameList(next, last)) last = next;
    return last;
  });
}

/** @param {State} state */
const surfaceFields = (state) => SURFACE_FIELDS.map((name) => state[name]);

// What is asked of the state alone.
/** @param {Catalog} catalog @param {Frame} frame */
export function createQuestions(catalog, frame) {
  const surfaceText = derived(surfaceFields, (state) => JSON.stringify(surfaceRequest(state)));
  const surface = derived(surfaceFields, surfaceKey);
  /** @param {State} state @returns {Domain | undefined} Undefined before it is measured. */
  const domain = (state) => surfaceOf(catalog, state).domain;

  // Of the picture: what the reader looks at, with the proportions of the window; null as long as
  // there is no window, or a surface is not measured.
  const range = derived(
    (/** @type {State} */ state) => [
      domain(state),
      state.view,
      state.aspect,
      state.size,
      state.large,
    ],
    (state) => {
      const { view, aspect, size } = state;
      const whole = domain(state);
      if (!whole || !size) return null;
      return frame(view ? asDomain(view) : whole, isApart(aspect, whole));
    },
  );

  const penalties = (/** @type {State} */ state) => Object.values(penaltiesOf(state));
  const gridKey = derived(
    (/** @type {State} */ state) => [
      surfaceText(state),
      range(state),
      state.size,
      state.scale,
      state.ground,
      ...penalties(state),
    ],
    (state) => {
      const seen = range(state);
      return seen && `${JSON.stringify(gridRequest(state, seen))} ${surfaceText(state)}`;
    },
  );

  const pathsKey = derived(
    (/** @type {State} */ state) => [
      surfaceText(state),
      state.measured,
      state.runs,
      state.starts,
      state.steps,
      state.seed,
      state.tolerance,
      state.precision,
      state.effective,
    ],
    (state) => {
      if (isUnmeasured(state)) return null;
      const keys = state.runs.filter(({ enabled }) => enabled).map(({ key }) => key);
      const { starts, steps, seed, tolerance, precision } = state;
      const terms = [keys, runsRequest(catalog, state), starts, steps, seed, tolerance, precision];
      if (state.effective) terms.push("effective");
      return `${JSON.stringify(terms)} ${surfaceText(state)}`;
    },
  );

  const names = derivedList(
    (/** @type {State} */ state) => [
      ...surfaceFields(state),
      state.measured,
      state.rates,
      state.runs,
      state.language,
      document.documentElement.lang,
    ],
    (state) => runNames(catalog, state),
  );

  return {
    surfaceText,
    surface,
    range,
    gridKey,
    pathsKey,
    names,
    apart: (/** @type {State} */ state) => {
      const whole = domain(state);
      return whole !== undefined && isApart(state.aspect, whole);
    },
  };
}
