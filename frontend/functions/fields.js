// The state in the address:
// #view=activations&z=1.25&elu.alpha=0.5&mode=regression&regression=1:2,3:1&point=2&lang=ru

import { createCodec, double, field, whole, word } from "../core/codec.js";
import { bounds } from "../forms/schema.js";
import { sceneFields } from "../scenes/address.js";
import { appearanceFields } from "../shell/fields.js";
import { MOST as LARGEST } from "./layer_sizes.js";
import { indexOf, REACH, zAt } from "./requests.js";
import {
  defaultState,
  MODE_NAMES,
  MODES,
  pointsFrom,
  pointsText,
  selectedOf,
  VIEWS,
} from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./activations.js").Activation} Activation
 * @typedef {import("../core/codec.js").Field<State, State, null>} StateField
 */

/** Numbers of points that an address may name. */
const MOST = 99;
/** Of a layer. */
const SIDES = /** @type {const} */ (["n", "m", "k"]);

/** The numbers of an activation, in a namespace of its own. @param {Activation} entry @returns {StateField} */
function numbersOf({ id, parameters: { properties } }) {
  return {
    name: `${id}.`,
    read(draft, text, _, name) {
      if (!Object.hasOwn(properties, name)) return false;
      const [low, high] = bounds(/** @type {any} */ (properties[name]));
      const value = double(low, high)(text);
      if (value !== undefined) draft.numbers = { ...draft.numbers, [`${id}.${name}`]: value };
      return value !== undefined;
    },
    write: ({ numbers }) =>
      Object.keys(properties)
        .filter((name) => `${id}.${name}` in numbers)
        .map((name) => [name, String(numbers[`${id}.${name}`])]),
  };
}

/** @param {string} text */
function knownZ(text) {
  const z = double(-REACH, REACH)(text);
  return z === undefined ? undefined : zAt(indexOf(z));
}

/** @type {StateField} */
const point = {
  name: "point",
  read(draft, text) {
    const value = whole(0, MOST)(text);
    if (value !== undefined) draft.point = value;
    return value !== undefined;
  },
  write: (state) => (state.view === "losses" ? [String(selectedOf(state))] : []),
};

/** @param {readonly Activation[]} activations */
const someOf = (activations) => (/** @type {string} */ text) =>
  text.split(",").every((name) => activations.some(({ id }) => id === name)) ? text : undefined;

/** @param {readonly Activation[]} activations */
export function createFields(activations) {
  const layer = defaultState();
  const codec = createCodec(
    /** @type {StateField[]} */ ([
      field({ name: "view", fallback: null, read: word(VIEWS), always: true }),
      field({ name: "z", fallback: null, read: knownZ, always: true }),
      ...activations.map(numbersOf),
      field({ name: "only", fallback: "", read: someOf(activations) }),
      field({ name: "mode", fallback: "classes", read: word(MODE_NAMES) }),
      ...MODE_NAMES.map((mode) =>
        field({
          name: mode,
          fallback: MODES[mode].points,
          read: (text) => pointsFrom(mode, text),
          write: pointsText,
        }),
      ),
      point,
      ...SIDES.map((name) => field({ name, fallback: layer[name], read: whole(1, LARGEST) })),
      ...sceneFields,
      ...appearanceFields,
    ]),
  );
  return {
    /** The state that an address asks for, and what of it cannot be used. @param {string} hash */
    read(hash) {
      const state = defaultState();
      const problems = codec.read(hash, state, null);
      state.point = Math.max(1, selectedOf(state));
      return { state, problems };
    },
    /** @param {Readonly<State>} state @returns {string} */
    write: (state) => codec.write(state, null),
  };
}
