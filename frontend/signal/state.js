// The whole state of the page: one setting, or two that share their data and their chance.

import { isShared, turned } from "./knobs.js";

export const VIEWS = ["signal", "training"];
export const SHOWN = ["norms", "distributions", "numbers"];

// `a`, `b` and `shared` hold only what somebody has touched; see knobs.js.
export const defaultState = () => ({
  view: "signal",
  show: "norms",
  a: {},
  b: null,
  shared: {},
  edited: "A",
  layer: 1,
  language: null,
  theme: null,
});

// The letters of the settings that there are.
export const settingsOf = (state) => (state.b === null ? ["A"] : ["A", "B"]);

// All values of a setting, what is shared among them.
export const valuesOf = (state, letter) => ({
  ...(letter === "B" ? state.b : state.a),
  ...state.shared,
});

// What changes in the state when a knob of the edited setting is turned.
export function turn(state, key, value) {
  const place = isShared(key) ? "shared" : state.edited === "B" ? "b" : "a";
  return { [place]: turned(state[place], key, value) };
}

export const compare = (state) => ({ b: { ...state.a }, edited: "B" });

// One setting again: that which was edited last.
export const compareNoMore = (state) => ({
  a: state.edited === "B" ? state.b : state.a,
  b: null,
  edited: "A",
});
