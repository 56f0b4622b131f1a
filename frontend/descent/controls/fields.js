// What of the state a card is shown for: the clock moves on without it.

import { selector } from "../../core/selectors.js";
import { SURFACE_FIELDS } from "../state.js";

export { replaced } from "../../runs/run.js";

/** @typedef {import("./types.js").State} State */

export const OF_SURFACE = [...SURFACE_FIELDS, "measured"];

/**
 * The named fields of the state as one object, which stays the same while they do.
 *
 * @param {string[]} names
 * @returns {(state: State) => any}
 */
export const part = (names) =>
  selector(
    (/** @type {State} */ state) => names.map((name) => Reflect.get(state, name)),
    (...values) => Object.freeze(Object.fromEntries(names.map((name, at) => [name, values[at]]))),
  );
