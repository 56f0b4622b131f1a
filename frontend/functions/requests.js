// What this page asks the server. Derivatives are the server's automatic ones; nothing here
// differentiates.

import { ask, decode, get } from "../api.js";

export const REACH = 6;
export const COUNT = 241;
export const STEP = (2 * REACH) / (COUNT - 1);

export const indexOf = (z) => Math.round((z + REACH) / STEP);
export const zAt = (index) => Number((index * STEP - REACH).toFixed(2));

// φ and φ′ of an activation at every z that the page can show.
export async function requestValues(id, numbers) {
  const query = new URLSearchParams({ z_min: -REACH, z_max: REACH, n: COUNT, encoding: "typed",
    ...numbers });
  const answer = await get(`activations/${id}/values?${query}`);
  return { z: decode(answer.z), value: decode(answer.value), derivative: decode(answer.derivative) };
}

export const requestLosses = (points) => ask("losses/values",
  { targets: points.map(([target]) => target), predictions: points.map(([, at]) => at) });

// What one example costs, at evenly spaced predictions of one target: {x, <loss id>: [...]}.
export async function requestCurve(target, [low, high], count) {
  const x = Array.from({ length: count }, (_, i) => low + (i / (count - 1)) * (high - low));
  const answer = await requestLosses(x.map((at) => [target, at]));
  const losses = Object.entries(answer).filter(([, loss]) => loss?.each);
  return { x, ...Object.fromEntries(losses.map(([id, loss]) => [id, loss.each])) };
}
