// The exact numbers of a layer, in the order in which tables show them.

import { percent, quantity } from "../i18n/format.js";

/**
 * @typedef {import("./answers.js").Layer} Layer
 * @typedef {{ id: string, of: (layer: Layer) => number | null | undefined, theory?: boolean,
 *   share?: boolean }} Column
 */

/** @type {Column[]} */
export const COLUMNS = [
  { id: "activation_mean", of: (layer) => layer.activation_mean },
  { id: "activation_std", of: (layer) => layer.activation_std },
  { id: "activation_std_theory", of: ({ predicted }) => predicted?.activation_std, theory: true },
  { id: "gradient_norm", of: (layer) => layer.gradient_norm },
  { id: "gradient_norm_theory", of: ({ predicted }) => predicted?.gradient_norm, theory: true },
  { id: "weight_gradient_norm", of: (layer) => layer.weight_gradient_norm },
  { id: "saturated_fraction", of: (layer) => layer.saturated_fraction, share: true },
  { id: "dead_fraction", of: (layer) => layer.dead_fraction, share: true },
];

/**
 * A cell's text; what theory does not know is a dash, what is not finite is ∞.
 *
 * @param {Column} column
 * @param {Layer} layer
 */
export function cell({ of, share, theory }, layer) {
  const value = of(layer);
  if (value === null || value === undefined) return theory ? "–" : "∞";
  return share ? percent(value, 1) : quantity(value, 4);
}
