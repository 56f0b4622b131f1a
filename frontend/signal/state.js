// The whole state of the page: one setting, or two that share their data and their chance; what was
// asked to be trained, what came of it, and where the player stands.

import { BEGINNING } from "../core/clock.js";
import { NO_SCENE } from "../scenes/phases.js";
import { APPEARANCE } from "../shell/fields.js";
import { isShared, turned } from "./knobs.js";

/**
 * What somebody has turned, by knob; see knobs.js.
 *
 * @typedef {Readonly<Record<string, number | string | boolean>>} Values
 * @typedef {"A" | "B"} Letter
 */

/**
 * A setting that was asked to be trained: `body` is what the server is asked, as text, `settings`
 * are all that were set then, `from` is the step from which the new part is watched.
 *
 * @typedef {Pick<State, "a" | "b" | "shared">} Settings
 * @typedef {{ letter: Letter, settings: Settings, body: string, from: number }} Asked
 * @typedef {Asked & { run: import("./training/model.js").Run }} Trained
 */

/**
 * @typedef {object} State
 * @property {"signal" | "training"} view
 * @property {"norms" | "distributions" | "numbers"} show
 * @property {Values} a
 * @property {Values | null} b
 * @property {Values} shared
 * @property {Letter} edited
 * @property {number} layer
 * @property {readonly Asked[] | null} asked What is being trained, or was refused.
 * @property {readonly Trained[]} trained What is on show.
 * @property {{ step: number, settings: string } | null} cancelled After how many steps a training of
 *   which settings was cancelled.
 * @property {boolean} unseen Whether what was trained waits to be watched, because the view was left.
 * @property {import("../core/clock.js").Time} clock
 * @property {number} speed
 * @property {boolean} loop
 * @property {number} chosen How often a scenario was chosen: each time is an entry of the history.
 * @property {string | null} scene As every page has it, and so below: scenes/phases.js.
 * @property {string | null} origin
 * @property {import("../scenes/phases.js").Phase} phase
 * @property {import("../scenes/phases.js").Prediction} answer
 * @property {null | "en" | "ru"} language
 * @property {null | "light" | "dark"} theme
 * @property {boolean} large
 */

export const VIEWS = /** @type {const} */ (["signal", "training"]);
export const SHOWN = /** @type {const} */ (["norms", "distributions", "numbers"]);
export const LETTERS = /** @type {const} */ (["A", "B"]);

/** What undo takes back, and what a link or a scenario decides. */
export const SETTINGS = /** @type {const} */ ([
  "view",
  "show",
  "a",
  "b",
  "shared",
  "edited",
  "layer",
]);

/** @type {Values} */
const UNTOUCHED = Object.freeze({});

/** @returns {State} */
export const defaultState = () => ({
  view: "signal",
  show: "norms",
  a: UNTOUCHED,
  b: null,
  shared: UNTOUCHED,
  edited: "A",
  layer: 1,
  asked: null,
  trained: [],
  cancelled: null,
  unseen: false,
  clock: BEGINNING,
  speed: 1,
  loop: false,
  chosen: 0,
  ...NO_SCENE,
  ...APPEARANCE,
});

/** The letters of the settings that there are. @param {Pick<State, "b">} state @returns {Letter[]} */
export const settingsOf = (state) => (state.b === null ? ["A"] : ["A", "B"]);

/**
 * What changes in the state when a knob of the edited setting is turned; without a value it goes
 * back to where nobody has touched it.
 *
 * @param {Readonly<State>} state
 * @param {string} key
 * @param {number | string | boolean} [value]
 * @returns {Partial<State>}
 */
export function turn(state, key, value) {
  if (isShared(key)) return { shared: turned(state.shared, key, value) };
  return state.edited === "B" && state.b !== null
    ? { b: turned(state.b, key, value) }
    : { a: turned(state.a, key, value) };
}

/** @param {Readonly<State>} state @returns {Partial<State>} */
export const compare = (state) => ({ b: { ...state.a }, edited: "B" });

/** One setting again: that which was edited last. @param {Readonly<State>} state */
export const compareNoMore = (state) =>
  /** @type {Partial<State>} */ ({
    a: state.edited === "B" && state.b !== null ? state.b : state.a,
    b: null,
    edited: "A",
  });
