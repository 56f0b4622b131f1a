// How starts are put, moved and removed, by whichever hand.

// Where a pointer is, to the digits that it can tell; what is typed is taken as it is.
/** @param {number[]} point */
const rounded = ([x, y]) => [Number(x.toPrecision(6)), Number(y.toPrecision(6))];

/** @param {any} state @param {number} at @param {number[]} point */
export const putStart = (state, at, point) => ({
  starts: state.starts.map((/** @type {number[]} */ start, /** @type {number} */ i) =>
    i === at ? point : start,
  ),
  selectedStart: at,
});

/** @param {any} state @param {number | null} index @param {number[]} point */
export const moveStart = (state, index, point) =>
  putStart(state, index ?? state.selectedStart, rounded(point));

/** @param {any} state @param {number[]} point @param {number} most */
export function addStart(state, point, most) {
  if (state.starts.length >= most) return {};
  return { starts: [...state.starts, rounded(point)], selectedStart: state.starts.length };
}

/**
 * A place for one more start: the last one mirrored, and nearer to the origin where that is taken.
 *
 * @param {number[][]} starts
 */
export function another(starts) {
  const [x, y] = starts[starts.length - 1];
  const across = x || 0.5;
  for (let size = 1; ; size *= 0.8) {
    const mirrored = [-1, 1].flatMap((one) =>
      [1, -1].map((other) => [one * across * size, other * y * size]),
    );
    const free = mirrored.find(([u, v]) => !starts.some(([a, b]) => isNear(a, u) && isNear(b, v)));
    if (free) return free;
  }
}

/** @param {number} one @param {number} other */
const isNear = (one, other) =>
  Math.abs(one - other) <= 1e-3 * Math.max(Math.abs(one), Math.abs(other));

/** @param {any} state @param {number} index */
export function removeStart(state, index) {
  if (state.starts.length === 1) return {};
  const starts = state.starts.filter(
    (/** @type {unknown} */ _, /** @type {number} */ i) => i !== index,
  );
  return { starts, selectedStart: Math.min(state.selectedStart, starts.length - 1) };
}
