// The names that the page has for what a graph is made of: inputs as on the page, the output f.

/**
 * @typedef {import("../api/answers.js").Backpropagation} Backpropagation
 * @typedef {import("../api/answers.js").GraphNode} Node
 * @typedef {import("../api/answers.js").GraphEdge} Edge
 * @typedef {Node["value"]} Value A number, a summary of an array, or null where it is not finite.
 */

/**
 * A graph whose nodes are called as the page calls them.
 *
 * @typedef {Backpropagation & { node(id: string): Node, nameOf(id: string): string }} Graph
 */

/** What is computed is called f, unless that is one of the inputs. */
const OUTPUT = "f";

/** @param {Backpropagation} answer @returns {Graph} */
export function named(answer) {
  const inputs = new Map(answer.nodes.slice(0, 2).map(({ id, name }) => [id, name]));
  const idOf = (/** @type {string} */ id) => inputs.get(id) ?? id;
  const output = idOf(answer.loss_node);
  const nodes = answer.nodes.map((node) => ({
    ...node,
    id: idOf(node.id),
    name: node.id === answer.loss_node && !inputs.has(node.id) ? OUTPUT : node.name,
  }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const node = (/** @type {string} */ id) => /** @type {Node} */ (byId.get(id));
  return {
    ...answer,
    nodes,
    loss_node: output,
    edges: answer.edges.map((edge) => ({ ...edge, from: idOf(edge.from), to: idOf(edge.to) })),
    not_finite: answer.not_finite && { ...answer.not_finite, node: idOf(answer.not_finite.node) },
    node,
    nameOf: (id) => node(id).name,
  };
}
