// What this page gives its scenes: what they decide of its state, and how they are played.

import { BEGINNING } from "../core/clock.js";
import { place } from "../i18n/format.js";
import { readingOf } from "../scenes/reading.js";
import { askedNow } from "../scenes/scene.js";
import { createScenes } from "../scenes/scenes.js";
import { createSceneControls } from "./controls/of_scene.js";
import { createParameter } from "./controls/parameters.js";
import { landOf } from "./simulation.js";
import { BEGIN, SURFACE_FIELDS, withKeysOf } from "./state.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Model} Model
 */

/** Decimals of a place that is told: more than a hall can tap. */
const DIGITS = 3;
/** @type {(keyof State)[]} */
const DECIDED = [
  ...SURFACE_FIELDS,
  "starts",
  "runs",
  "steps",
  "seed",
  "precision",
  "tolerance",
  "ground",
  "curvature",
  "beside",
  "scale",
];
const IN_ADDRESS =
  /^(surface|formula|points|separator|decimal|grouping|columns|start|run|steps|seed|precision|tolerance|ground|curvature|beside|scale)(\.|$)/;

/** The page's own address and codec, as scenes use them.
 * @param {ReturnType<typeof import("./address.js").createDescentCodec>} codec */
export const createReading = (codec) => readingOf(codec, DECIDED, (name) => IN_ADDRESS.test(name));

/**
 * @param {Omit<import("./controls/types.js").Tools, "actions"> & {
 *   actions: any, model: () => Model,
 *   clock: { toggle(): void, seek(to: number): void },
 *   selectors: import("./selectors.js").Selectors,
 *   address: ReturnType<typeof import("../scenes/address.js").createSceneAddress>,
 *   reading: ReturnType<typeof createReading> }} page
 */
export function createDescentScenes({ model, clock, selectors, address, reading, ...tools }) {
  const { catalog, store, actions } = tools;
  const { parameter } = createParameter(tools);
  const control = createSceneControls({ ...tools, parameter, names: selectors.of.names });
  return createScenes({
    name: "descent",
    address,
    reading,
    catalog,
    store,
    model,
    opened: (/** @type {State} */ state) => ({
      ...withKeysOf(store.get().runs, state),
      size: store.get().size,
    }),
    uncovered: { graph: false },
    rewound: () => ({ clock: BEGINNING, wish: null }),
    quietly: actions.undo.quietly,
    play: () => store.update({ wish: BEGIN }),
    toggle: clock.toggle,
    toEnd: () => clock.seek(store.get().steps),
    // A graph stands still: a scene about one has shown all once it is there.
    isOver: (now) =>
      selectors.isOver(now) ||
      (/[#&]graph=1/.test(askedNow(now)?.address ?? "") && selectors.race(now) !== null),
    fields: [...SURFACE_FIELDS, "typed", "measured", "rates", "starts", "runs", "steps", "seed"],
    control: (name, { state }) => control(name, state),
    endOf: selectors.endOf,
    landOf: (state) => landOf(state, selectors.of.range(state)),
    seen: ({ state }) => selectors.of.range(state),
    placeText: (at) => place(at.map((value) => Number(value.toFixed(DIGITS)))),
  });
}
