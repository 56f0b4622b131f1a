// What is under the pointer: a start, the ground; points of paths are found by charts/picking.js.

/**
 * @typedef {import("./projection.js").Spot} Spot
 * @typedef {import("./projection.js").Projection} Projection
 */

/**
 * Which start is within reach; -1 where none is.
 *
 * @param {import("./projection.js").Point[]} starts
 * @param {Projection} projection
 * @param {Spot} spot
 * @param {number} reach
 */
export function startUnder(starts, projection, [x, y], reach) {
  const distances = starts.map((start) => {
    const [sx, sy] = projection.toScreen(start);
    return Math.hypot(sx - x, sy - y);
  });
  const least = Math.min(...distances);
  return least <= reach ? distances.indexOf(least) : -1;
}

/**
 * A value of the grid, its height or its gradient, at a place: bilinear between points.
 *
 * @param {import("./scene.js").Grid | null} grid
 * @param {"heights" | "gradient"} name
 * @param {import("./projection.js").Point} place
 */
export function valueAt(grid, name, [x, y]) {
  const values = grid?.[name];
  if (!grid || !values) return null;
  /** @param {ArrayLike<number>} axis @param {number} value */
  const index = (axis, value) =>
    ((value - axis[0]) / (axis[axis.length - 1] - axis[0])) * (axis.length - 1);
  const [u, v] = [index(grid.x, x), index(grid.y, y)];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  if (i < 0 || j < 0 || i >= grid.x.length - 1 || j >= grid.y.length - 1) return null;
  const [a, b] = [u - i, v - j];
  /** @param {number} row @param {number} column */
  const at = (row, column) => values[row * grid.x.length + column];
  return (
    (1 - b) * ((1 - a) * at(j, i) + a * at(j, i + 1)) +
    b * ((1 - a) * at(j + 1, i) + a * at(j + 1, i + 1))
  );
}
