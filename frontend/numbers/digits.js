// How few digits name one of a map's values: addresses and fields carry no more.

/** @typedef {Pick<import("./resources.js").Coming, "filling" | "values">} Valued */

/** Nearer to its own value than this part of the way to the next, so that no rounding leads elsewhere. */
const NEAR = 0.25;
/** Of a double. */
const MOST = 17;

/**
 * The number with the fewest digits that lies within a value's pixel, and within the axis.
 *
 * @param {ArrayLike<number>} values Ascending.
 * @param {number} index
 */
export function shortest(values, index) {
  const value = values[index];
  const others = [values[index - 1], values[index + 1]].filter((one) => one !== undefined);
  const room = NEAR * Math.min(...others.map((other) => Math.abs(other - value)));
  const names = (/** @type {number} */ short) =>
    values[0] <= short && short <= values[values.length - 1] && Math.abs(short - value) < room;
  // What rounding has made of 0 is 0.
  if (names(0)) return 0;
  for (let digits = 1; digits < MOST; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (names(short)) return short;
  }
  return value;
}

/** Whether a border may run through a pixel: what is beside it ends otherwise, or has not come yet.
 * @param {Valued["filling"]} filling @param {number} column @param {number} row */
function isAtBorder({ nx, ny, known, fields: { diverged } }, column, row) {
  const label = diverged?.[row * nx + column];
  for (let y = Math.max(0, row - 1); y <= Math.min(ny - 1, row + 1); y += 1) {
    for (let x = Math.max(0, column - 1); x <= Math.min(nx - 1, column + 1); x += 1) {
      const pixel = y * nx + x;
      if (known[pixel] !== 0 || diverged?.[pixel] !== label) return true;
    }
  }
  return false;
}

/**
 * The numbers that are taken from a pixel: as few digits as name it, or, where the last of them may
 * decide what becomes of a run, all.
 *
 * @param {Valued} map
 * @param {number} pixel
 */
export function takenFrom({ filling, values: { x, y } }, pixel) {
  const [column, row] = [pixel % filling.nx, Math.floor(pixel / filling.nx)];
  return isAtBorder(filling, column, row)
    ? { x: x[column], y: y[row] }
    : { x: shortest(x, column), y: shortest(y, row) };
}

/** Digits that tell a pixel's values from those beside it. @param {Valued} map @param {number} pixel */
export function digitsOf({ filling: { nx }, values: { x, y } }, pixel) {
  const count = (/** @type {number} */ value) =>
    value.toExponential().replace(/e.*/, "").replace(/\D/g, "").length;
  return {
    x: count(shortest(x, pixel % nx)),
    y: count(shortest(y, Math.floor(pixel / nx))),
  };
}
