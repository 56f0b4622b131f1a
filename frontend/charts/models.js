// What the models of the surfaces with points answer.

/** @typedef {(x: number) => number} Model */

/** @type {Model} */
const sigmoid = (z) => 1 / (1 + Math.exp(-z));
/** @type {Record<string, Model>} */
const ACTIVATIONS = { sigmoid, tanh: Math.tanh, relu: (z) => Math.max(0, z) };

/**
 * What a model answers for a feature, with the two parameters that are descended; the server's
 * surfaces/data.py has the same, and a test compares them.
 *
 * @type {Record<string, (parameters: any) => (w: number, b: number) => Model>}
 */
export const MODELS = {
  linear_regression: () => (w, b) => (x) => w * x + b,
  neuron:
    ({ activation }) =>
    (w, b) =>
    (x) =>
      ACTIVATIONS[activation](w * x + b),
};

/**
 * Where bias + w₁x₁ + w₂x₂ = 0 crosses a rectangle: two points, or null.
 *
 * @param {number} bias
 * @param {number} w1
 * @param {number} w2
 * @param {[number, number]} across
 * @param {[number, number]} up
 */
export function border(bias, w1, w2, [left, right], [bottom, top]) {
  if (Math.abs(w2) > Math.abs(w1)) {
    return [left, right].map((x) => [x, -(bias + w1 * x) / w2]);
  }
  return w1 === 0 ? null : [bottom, top].map((y) => [-(bias + w2 * y) / w1, y]);
}

/**
 * The range of some numbers with room on both sides, in parts of it.
 *
 * @param {number[]} values
 * @param {number} [share]
 * @returns {[number, number]}
 */
export function widened(values, share = 0.08) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = share * (high - low || 1);
  return [low - room, high + room];
}
