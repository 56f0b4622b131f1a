// A map that is coming, coarse to fine: whole arrays in which each pixel has the value of the nearest
// place that is known so far, so that there is something to be seen from the first tile on.

import { pixelsOf } from "./pixels.js";

/** How far from a pixel its value was computed, where nothing is there yet. */
export const NOTHING = 255;
// A value that is another map's, of a pixel as large as these, is better than any but the pixel's own.
const BORROWED = 1;

/**
 * @typedef {Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array
 *   | Float32Array | Float64Array} Values
 *
 * A tile as the server tells it, its fields as JavaScript's arrays.
 * @typedef {{ stride: number, first: number, count: number, fields: Record<string, Values> }} Tile
 *
 * @typedef {object} Filling
 * @property {number} nx
 * @property {number} ny
 * @property {readonly number[]} strides
 * @property {Record<string, Values>} fields Rows from the lowest; all of them nx × ny long.
 * @property {Uint8Array} known By pixel: the stride its value is from, 0 where it is its own.
 * @property {number} own How many pixels have their own value.
 * @property {[number, number][]} touched Rows from and to of each change, one after another.
 */

/**
 * @param {number} nx
 * @param {number} ny
 * @param {readonly number[]} strides
 * @returns {Filling}
 */
export const createFilling = (nx, ny, strides) => ({
  nx,
  ny,
  strides,
  fields: {},
  known: new Uint8Array(nx * ny).fill(NOTHING),
  own: 0,
  touched: [],
});

/** @type {Map<string, Uint32Array>} */
const lattices = new Map();
// Of the last maps: several of one size come one after another.
const MOST = 12;

/** @param {Filling} filling @param {number} stride */
function latticeOf({ nx, ny, strides }, stride) {
  const name = `${nx} ${ny} ${stride} ${strides}`;
  const known = lattices.get(name);
  if (known) return known;
  const level = strides.indexOf(stride);
  const pixels = pixelsOf(nx, ny, stride, level > 0 ? strides[level - 1] : 0);
  lattices.set(name, pixels);
  if (lattices.size > MOST) lattices.delete(/** @type {string} */ (lattices.keys().next().value));
  return pixels;
}

/** @param {Filling} filling @param {string} name @param {Values} like */
function fieldOf({ nx, ny, fields }, name, like) {
  const Kind = /** @type {new (length: number) => Values} */ (like.constructor);
  fields[name] ??= new Kind(nx * ny);
  return fields[name];
}

/**
 * Puts a tile's values where they belong, and into the pixels beside them that have none as near.
 *
 * @param {Filling} filling
 * @param {Tile} tile
 */
export function fill(filling, { stride, first, count, fields }) {
  const { nx, ny, known } = filling;
  const pixels = latticeOf(filling, stride);
  const pairs = Object.entries(fields).map(
    ([name, values]) => /** @type {const} */ ([fieldOf(filling, name, values), values]),
  );
  const last = Math.min(first + count, pixels.length);
  for (let k = first; k < last; k += 1) {
    const pixel = pixels[k];
    for (const [field, values] of pairs) field[pixel] = values[k - first];
    if (known[pixel] !== 0) filling.own += 1;
    known[pixel] = 0;
    if (stride === 1) continue;
    const column = pixel % nx;
    const row = (pixel - column) / nx;
    const right = Math.min(nx, column + stride);
    const top = Math.min(ny, row + stride);
    for (let y = row; y < top; y += 1) {
      for (let at = y * nx + column; at < y * nx + right; at += 1) {
        if (known[at] <= stride - 1 || at === pixel) continue;
        known[at] = stride;
        for (const [field] of pairs) field[at] = field[pixel];
      }
    }
  }
  if (last <= first) return;
  const from = Math.floor(pixels[first] / nx);
  const to = Math.min(ny, Math.floor(pixels[last - 1] / nx) + stride);
  filling.touched.push([from, to]);
}

/**
 * All fields at once, as of an answer that was not streamed.
 *
 * @param {Filling} filling
 * @param {Record<string, Values>} fields
 */
export function fillAll(filling, fields) {
  Object.assign(filling.fields, fields);
  filling.known.fill(0);
  filling.own = filling.known.length;
  filling.touched.push([0, filling.ny]);
}

/**
 * Begins with what an earlier map of the same says of the same places, so that a view that is moved
 * keeps what was known of it: some rows of it, from and to, as long work is done in pieces.
 *
 * @param {Filling} filling
 * @param {Filling} before
 * @param {(column: number) => number} columnOf The earlier one's column of a column, a fraction.
 * @param {(row: number) => number} rowOf
 * @param {[number, number]} [rows]
 */
export function borrow(filling, before, columnOf, rowOf, [first, last] = [0, filling.ny]) {
  const { nx, known } = filling;
  const columns = Int32Array.from({ length: nx }, (_, column) => {
    const there = Math.round(columnOf(column));
    return there < 0 || there >= before.nx ? -1 : there;
  });
  const step = Math.max(1, 1 / Math.abs(columnOf(1) - columnOf(0)));
  const near = Uint8Array.from({ length: NOTHING + 1 }, (_, far) =>
    far === NOTHING ? NOTHING : Math.min(NOTHING - 1, Math.round(Math.max(BORROWED, far) * step)),
  );
  const pairs = Object.entries(before.fields).map(
    ([name, values]) => /** @type {const} */ ([fieldOf(filling, name, values), values]),
  );
  if (pairs.length === 0) return;
  for (let row = first; row < last; row += 1) {
    const from = Math.round(rowOf(row));
    if (from < 0 || from >= before.ny) continue;
    const [here, there] = [row * nx, from * before.nx];
    for (let column = 0; column < nx; column += 1) {
      if (columns[column] >= 0) known[here + column] = near[before.known[there + columns[column]]];
    }
    for (const [field, values] of pairs) {
      for (let column = 0; column < nx; column += 1) {
        if (columns[column] >= 0) field[here + column] = values[there + columns[column]];
      }
    }
  }
  filling.touched.push([first, last]);
}
