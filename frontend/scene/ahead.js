// Views that gestures have asked for and the state has not followed yet: it goes at the pace of
// answers, the picture at that of the finger.

/** @typedef {import("./projection.js").View} View */

// Views that differ by less, in parts of their size, are one: the state rounds them.
const SAME = 1e-4;

/** @param {View} one @param {View} other */
const isNear = (one, other) =>
  /** @type {["x", "y"]} */ (["x", "y"]).every((axis) => {
    const least = SAME * (one[axis][1] - one[axis][0]);
    return one[axis].every((end, k) => Math.abs(end - other[axis][k]) <= least);
  });

export function createAhead() {
  /** @type {View[]} */
  let asked = [];
  return {
    /** The last one asked for; null where the state has it. */
    get view() {
      return asked.at(-1) ?? null;
    },
    /** @param {View} view */
    ask(view) {
      asked.push(view);
    },
    /**
     * The state has another view: one of those asked for, or one that is nobody's.
     *
     * @param {View | null} view
     */
    follow(view) {
      const reached = view === null ? -1 : asked.findLastIndex((one) => isNear(one, view));
      asked = reached < 0 ? [] : asked.slice(reached + 1);
    },
  };
}
