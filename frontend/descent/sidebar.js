// The controls of Descent, as panels: what one changes in a lecture first.

import { createCurvature } from "./controls/curvature.js";
import { createEditor } from "./controls/editor.js";
import { createGround } from "./controls/ground.js";
import { createRuns } from "./controls/runs.js";
import { createScale } from "./controls/scale.js";
import { createStarts } from "./controls/starts.js";
import { createSurfaceCard } from "./controls/surface.js";

/**
 * @param {import("./controls/types.js").Tools & { element: (id: string) => HTMLElement }} tools
 * @returns {import("../core/panels.js").Panel<import("./controls/types.js").Model, any>[]}
 */
export const createSidebar = ({ element, ...tools }) => [
  createSurfaceCard(element("surface"), tools),
  createRuns(element("runs"), tools),
  createStarts(element("starts"), tools),
  createEditor(element("editor"), tools),
  ...createGround(element("picture"), tools),
  createCurvature(element("picture"), tools),
  createScale(element("losses"), tools.store),
];
