// Which maps the state asks for: of the selected run, of each chosen run side by side, or of who wins.

import { derived } from "../../core/selectors.js";
import { gridSize } from "../../scene/geometry.js";
import { isHidden } from "../../scenes/phases.js";
import { isUnmeasured } from "../bringing.js";
import { runRequest, surfaceRequest } from "../simulation.js";
import { BASINS, selectedOf, WINNER } from "../state.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./types.js").Maps} Maps
 *
 * @typedef {object} Wanted
 * @property {Maps["kind"]} kind
 * @property {string} key
 * @property {import("../../scene/scene.js").View} view
 * @property {number} nx
 * @property {number} ny
 * @property {number} steps
 * @property {number[]} runs
 * @property {{ run: number | null, what: string, body: object }[]} maps
 */

// Pixels along the longer side, of one map and of each of several.
const LONGEST = { one: 512, several: 192 };

/** Whether the picture is coloured by a map. @param {Pick<State, "ground">} state */
export const isMapped = ({ ground }) => ground === BASINS || ground === WINNER;

/** Whether maps stand side by side. @param {Pick<State, "ground" | "beside">} state */
export const areBeside = ({ ground, beside }) => ground === BASINS && beside;

/**
 * @param {import("../types.js").Catalog} catalog
 * @param {import("../selectors.js").Selectors["of"]} of
 */
export const createMapsAsked = (catalog, of) =>
  derived(
    (/** @type {Readonly<State>} */ state) => [
      isMapped(state) && !isHidden(state),
      ...[state.ground, areBeside(state), of.surfaceText(state), state.measured],
      ...[state.runs, state.steps, state.seed, state.tolerance, state.map_precision],
      ...[of.range(state), state.size],
      state.ground === BASINS && !state.beside ? state.selectedRun : null,
    ],
    /** @returns {Wanted | null} */
    (state) => {
      const view = of.range(state);
      if (!isMapped(state) || isHidden(state) || isUnmeasured(state) || !view || !state.size) {
        return null;
      }
      const enabled = state.runs.filter((run) => run.enabled);
      const { width, height } = state.size;
      const { nx, ny } = gridSize(width, height, LONGEST[areBeside(state) ? "several" : "one"]);
      const { steps, seed, tolerance, map_precision: precision } = state;
      const [x_min, x_max, y_min, y_max] = [...view.x, ...view.y];
      const seen = { nx, ny, x_min, x_max, y_min, y_max };
      const request = (/** @type {import("../types.js").Run} */ run) =>
        runRequest(catalog, state, run);
      /** @param {number | null} run @param {object} of */
      const map = (run, of) => {
        const all = { surface: surfaceRequest(state), ...of, steps, seed, precision, tolerance };
        return { run, what: JSON.stringify(all), body: { ...all, ...seen } };
      };
      const chosen = state.beside ? enabled : [selectedOf(state)];
      const maps =
        state.ground === WINNER
          ? enabled.length > 0
            ? [map(null, { runs: enabled.map(request) })]
            : []
          : chosen.map((run) => map(run.key, { run: request(run) }));
      if (maps.length === 0) return null;
      const kind = /** @type {Maps["kind"]} */ (state.ground);
      const runs = enabled.map(({ key }) => key);
      const key = JSON.stringify([kind, runs, maps.map(({ run, body }) => [run, body])]);
      return { kind, key, view, nx, ny, steps, runs, maps };
    },
  );
