// From what is descended to the units of the points: standardising undone.

import { significant } from "../i18n/format.js";

/**
 * Weights and bias of the same model of the columns as they were given. With
 * x̃ = (x − mean)/deviation, w·x̃ + b is (w/deviation)·x + (b − w·mean/deviation); where the targets
 * are scaled too both are multiplied by their deviation, and their mean is added.
 *
 * @param {any} standardised What was done to the columns; null where nothing was.
 * @param {number[]} weights
 * @param {number} bias
 */
export function inUnits(standardised, weights, bias) {
  if (!standardised?.on) return { weights, bias };
  const { features, targets } = standardised;
  const [middle, height] = targets ? [targets.mean[0], targets.deviation[0]] : [0, 1];
  const scaled = weights.map((weight, i) => weight / features.deviation[i]);
  const moved = scaled.reduce((sum, weight, i) => sum - weight * features.mean[i], bias);
  return { weights: scaled.map((weight) => weight * height), bias: middle + height * moved };
}

/** @type {Record<string, string>} */
const OUTER = { sigmoid: "σ", tanh: "tanh", relu: "ReLU" };

/**
 * 134.525·x + 71270.5
 *
 * @param {number[]} weights
 * @param {string[]} names
 * @param {number} bias
 */
function sum(weights, names, bias) {
  /** @type {[number, string][]} */
  const terms = [
    ...weights.map((weight, i) => /** @type {[number, string]} */ ([weight, `·${names[i]}`])),
    ...(bias === 0 ? [] : [/** @type {[number, string]} */ ([bias, ""])]),
  ];
  return terms
    .map(([value, factor], i) => {
      const text = significant(Math.abs(value)) + factor;
      const negative = value < 0;
      return i === 0 ? `${negative ? "−" : ""}${text}` : ` ${negative ? "−" : "+"} ${text}`;
    })
    .join("");
}

/**
 * The model as an equation of the data's own columns.
 *
 * @param {string} surface
 * @param {Record<string, any>} parameters
 * @param {{weights: number[], bias: number}} fitted
 */
export function equationOf(surface, parameters, { weights, bias }) {
  if (surface === "logistic_regression") return `${sum(weights, ["x₁", "x₂"], bias)} = 0`;
  const inner = sum(weights, ["x"], bias);
  return surface === "neuron" ? `y = ${OUTER[parameters.activation]}(${inner})` : `y = ${inner}`;
}
