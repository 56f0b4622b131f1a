// Several maps that come one after another: an earlier one stays, and says so, until there is something
// of the one that is asked for in its place.

import { leftOf } from "./several.js";

/**
 * @typedef {import("./types.js").Maps} Maps
 * @typedef {import("./types.js").MapOfRun} MapOfRun
 * @typedef {import("./types.js").Mapped} Mapped
 *
 * @param {Pick<import("./asked.js").Wanted, "kind" | "view" | "nx" | "ny" | "steps" | "runs" | "maps">} wanted
 * @param {readonly MapOfRun[]} earlier
 * @param {() => number} now In seconds.
 */
export function createComing({ kind, view, nx, ny, steps, runs, maps: wanted }, earlier, now) {
  /** @type {(MapOfRun | undefined)[]} */
  const maps = wanted.map(({ run, what }) => {
    const before = earlier.find((one) => one.run === run);
    return before && { ...before, isStale: before.what !== what };
  });
  let done = 0;
  let begun = now();
  /** How long each took that is whole. @type {number[]} */
  const spent = [];
  /** @type {Mapped | undefined} */
  let under;

  return {
    /** Begins with one of them. @param {number} at @returns {MapOfRun | null} An earlier one of the same. */
    begin(at) {
      begun = now();
      return maps[at]?.what === wanted[at].what ? /** @type {MapOfRun} */ (maps[at]) : null;
    },
    /** @param {number} at @param {Mapped} mapped What has come of it so far. */
    put(at, mapped) {
      under = mapped;
      // Until then only how long it will take is known.
      if (mapped.filling.touched.length > 0) {
        const { run, what } = wanted[at];
        maps[at] = { run, what, view, mapped, isStale: false };
      }
    },
    /** @param {number} at @param {Mapped} mapped */
    end(at, mapped) {
      this.put(at, mapped);
      under = undefined;
      done += nx * ny;
      spent.push(now() - begun);
    },
    /** @returns {Maps} */
    known: () => ({
      ...{ kind, steps, runs, count: maps.length, total: nx * ny * maps.length },
      done: done + (under?.done ?? 0),
      secondsLeft: leftOf(spent, now() - begun, under, maps.length),
      maps: maps.flatMap((one) => one ?? []),
    }),
  };
}

/** Whether any is still of other numbers than those that are wanted. @param {Maps | null} value */
export const isStale = (value) => value?.maps.some((one) => one.isStale) ?? false;
