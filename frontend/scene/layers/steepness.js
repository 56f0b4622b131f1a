// The length of the gradient, where it is asked for, in place of the loss.

import { steepnessScaleOf } from "../../charts/palette.js";
import { gradientScale } from "../scale.js";
import { viewOf } from "../scene.js";

/** @type {import("./layer.js").Layer} */
export function steepness({ grid, penalised, theme }) {
  if (grid === null || grid.steepness === null) return null;
  return {
    kind: "ground",
    name: "gradient",
    view: viewOf(grid),
    shade: grid.steepness.shade,
    colorscale: steepnessScaleOf(theme),
    ...gradientScale(grid.steepness, { penalised }),
  };
}
