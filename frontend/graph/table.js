// The same numbers as a table, for those who read rather than look.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { nameOf, rightHandSide, slopeText, told } from "./steps.js";

export function graphTable(answer) {
  const into = (node) =>
    answer.edges
      .filter((edge) => edge.to === node.id)
      .map(
        (edge) =>
          `∂${nameOf(node.id)}/∂${nameOf(edge.from)} = ${
            edge.derivative === null ? slopeText(edge) : told(edge.derivative)
          }`,
      )
      .join("; ");
  return h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ["node", "value", "slopes", "adjoint"].map((name) =>
          h("th", { scope: "col" }, t(`graph.column.${name}`)),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      answer.nodes.map((node) =>
        h(
          "tr",
          { dataset: { id: node.id } },
          h("th", { scope: "row" }, rightHandSide(node)),
          h("td", {}, told(node.value)),
          h("td", {}, into(node) || "–"),
          h("td", {}, told(node.adjoint)),
        ),
      ),
      Object.entries(answer.constants).map(([name, value]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          h("td", {}, told(value)),
          h("td", {}, "–"),
          h("td", {}, "–"),
        ),
      ),
    ),
  );
}
