// How the server is asked for a surface and for a run.

import { applies } from "../forms/schema.js";
import { FORMULA, optimizerOf } from "./run.js";

/**
 * What of a state says which surface it is.
 *
 * @typedef {object} Surfaced
 * @property {string} surface
 * @property {Record<string, any>} parameters
 * @property {string} formula
 * @property {string | null} points
 * @property {Record<string, string> | null} reading
 * @property {number[] | null} columns
 */

/** @param {Surfaced} state */
export function surfaceRequest(state) {
  if (state.surface === FORMULA) return { formula: state.formula };
  const { points, reading, columns } = state;
  return {
    id: state.surface,
    parameters: state.parameters,
    ...(points === null ? {} : { points, reading, columns }),
  };
}

/**
 * What of a run changes its path; a label or a colour does not.
 *
 * @param {import("./run.js").Catalog} catalog
 * @param {import("./run.js").Run} run
 * @param {number | null} batch The points of a batch that it draws; null for all of them.
 */
export function requestOf(catalog, run, batch) {
  const { properties } = optimizerOf(catalog, run).parameters;
  // What another convention has is kept for when that is chosen again.
  const numbers = Object.entries(run.numbers).filter(([name]) =>
    applies(properties[name], () => run.convention),
  );
  /** @type {Record<string, any>} */
  const asked = {
    optimizer: { id: run.optimizer, convention: run.convention, ...Object.fromEntries(numbers) },
    schedule: { id: run.schedule, ...run.scheduleNumbers },
    regularization: run.regularization,
  };
  if (optimizerOf(catalog, run).reference_only) {
    const { weight_decay: _, ...penalties } = run.regularization;
    return { ...asked, regularization: penalties };
  }
  if (run.clipping) {
    asked.clipping = {
      id: run.clipping,
      ...(run.threshold === null ? {} : { threshold: run.threshold }),
    };
  }
  asked.gradient_noise = run.noise;
  asked.batch_size = batch;
  return asked;
}
