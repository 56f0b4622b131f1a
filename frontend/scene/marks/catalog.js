// All marks, in the order in which they lie over one another.

import { anatomy } from "./anatomy.js";
import { arrows } from "./arrows.js";
import { curves } from "./curves.js";
import { events } from "./events.js";
import { heads } from "./heads.js";
import { minima } from "./minima.js";
import { names } from "./names.js";
import { prediction } from "./prediction.js";
import { starts } from "./starts.js";
import { taps } from "./taps.js";

/** @type {import("./mark.js").Mark[]} Those that stand still while the race is played. */
export const STILL = [taps, minima, starts];

/** @type {import("./mark.js").Mark[]} Those that change with the step. */
export const MOVING = [prediction, heads, events, arrows, curves, anatomy, names];
