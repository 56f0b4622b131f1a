// What this page asks the server. Derivatives are the server's automatic ones; nothing here
// differentiates.

import { ask, decode } from "../api/api.js";

/**
 * φ and φ′ at every z that the page can show.
 *
 * @typedef {{ z: ArrayLike<number>, value: ArrayLike<number>, derivative: ArrayLike<number> }} Values
 */

/** @typedef {{ mean: number, each: number[], gradient: number[] }} Loss The mean, and each point's. */
/** @typedef {Record<string, Loss | null>} Losses By id; null where a loss is not defined. */
/** @typedef {{ x: number[], costs: Record<string, number[]> }} Curve What one example costs, by loss. */

export const REACH = 6;
export const COUNT = 241;
export const STEP = (2 * REACH) / (COUNT - 1);

/** @param {number} z */
export const indexOf = (z) => Math.round((z + REACH) / STEP);
/** @param {number} index */
export const zAt = (index) => Number((index * STEP - REACH).toFixed(2));

/**
 * Values of activations, each with its own number, by id.
 *
 * @param {object[]} activations
 * @param {AbortSignal} signal
 * @returns {Promise<Map<string, Values>>}
 */
export async function askValues(activations, signal) {
  const answer = await ask(
    "activations/values?encoding=typed",
    { activations, z_min: -REACH, z_max: REACH, n: COUNT },
    signal,
  );
  const z = decode(answer.z);
  return new Map(
    answer.activations.map((/** @type {any} */ { id, value, derivative }) => [
      id,
      { z, value: decode(value), derivative: decode(derivative) },
    ]),
  );
}

/**
 * @param {import("./state.js").Pair[]} points
 * @param {AbortSignal} signal
 * @returns {Promise<Losses>}
 */
export const askLosses = (points, signal) =>
  ask(
    "losses/values",
    {
      targets: points.map(([target]) => target),
      predictions: points.map(([, at]) => at),
    },
    signal,
  );

/**
 * What one example costs, at evenly spaced predictions of one target.
 *
 * @param {{ target: number, ends: [number, number], count: number }} asked
 * @param {AbortSignal} signal
 * @returns {Promise<Curve>}
 */
export async function askCurve({ target, ends: [low, high], count }, signal) {
  const x = Array.from({ length: count }, (_, i) => low + (i / (count - 1)) * (high - low));
  const answer = await askLosses(
    x.map((at) => [target, at]),
    signal,
  );
  const losses = Object.entries(answer).flatMap(([id, loss]) =>
    loss?.each ? [[id, loss.each]] : [],
  );
  return { x, costs: Object.fromEntries(losses) };
}
