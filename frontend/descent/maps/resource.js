// The maps of the picture, one after another; each is there from its first tile on.

import { askMap } from "../../maps/asking.js";
import { createMapsAsked } from "./asked.js";
import { createComing, isStale } from "./coming.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./types.js").Maps} Maps
 * @typedef {import("./types.js").MapOfRun} MapOfRun
 * @typedef {import("./asked.js").Wanted} Wanted
 */

const FIELDS = {
  basins: ["basin", "steps", "loss", "outcome"],
  winner: ["winner", "steps", "together"],
};

// Where columns and rows of what is wanted lie in an earlier map.
/** @param {MapOfRun} before @param {Wanted} wanted */
function placed({ view, mapped: { filling } }, wanted) {
  /** @param {"x" | "y"} axis @param {number} count @param {number} earlier */
  const along = (axis, count, earlier) => {
    const [from, to] = wanted.view[axis];
    const [low, high] = view[axis];
    return (/** @type {number} */ at) =>
      ((from + (at / (count - 1)) * (to - from) - low) / (high - low)) * (earlier - 1);
  };
  return {
    filling,
    column: along("x", wanted.nx, filling.nx),
    row: along("y", wanted.ny, filling.ny),
  };
}

/**
 * @param {object} page
 * @param {import("../types.js").Catalog} page.catalog
 * @param {import("../selectors.js").Selectors["of"]} page.of
 * @returns {import("../../core/resources.js").Resource<State, Maps>}
 */
export function createMaps({ catalog, of }) {
  const wantedOf = createMapsAsked(catalog, of);
  return {
    name: "map",
    isLong: true,
    key: (state) => wantedOf(state)?.key ?? null,
    family: (state) => `${state.ground} ${of.surface(state)}`,
    async ask(state, { signal, part, answers }) {
      const wanted = /** @type {Wanted} */ (wantedOf(state));
      const { kind, nx, ny, maps } = wanted;
      /** @type {MapOfRun[]} */
      const earlier = answers.map.value?.maps ?? [];
      const coming = createComing(wanted, earlier, () => performance.now() / 1000);
      // What is there is of other numbers from now on.
      if (isStale(coming.known())) part(coming.known());
      performance.clearMarks("map-asked");
      performance.mark("map-asked");
      let isFirst = true;
      for (const [at, { body }] of maps.entries()) {
        const before = coming.begin(at);
        const asked = { kind, body, nx, ny, fields: FIELDS[kind] };
        /** @param {import("./types.js").Mapped} mapped */
        const put = (mapped) => {
          coming.put(at, mapped);
          if (isFirst && mapped.filling.touched.length > 0) {
            performance.clearMarks("map-first");
            performance.mark("map-first");
            isFirst = false;
          }
          part(coming.known());
        };
        const whole = await askMap(asked, {
          ...{ signal, part: put },
          before: before && placed(before, wanted),
        });
        coming.end(at, whole);
        part(coming.known());
      }
      return coming.known();
    },
  };
}
