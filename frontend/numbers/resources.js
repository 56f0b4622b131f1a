// What comes from the server: the map that is looked at, and the path of the run as it stands.

import { ask, decode } from "../api/api.js";
import { derived } from "../core/selectors.js";
import { askMap, STRIDES } from "../maps/asking.js";
import { createScenario } from "../scenes/scene.js";
import { valuesOf, viewOf } from "./axes.js";
import { stridesOf } from "./networks.js";
import { pathRequest, stabilityRequest, trainabilityRequest, whatOf } from "./requests.js";
import { axesOf } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 * @typedef {import("../maps/asking.js").Mapped} Mapped
 * @typedef {Mapped & { axes: import("./axes.js").Axes, isStale: boolean,
 *   values: { x: ArrayLike<number>, y: ArrayLike<number> }, what: string }} Coming A map with the values
 *   along its axes, what it is a map of, and whether other numbers are wanted by now.
 */

/** What a map is a function of, by name in the state; the measure only colours it. */
// biome-ignore format: names, not a list to read
const OF_RUN = [
  "surface", "parameters", "formula", "points", "reading", "columns",
  "starts", "run", "steps", "seed", "precision",
];
const OF_MAP = [
  ...OF_RUN,
  "map_precision",
  "view",
  "x",
  "y",
  "detail",
  "network",
  "trained",
  "across",
  "up",
];

/** What is told of each pixel, by kind of map. */
const FIELDS = {
  stability: ["loss", "rate", "steps", "diverged"],
  trainability: ["rate", "loss", "diverged"],
};

/** Where columns and rows of a map lie in an earlier one. @param {Coming} known
 * @param {import("./axes.js").Axes} axes @param {number} count */
function within({ filling, axes: before }, axes, count) {
  const [from, to] = [viewOf(before), viewOf(axes)];
  /** @param {"x" | "y"} way @param {number} of Pixels of the earlier one. */
  const along = (way, of) => (/** @type {number} */ index) => {
    const place = to[way][0] + (index / (count - 1)) * (to[way][1] - to[way][0]);
    return ((place - from[way][0]) / (from[way][1] - from[way][0])) * (of - 1);
  };
  return { filling, column: along("x", filling.nx), row: along("y", filling.ny) };
}

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import("./requests.js").Path>} */
async function askPath(body, signal) {
  const answer = await ask("trajectories?encoding=typed", body, signal);
  const [found] = answer.runs[0].trajectories;
  return {
    x: decode(found.x),
    y: decode(found.y),
    loss: decode(found.loss),
    status: found.status,
    text: null,
    outcome: found.outcome,
  };
}

/** @param {Readonly<State>} state @param {readonly string[]} names */
const values = (state, names) => names.map((name) => Reflect.get(state, name));

/**
 * @param {Catalog} catalog
 * @returns {import("../core/resources.js").Resource<State, any>[]}
 */
export function createDeclared(catalog) {
  /** @template R @param {string[]} names @param {(state: Readonly<State>) => R} make */
  const made = (names, make) =>
    derived((/** @type {Readonly<State>} */ state) => values(state, names), make);
  const body = made(OF_MAP, (state) =>
    state.view === "stability"
      ? stabilityRequest(catalog, state)
      : trainabilityRequest(catalog, state),
  );
  const mapKey = made(OF_MAP, (state) => `${state.view} ${JSON.stringify(body(state))}`);
  const path = made(OF_RUN, (state) => pathRequest(catalog, state));
  const pathKey = made(OF_RUN, (state) => JSON.stringify(path(state)));
  return [
    createScenario(),
    {
      name: "map",
      key: mapKey,
      // A map of other numbers is no sight of this one.
      family(state) {
        const { x, y } = axesOf(catalog, state);
        return [state.view, x.name, x.scale, y.name, y.scale, state.surface].join(" ");
      },
      async ask(state, { signal, part, answers }) {
        const axes = axesOf(catalog, state);
        const known = /** @type {Coming | null} */ (answers.map.value);
        const { detail, view } = state;
        const what = whatOf(view, body(state));
        const asked = {
          kind: view,
          body: body(state),
          nx: detail,
          ny: detail,
          fields: FIELDS[view],
          strides: view === "stability" ? STRIDES : stridesOf(detail),
        };
        const values = { x: valuesOf(axes.x, detail), y: valuesOf(axes.y, detail) };
        const isStale = known !== null && known.what !== what;
        // The earlier map stays, and says that it is one of other numbers, until there is something of
        // this one to be seen.
        /** @param {Pick<Mapped, "done" | "total" | "secondsLeft">} so */
        const early = ({ done, total, secondsLeft }) =>
          known && { ...known, isStale, done, total, secondsLeft };
        if (isStale) part(early({ done: 0, total: detail * detail, secondsLeft: null }));
        const mapped = await askMap(asked, {
          signal,
          part: (so) =>
            part(
              (so.filling.touched.length === 0 ? early(so) : null) ?? {
                ...{ ...so, axes, values, what },
                isStale: false,
              },
            ),
          // Pixels of other settings are none of this map's.
          before: known?.what === what ? within(known, axes, detail) : null,
        });
        const { x, y } = mapped.answer;
        return {
          ...mapped,
          axes,
          what,
          isStale: false,
          values: { x: decode(x.values), y: decode(y.values) },
        };
      },
    },
    {
      name: "path",
      key: (state) => (state.view === "stability" ? pathKey(state) : null),
      family: ({ surface }) => surface,
      ask: (state, { signal }) => askPath(path(state), signal),
    },
  ];
}
