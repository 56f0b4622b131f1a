// The loss as lightness.

import { scaleOf } from "../../charts/palette.js";
import { lossScale } from "../scale.js";
import { viewOf } from "../scene.js";

/** @type {import("./layer.js").Layer} */
export function loss({ grid, penalised, names, theme }, { isLow }) {
  if (grid === null || grid.steepness !== null) return null;
  return {
    kind: "ground",
    name: "loss",
    view: viewOf(grid),
    shade: grid.shade,
    colorscale: scaleOf(theme),
    ...lossScale(grid, { every: isLow ? 4 : 2, penalised, names }),
  };
}
