// Level lines of the loss; over other colours than its own only every second one.

import { viewOf } from "../scene.js";

/** @type {import("./layer.js").Layer} */
export function levelLines({ grid, map }, { ink, measures }) {
  if (grid === null) return null;
  return {
    kind: "lines",
    view: viewOf(grid),
    lines: grid.lines,
    every: grid.gradient || map ? 2 : 1,
    color: ink.line,
    width: 0.9 * measures.thin,
  };
}
