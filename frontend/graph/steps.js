// What happens at each step: the inputs, each node's value in turn, then adjoints from the loss
// back to the inputs.

import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

// More terms than that are written as a sum.
const MANY = 4;
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

export const nameOf = (id) => id.replace(/\d/g, (digit) => LOWERED[digit]);

// A number, or the first values of an array.
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

export const rightHandSide = (node) =>
  node.operation === "input" ? node.id : `${nameOf(node.id)} = ${node.formula}`;

// A local derivative on an edge: a number, an array's shape, or J for a Jacobian.
export function slopeText({ derivative, contribution }) {
  if (derivative === null) return contribution?.shape ? "J" : "–";
  return typeof derivative === "number"
    ? quantity(derivative, 3)
    : `[${derivative.shape.join("×")}]`;
}

// A negative number and a power of ten are one operand each.
const bracketed = (text) => (/^−|×/.test(text) ? `(${text})` : text);

function productOf(edge, target) {
  if (typeof edge.derivative === "number" && typeof target.adjoint === "number") {
    return `${bracketed(told(target.adjoint))} · ${bracketed(told(edge.derivative))}`;
  }
  return bracketed(told(edge.contribution));
}

function backward(node, answer, byId) {
  const name = nameOf(node.id);
  if (node.id === answer.loss_node) return t("graph.step.seed", { name });
  const leaving = answer.edges.filter((edge) => edge.from === node.id);
  if (leaving.length === 0) return t("graph.step.unused", { name });
  const terms =
    leaving.length > MANY
      ? `Σᵢ ∂f/∂vᵢ · ∂vᵢ/∂${name}`
      : leaving.map((edge) => `∂f/∂${nameOf(edge.to)} · ∂${nameOf(edge.to)}/∂${name}`).join(" + ");
  const products = leaving.map((edge) => productOf(edge, byId.get(edge.to)));
  const total = told(node.adjoint);
  const shown =
    products.length === 1 && products[0] === bracketed(total) ? "" : `${products.join(" + ")} = `;
  return t("graph.step.backward", { name, terms, numbers: `${shown}${total}` });
}

function forward(node, byId, answer) {
  if (typeof node.value !== "number") {
    return t("graph.step.forward", { formula: `${rightHandSide(node)} = ${told(node.value)}` });
  }
  const into = answer.edges.filter((edge) => edge.to === node.id);
  const numbers = into.map((edge) => byId.get(edge.from));
  const simple = numbers.every(({ value }) => typeof value === "number");
  const put = (text) =>
    numbers.reduce(
      (now, { id, value }) =>
        now.replace(new RegExp(`(?<![\\p{L}])${nameOf(id)}(?![₀-₉\\p{L}(])`, "gu"), () =>
          bracketed(told(value)),
        ),
      text,
    );
  const worked = simple && numbers.length > 0 ? ` = ${put(node.formula)}` : "";
  return t("graph.step.forward", {
    formula: `${rightHandSide(node)}${worked} = ${told(node.value)}`,
  });
}

// All steps of an answer: which node is reached, in which pass, and a sentence.
export function stepsOf(answer) {
  const byId = new Map(answer.nodes.map((node) => [node.id, node]));
  const [x, y, ...rest] = answer.nodes;
  return [
    { pass: "none", ids: [], sentence: () => t("graph.step.none") },
    {
      pass: "forward",
      ids: [x.id, y.id],
      sentence: () =>
        t("graph.step.inputs", { first: x.id, second: y.id, x: told(x.value), y: told(y.value) }),
    },
    ...rest.map((node) => ({
      pass: "forward",
      ids: [node.id],
      sentence: () => forward(node, byId, answer),
    })),
    ...[...answer.nodes]
      .reverse()
      .sort((a, b) => Number(b.id === answer.loss_node) - Number(a.id === answer.loss_node))
      .map((node) => ({
        pass: "backward",
        ids: [node.id],
        sentence: () => backward(node, answer, byId),
      })),
  ];
}
