// Level lines of the loss over the batch that the next step will use.

import { viewOf } from "../scene.js";

/** @type {import("./layer.js").Layer} */
export function batchLines({ batch }, { measures }) {
  if (batch === null) return null;
  return {
    kind: "lines",
    role: "batch_lines",
    view: viewOf(batch.grid),
    lines: batch.grid.lines,
    every: 2,
    color: batch.color,
    width: 1.1 * measures.thin,
    dash: [1, 2.5].map((length) => length * measures.thin).join(" "),
  };
}
