// What this page asks the server. Derivatives are the server's automatic ones; nothing here
// differentiates.

import { ask, decode } from "../api/api.js";

export const REACH = 6;
export const COUNT = 241;
export const STEP = (2 * REACH) / (COUNT - 1);

export const indexOf = (z) => Math.round((z + REACH) / STEP);
export const zAt = (index) => Number((index * STEP - REACH).toFixed(2));

// φ and φ′ of activations, each with its own number, at every z that the page can show: by id.
export async function requestValues(activations) {
  const answer = await ask("activations/values?encoding=typed", {
    activations,
    z_min: -REACH,
    z_max: REACH,
    n: COUNT,
  });
  const z = decode(answer.z);
  return new Map(
    answer.activations.map(({ id, value, derivative }) => [
      id,
      { z, value: decode(value), derivative: decode(derivative) },
    ]),
  );
}

export const requestLosses = (points) =>
  ask("losses/values", {
    targets: points.map(([target]) => target),
    predictions: points.map(([, at]) => at),
  });

// What one example costs, at evenly spaced predictions of one target: {x, <loss id>: [...]}.
export async function requestCurve(target, [low, high], count) {
  const x = Array.from({ length: count }, (_, i) => low + (i / (count - 1)) * (high - low));
  const answer = await requestLosses(x.map((at) => [target, at]));
  const losses = Object.entries(answer).filter(([, loss]) => loss?.each);
  return { x, ...Object.fromEntries(losses.map(([id, loss]) => [id, loss.each])) };
}
