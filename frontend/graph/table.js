// The same numbers as a table, for those who read rather than look.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { rightHandSide, slopeText, told } from "./steps.js";

/** @param {import("./naming.js").Graph} graph */
export function graphTable(graph) {
  const into = (/** @type {import("./naming.js").Node} */ node) =>
    graph.edges
      .filter((edge) => edge.to === node.id)
      .map(
        (edge) =>
          `∂${node.name}/∂${graph.nameOf(edge.from)} = ${
            edge.derivative === null ? slopeText(edge) : told(edge.derivative)
          }`,
      )
      .join("; ");
  const row = (/** @type {string[]} */ [name, ...cells], id = "") =>
    h(
      "tr",
      { dataset: id ? { id } : {} },
      h("th", { scope: "row" }, name),
      cells.map((cell) => h("td", {}, cell)),
    );
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
      graph.nodes.map((node) =>
        row(
          [rightHandSide(node), told(node.value), into(node) || "–", told(node.adjoint)],
          node.id,
        ),
      ),
      Object.entries(graph.constants).map(([name, value]) => row([name, told(value), "–", "–"])),
    ),
  );
}
