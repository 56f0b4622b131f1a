// Which point of a trail is under the pointer.

// Points that are looked at; of longer paths some are left out.
const MOST = 50_000;

/**
 * The nearest point of trails that is shown at a step.
 *
 * @template {import("./display_list.js").Trail} T
 * @param {T[]} trails
 * @param {import("./display_list.js").Spot} spot
 * @param {number} step
 * @param {number} reach In pixels.
 * @returns {{trail: T, index: number} | null}
 */
export function nearestPoint(trails, [x, y], step, reach) {
  let best = null;
  let least = reach * reach;
  const total = trails.reduce((sum, { count }) => sum + count, 0);
  const stride = Math.max(1, Math.floor(total / MOST));
  for (const trail of trails) {
    const last = Math.min(step, trail.count - 1);
    for (let index = 0; index <= last; index += stride) {
      const dx = trail.pixels[2 * index] - x;
      const dy = trail.pixels[2 * index + 1] - y;
      const square = dx * dx + dy * dy;
      if (square < least) {
        least = square;
        best = { trail, index };
      }
    }
  }
  return best;
}
