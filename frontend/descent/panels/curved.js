// What the picture shows of curvature: the region that is chosen, and how the surface curves where the
// selected run stands.

import { selector } from "../../core/selectors.js";
import { isHidden } from "../../scenes/phases.js";
import { convexIn, stableIn } from "../regions.js";
import { hasLimit } from "../stability.js";
import { defaultNumber, selectedOf } from "../state.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("../../scene/scene.js").Region} Region
 */

/** @param {import("./types.js").Selectors} selectors @param {import("./types.js").Catalog} catalog */
export function createCurved(selectors, catalog) {
  /** @param {Readonly<import("./types.js").State>} state */
  function momentumOf(state) {
    const run = selectedOf(state);
    return run.numbers.momentum ?? defaultNumber(catalog, state, run, "momentum");
  }

  const region = selector(
    (/** @type {Model} */ model) => {
      const { state, answers } = model;
      const curvature = isHidden(state) ? "none" : state.curvature;
      const here = curvature === "stable" ? selectors.here(model) : null;
      return [
        curvature === "none" ? null : answers.curvature.value,
        curvature,
        here?.run.optimizer.id,
        here ? momentumOf(state) : undefined,
        here?.rate,
      ];
    },
    /** @returns {Region | null} */
    (value, kind, optimizer, momentum, rate) => {
      if (value === null || kind === "none") return null;
      const { view, width } = value;
      if (kind === "convex") return { view, width, kind, inside: convexIn(value) };
      if (optimizer === undefined || rate === undefined) return null;
      const inside = stableIn(value, { optimizer, momentum, rate });
      // Where the optimizer has no limit it is gradient descent's that is shaded, and said to be.
      return { view, width, kind: hasLimit(optimizer) ? kind : "descent", inside };
    },
  );
  const curves = selector(
    (/** @type {Model} */ model) => {
      const { state, answers } = model;
      const isSeen = state.curvature !== "none" && !isHidden(state) && selectors.looked(model);
      return [isSeen && answers.probe.status === "ready" ? answers.probe.value : null];
    },
    /** @returns {import("../../scene/scene.js").Axes | null} */
    (probe) => {
      if (!probe?.hessian_eigenvector || !probe.hessian_eigenvalues) return null;
      const { hessian_eigenvector: steepest, hessian_eigenvalues: eigenvalues } = probe;
      return { at: [probe.x, probe.y], steepest: [steepest.x, steepest.y], eigenvalues };
    },
  );
  return (/** @type {Model} */ model) => ({ region: region(model), curves: curves(model) });
}
