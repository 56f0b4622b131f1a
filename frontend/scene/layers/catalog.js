// All layers, from the ground up.

import { batchLines } from "./batch_lines.js";
import { levelLines } from "./level_lines.js";
import { loss } from "./loss.js";
import { maps } from "./maps.js";
import { regions } from "./regions.js";
import { steepness } from "./steepness.js";

/** @type {import("./layer.js").Layer[]} */
export const LAYERS = [loss, steepness, maps, regions, levelLines, batchLines];
