// The maps of the picture, one after another; each is there from its first tile on.

import { askMap } from "../../maps/asking.js";
import { createMapsAsked } from "./asked.js";
import { leftOf } from "./several.js";

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
      const { kind, view, nx, ny, steps, runs } = wanted;
      /** @type {MapOfRun[]} */
      const earlier = answers.map.value?.maps ?? [];
      /** @type {(MapOfRun | undefined)[]} */
      const maps = wanted.maps.map(({ run, what }) => {
        const before = earlier.find((one) => one.run === run);
        return before && { ...before, isStale: before.what !== what };
      });
      let done = 0;
      /** How long each took that is whole. @type {number[]} */
      const spent = [];
      /** @param {number} begun @param {import("./types.js").Mapped} [mapped] The one that is coming.
       * @returns {Maps} */
      const known = (begun, mapped) => ({
        ...{ kind, steps, runs, count: maps.length, total: nx * ny * maps.length },
        done: done + (mapped?.done ?? 0),
        secondsLeft: leftOf(spent, (performance.now() - begun) / 1000, mapped, maps.length),
        maps: maps.flatMap((one) => one ?? []),
      });
      performance.clearMarks("map-asked");
      performance.mark("map-asked");
      let isFirst = true;
      for (const [at, { run, what, body }] of wanted.maps.entries()) {
        const before = maps[at]?.what === what ? maps[at] : null;
        const asked = { kind, body, nx, ny, fields: FIELDS[kind] };
        const begun = performance.now();
        /** @param {import("./types.js").Mapped} mapped */
        const put = (mapped) => {
          maps[at] = { run, what, view, mapped, isStale: false };
          if (isFirst) {
            performance.clearMarks("map-first");
            performance.mark("map-first");
          }
          isFirst = false;
          part(known(begun, mapped));
        };
        const whole = await askMap(asked, {
          ...{ signal, part: put },
          before: before && placed(before, wanted),
        });
        done += nx * ny;
        spent.push((performance.now() - begun) / 1000);
        maps[at] = { run, what, view, mapped: whole, isStale: false };
        part(known(performance.now()));
      }
      return known(performance.now());
    },
  };
}
