// What this page gives its scenes: what they decide of its state, and their controls.

import { control } from "../forms/parameter.js";
import { t } from "../i18n/i18n.js";
import { isOwn, readingOf } from "../scenes/reading.js";
import { createScenes } from "../scenes/scenes.js";
import { nothing } from "../vendor/lit-html/lit-html.js";
import { MOST } from "./layer_sizes.js";
import { REACH, STEP } from "./requests.js";
import { MODE_NAMES, MODES, pointsOf, SETTINGS, selectedOf } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./main.js").Model} Model
 * @typedef {{ change(control: string, change: (state: Readonly<State>) => Partial<State>): void }} Pace
 */

/** What a group of controls is called in identifiers: the laboratory's have the same names. */
const GROUP = "scene";
const SIDES = ["n", "m", "k"];

/** @param {string} text */
const inBoth = (text) => ({ en: text, ru: text });

/** The page's own address and codec, as scenes use them.
 * @param {ReturnType<typeof import("./fields.js").createFields>} fields */
export const createReading = (fields) =>
  readingOf(fields, SETTINGS, (name) => isOwn(name) && name !== "point");

/**
 * @param {readonly import("./activations.js").Activation[]} activations
 * @param {Pace} pace
 */
function createControls(activations, pace) {
  /** @param {Readonly<State>} state */
  function prediction(state) {
    const { least, most, step } = MODES[state.mode];
    const index = selectedOf(state) - 1;
    return control({
      name: "prediction",
      group: GROUP,
      schema: { minimum: least, maximum: most, step, titles: inBoth("ŷ") },
      value: pointsOf(state)[index][1],
      identity: `${state.scene} ${index}`,
      onInput: (value) =>
        pace.change("point", (now) => ({
          [now.mode]: pointsOf(now).map((pair, at) => (at === index ? [pair[0], value] : pair)),
        })),
    });
  }

  /** @param {Readonly<State>} state @param {string} name Of a layer's sides. */
  const side = (state, name) =>
    control({
      name,
      group: GROUP,
      schema: {
        type: "integer",
        minimum: 1,
        maximum: MOST,
        scale: "log",
        titles: inBoth(name.toUpperCase()),
      },
      value: Reflect.get(state, name),
      identity: `${state.scene} ${name}`,
      onInput: (value) => pace.change(name, () => ({ [name]: value })),
    });

  return (/** @type {string} */ name, /** @type {Readonly<State>} */ state) => {
    if (name === "z") {
      return control({
        name,
        group: GROUP,
        schema: { minimum: -REACH, maximum: REACH, step: STEP, titles: inBoth("z") },
        value: state.z,
        identity: `${state.scene} z`,
        onInput: (z) => pace.change(name, () => ({ z, pointed: null })),
      });
    }
    if (name === "mode") {
      return control({
        name,
        group: GROUP,
        schema: {
          titles: inBoth(t("functions.mode")),
          enum: [...MODE_NAMES],
          labels: Object.fromEntries(
            MODE_NAMES.map((mode) => [mode, inBoth(t(`functions.mode.${mode}`))]),
          ),
        },
        value: state.mode,
        onInput: (mode) => pace.change(name, () => ({ mode })),
      });
    }
    if (MODE_NAMES.some((mode) => mode === name)) return prediction(state);
    if (SIDES.some((side) => side === name)) return side(state, name);
    const [id, inner] = name.split(".");
    const schema = /** @type {any} */ (
      activations.find((one) => one.id === id)?.parameters.properties[inner]
    );
    if (!schema) return nothing;
    return control({
      name,
      group: GROUP,
      schema,
      value: state.numbers[name] ?? schema.default,
      identity: `${state.scene} ${name}`,
      onInput: (value) =>
        pace.change(name, ({ numbers }) => ({ numbers: { ...numbers, [name]: value } })),
    });
  };
}

/**
 * @param {object} page
 * @param {{ activations: readonly import("./activations.js").Activation[],
 *   scenarios: import("../scenes/types.js").Listed[] }} page.catalog
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {() => Model} page.model
 * @param {Pace} page.pace
 * @param {(work: () => void) => void} page.quietly
 * @param {import("../scenes/types.js").Stage["address"]} page.address
 * @param {ReturnType<typeof createReading>} page.reading
 */
export function createFunctionsScenes({ pace, ...page }) {
  const control = createControls(page.catalog.activations, pace);
  return createScenes({
    ...page,
    name: "functions",
    opened: (state) => ({ ...state, pointed: null }),
    rewound: () => ({}),
    // Nothing moves here: what was hidden is seen.
    play() {},
    toggle() {},
    toEnd() {},
    isOver: () => true,
    fields: [...SETTINGS, "point"],
    control: (name, { state }) => control(name, state),
  });
}
