// The state in the address, as the Descent page says surface, start and run:
// maps.html#view=stability&surface=bowl&start=-3,1&run=momentum,learning_rate:0.1&x=learning_rate:0.01:1:log

import { createCodec, field, whole, word } from "../core/codec.js";
import { numbersIn, surfaceFields } from "../runs/fields.js";
import { runFromText, runToText } from "../runs/text.js";
import { sceneFields } from "../scenes/address.js";
import { appearanceFields } from "../shell/fields.js";
import { axisFrom, axisText } from "./axes.js";
import { ACTIVATIONS, NETWORK, networkBounds, TRAINED, WHOLES } from "./networks.js";
import { boundsOf, numbersOf } from "./numbers.js";
import { DETAILS, defaultState, MEASURES, STEPS, VIEWS } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 * @typedef {{ catalog: Catalog, tell: (what: string) => void }} Context
 * @typedef {import("../core/codec.js").Field<State, State, Context, { catalog: Catalog }>} Field
 */

const LARGEST_SEED = 2 ** 32 - 1;

/** @type {Field} */
const start = {
  name: "start",
  read(draft, text, { catalog }) {
    const found = numbersIn(text, 2, catalog.limits.coordinate);
    if (found !== null) draft.starts = [found];
    return found !== null;
  },
  write: ({ starts }) => starts.map((one) => one.join(",")),
};

/** @type {Field} */
const run = {
  name: "run",
  read(draft, text, { catalog, tell }) {
    const { run, wrong } = runFromText(catalog, text, 0);
    for (const part of wrong) tell(`run=${part}`);
    if (run !== null) draft.run = run;
    return true;
  },
  write: ({ run }, { catalog }) => [runToText(catalog, run)],
};

/** @param {"x" | "y"} name @returns {Field} */
const axis = (name) => ({
  name,
  read(draft, text, { catalog }) {
    const found = axisFrom(text, (number) => {
      const known = numbersOf(catalog, draft).find((one) => one.name === number);
      return known ? boundsOf(known.schema) : null;
    });
    if (found) draft[name] = found;
    return found !== undefined;
  },
  write: (state) => {
    const axis = state[name];
    return axis ? [axisText(axis)] : [];
  },
});

/** @param {"across" | "up"} name */
const networkAxis = (name) =>
  field({
    name,
    fallback: /** @type {import("./axes.js").Axis | null} */ (null),
    read: (text) =>
      axisFrom(text, (number) => {
        const bounds = networkBounds(number);
        return Number.isFinite(bounds[0]) ? bounds : null;
      }),
    write: (axis) => (axis ? axisText(axis) : ""),
  });

/** @type {Field} */
const network = {
  name: "network.",
  read(draft, text, _, name) {
    const value =
      name === "activation"
        ? word(ACTIVATIONS)(text)
        : Object.hasOwn(WHOLES, name)
          ? whole(...WHOLES[name])(text)
          : undefined;
    if (value !== undefined) draft.network = { ...draft.network, [name]: value };
    return value !== undefined;
  },
  write: ({ network }) =>
    Object.keys(NETWORK)
      .filter((name) => network[name] !== NETWORK[name])
      .map((name) => [name, String(network[name])]),
};

/** @param {string} text */
function pointFrom(text) {
  const found = numbersIn(text, 2, 1e12);
  return found ?? undefined;
}

/** @param {Catalog} catalog */
export function createFields(catalog) {
  const codec = createCodec(
    /** @type {Field[]} */ ([
      field({ name: "view", fallback: null, read: word(VIEWS), always: true }),
      ...surfaceFields,
      start,
      run,
      field({ name: "steps", fallback: STEPS, read: whole(1, catalog.limits.steps) }),
      field({ name: "seed", fallback: 0, read: whole(0, LARGEST_SEED) }),
      field({ name: "precision", fallback: "float64", read: word(["float32", "float64"]) }),
      field({ name: "map_precision", fallback: "auto", read: word(["auto", "float64"]) }),
      axis("x"),
      axis("y"),
      field({ name: "measure", fallback: "loss", read: word(MEASURES) }),
      field({
        name: "detail",
        fallback: 256,
        read: (text) => DETAILS.find((one) => String(one) === text),
      }),
      network,
      field({ name: "trained", fallback: TRAINED, read: whole(1, catalog.limits.steps) }),
      networkAxis("across"),
      networkAxis("up"),
      field({
        name: "point",
        fallback: /** @type {readonly number[] | null} */ (null),
        read: pointFrom,
        write: (at) => at?.join(",") ?? "",
      }),
      ...sceneFields,
      ...appearanceFields,
    ]),
  );
  return {
    /** The state that an address asks for, and what of it cannot be used. @param {string} hash */
    read(hash) {
      const state = defaultState(catalog);
      /** @type {string[]} */
      const told = [];
      const problems = codec.read(hash, state, { catalog, tell: (what) => told.push(what) });
      if (state.x && state.x.name === state.y?.name) state.y = null;
      return { state, problems: [...problems, ...told] };
    },
    /** @param {Readonly<State>} state */
    write: (state) => codec.write(state, { catalog }),
  };
}
