// What this page gives its scenes: what they decide of its state, and their controls.

import { control } from "../forms/parameter.js";
import { t } from "../i18n/i18n.js";
import { readingOf } from "../scenes/reading.js";
import { createScenes } from "../scenes/scenes.js";
import { nothing } from "../vendor/lit-html/lit-html.js";
import { WHOLES } from "./networks.js";
import { numberIn, numbersOf, withNumber } from "./numbers.js";
import { SETTINGS } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 * @typedef {import("./main.js").Model} Model
 */

/** The page's own address and codec, as scenes use them.
 * @param {ReturnType<typeof import("./fields.js").createFields>} fields */
export const createReading = (fields) => readingOf(fields, SETTINGS);

/** Steps of a training that a scene's slider offers. */
const TRAININGS = [10, 1000];

/** @param {string} name @param {string} inner */
function titles(name, inner) {
  const text = t(name === "trained" ? "steps.label" : `trainability.${inner}`);
  return { en: text, ru: text };
}

/**
 * @param {object} page
 * @param {Catalog} page.catalog
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {() => Model} page.model
 * @param {import("./sidebar.js").Tools["pace"]} page.pace
 * @param {(work: () => void) => void} page.quietly
 * @param {import("../scenes/types.js").Stage["address"]} page.address
 * @param {ReturnType<typeof createReading>} page.reading
 */
export function createMapsScenes({ pace, ...page }) {
  const { catalog } = page;
  /** @param {string} name @param {Readonly<State>} state */
  function controlOf(name, state) {
    const shared = { name, group: "scene", identity: `${state.scene} ${name}` };
    if (state.view === "trainability") {
      const inner = name.replace(/^network\./, "");
      const [minimum, maximum] = name === "trained" ? TRAININGS : (WHOLES[inner] ?? []);
      if (minimum === undefined) return nothing;
      return control({
        ...shared,
        schema: { type: "integer", minimum, maximum, scale: "log", titles: titles(name, inner) },
        value: name === "trained" ? state.trained : state.network[inner],
        onInput: (value) =>
          pace.change(name, ({ network }) =>
            name === "trained" ? { trained: value } : { network: { ...network, [inner]: value } },
          ),
      });
    }
    const number = numbersOf(catalog, state).find((one) => one.name === name);
    if (!number) return nothing;
    return control({
      ...shared,
      schema: number.schema,
      value: numberIn(catalog, state, number),
      onInput: (value) => pace.change(name, (now) => withNumber(now, name, value)),
    });
  }

  return createScenes({
    ...page,
    name: "maps",
    opened: (state) => state,
    rewound: () => ({}),
    // Nothing moves here: what was hidden is seen.
    play() {},
    toggle() {},
    toEnd() {},
    isOver: () => true,
    fields: SETTINGS,
    control: (name, { state }) => controlOf(name, state),
  });
}
