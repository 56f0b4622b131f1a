// Answers of the server with their arrays decoded.

import { ask, decode } from "../api/api.js";

/**
 * @typedef {import("../api/answers.js").Schemas} Schemas
 * @typedef {Schemas["Layer"]} Layer
 * @typedef {ReturnType<typeof decode>} Numbers
 * @typedef {{ edges: Numbers, counts: Numbers[] }} Histogram Counts between the edges, layer by layer.
 */

/**
 * As POST networks/signal answers it, its histograms as arrays.
 *
 * @typedef {Omit<Schemas["SignalAnswer"], "histograms"> & { histograms?:
 *   { activation: Histogram, gradient: Histogram & { zero: number[] } } }} SignalAnswer
 */

/** @param {import("../api/answers.js").Packed} table */
const tableOf = ({ shape, ...array }) => {
  const flat = decode(array);
  const [rows, columns] = String(shape).split(",").map(Number);
  return Array.from({ length: rows }, (_, row) =>
    flat.subarray(row * columns, (row + 1) * columns),
  );
};

/**
 * How the signal fares in a network.
 *
 * @param {object} body
 * @param {AbortSignal} signal
 * @returns {Promise<SignalAnswer>}
 */
export async function askSignal(body, signal) {
  const answer = await ask("networks/signal?encoding=typed", body, signal);
  if (!answer.histograms) return answer;
  const { activation, gradient } = answer.histograms;
  for (const one of [activation, gradient]) {
    one.edges = decode(one.edges);
    one.counts = tableOf(one.counts);
  }
  return answer;
}
