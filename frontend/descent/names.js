// What runs are called. The server's labels (server/api/labels.py) say the same in English.

import { namesOf } from "../runs/traits.js";
import { batchOf } from "./simulation.js";
import { defaultNumber } from "./state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").State} State
 */

/** @param {Catalog} catalog @param {State} state */
export const runNames = (catalog, state) =>
  namesOf(catalog, state.runs, {
    defaultOf: (run, name) => defaultNumber(catalog, state, run, name),
    batchOf: (run) => batchOf(catalog, state, run),
  });
