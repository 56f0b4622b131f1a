// What happens at each step: the inputs, each node's value in turn, then adjoints from the output
// back to the inputs.

import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

/**
 * @typedef {import("./naming.js").Graph} Graph
 * @typedef {import("./naming.js").Node} Node
 * @typedef {import("./naming.js").Edge} Edge
 * @typedef {import("./naming.js").Value} Value
 */

/** One step: the nodes that are reached, in which pass, and what happens as a sentence.
 * @typedef {{ pass: "none" | "forward" | "backward", ids: string[], sentence: () => string }} Step */

/** More terms than that are written as a sum. */
const MANY = 4;

/** A number, or the first values of an array. @param {Value} value */
export function told(value, digits = 4) {
  if (value === null) return t("graph.not_finite");
  if (typeof value === "number") return quantity(value, digits);
  const more = value.shape.reduce((a, b) => a * b, 1) > 2 ? ", …" : "";
  const first = value.values
    .slice(0, 2)
    .map((one) => quantity(one, 3))
    .join(t("graph.comma"));
  return `[${value.shape.join("×")}] ${first}${more}`;
}

/** @param {Node} node */
export const rightHandSide = (node) =>
  node.operation === "input" ? node.name : `${node.name} = ${node.formula}`;

/** A local derivative on an edge: a number, an array's shape, or J for a Jacobian.
 * @param {Edge} edge */
export function slopeText({ derivative, contribution }) {
  if (derivative === null) {
    return contribution !== null && typeof contribution === "object" ? "J" : "–";
  }
  return typeof derivative === "number"
    ? quantity(derivative, 3)
    : `[${derivative.shape.join("×")}]`;
}

/** A negative number and a power of ten are one operand each. @param {string} text */
const bracketed = (text) => (/^−|×/.test(text) ? `(${text})` : text);

/** @param {Edge} edge @param {Node} target */
function productOf(edge, target) {
  if (typeof edge.derivative === "number" && typeof target.adjoint === "number") {
    return `${bracketed(told(target.adjoint))} · ${bracketed(told(edge.derivative))}`;
  }
  return bracketed(told(edge.contribution));
}

/** @param {Node} node @param {Graph} graph */
function backward({ id, name, adjoint }, graph) {
  if (id === graph.loss_node) return t("graph.step.seed", { name });
  const leaving = graph.edges.filter((edge) => edge.from === id);
  if (leaving.length === 0) return t("graph.step.unused", { name });
  const term = (/** @type {Edge} */ { to }) =>
    `∂f/∂${graph.nameOf(to)} · ∂${graph.nameOf(to)}/∂${name}`;
  const terms = leaving.length > MANY ? `Σᵢ ∂f/∂vᵢ · ∂vᵢ/∂${name}` : leaving.map(term).join(" + ");
  const products = leaving.map((edge) => productOf(edge, graph.node(edge.to)));
  const total = told(adjoint);
  const shown =
    products.length === 1 && products[0] === bracketed(total) ? "" : `${products.join(" + ")} = `;
  return t("graph.step.backward", { name, terms, numbers: `${shown}${total}` });
}

/** A formula with numbers in the place of names. @param {string} formula @param {Node[]} nodes */
const worked = (formula, nodes) =>
  nodes.reduce(
    (text, { name, value }) =>
      text.replace(new RegExp(`(?<![\\p{L}])${name}(?![₀-₉\\p{L}(])`, "gu"), () =>
        bracketed(told(value)),
      ),
    formula,
  );

/** @param {Node} node @param {Graph} graph */
function forward(node, graph) {
  const into = graph.edges
    .filter((edge) => edge.to === node.id)
    .map(({ from }) => graph.node(from));
  const isSimple =
    into.length > 0 && [node, ...into].every(({ value }) => typeof value === "number");
  const numbers = isSimple ? ` = ${worked(node.formula, into)}` : "";
  return t("graph.step.forward", {
    formula: `${rightHandSide(node)}${numbers} = ${told(node.value)}`,
  });
}

/** All steps of a graph. @param {Graph} graph @returns {Step[]} */
export function stepsOf(graph) {
  const [x, y, ...rest] = graph.nodes;
  const isOutput = (/** @type {Node} */ { id }) => Number(id === graph.loss_node);
  const back = [...graph.nodes].reverse().sort((a, b) => isOutput(b) - isOutput(a));
  return [
    { pass: "none", ids: [], sentence: () => t("graph.step.none") },
    {
      pass: "forward",
      ids: [x.id, y.id],
      sentence: () =>
        t("graph.step.inputs", {
          first: x.name,
          second: y.name,
          x: told(x.value),
          y: told(y.value),
        }),
    },
    ...rest.map((node) => ({
      pass: /** @type {const} */ ("forward"),
      ids: [node.id],
      sentence: () => forward(node, graph),
    })),
    ...back.map((node) => ({
      pass: /** @type {const} */ ("backward"),
      ids: [node.id],
      sentence: () => backward(node, graph),
    })),
  ];
}
