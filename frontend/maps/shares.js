// How much of a map each class has: counted row by row, and again only in rows in which something has come.

import { tiedOf } from "./colours.js";
import { NOTHING } from "./filling.js";

/**
 * @typedef {import("./filling.js").Filling} Filling
 * @typedef {(fields: Filling["fields"], pixel: number) => number} Of
 * @typedef {{ of: Of, seen: number, rows: Map<number, number>[], all: Map<number, number> }} Counted
 */

/** Of each map what was counted of it. @type {WeakMap<Filling, Counted[]>} */
const kept = new WeakMap();

/** @param {Map<number, number>} counts @param {number} what @param {number} by */
const add = (counts, what, by) => counts.set(what, (counts.get(what) ?? 0) + by);

/** @param {Filling} filling @param {number} row @param {Of} of */
function countedRow({ nx, fields, known }, row, of) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  let [last, run] = [NaN, 0];
  for (let pixel = row * nx; pixel < (row + 1) * nx; pixel += 1) {
    if (known[pixel] === NOTHING) continue;
    const what = of(fields, pixel);
    // Neighbours are mostly alike.
    if (what !== last) {
      if (run > 0) add(counts, last, run);
      [last, run] = [what, 0];
    }
    run += 1;
  }
  if (run > 0) add(counts, last, run);
  return counts;
}

/** How often each word is said of what is known. @param {Filling} filling @param {Of} of */
function countsOf(filling, of) {
  const known = kept.get(filling) ?? [];
  kept.set(filling, known);
  let counted = known.find((one) => one.of === of);
  if (!counted) {
    counted = { of, seen: 0, rows: [], all: new Map() };
    known.push(counted);
  }
  const { rows, all } = counted;
  /** @type {Set<number>} */
  const changed = new Set();
  for (const [from, to] of filling.touched.slice(counted.seen)) {
    for (let row = from; row < to; row += 1) changed.add(row);
  }
  counted.seen = filling.touched.length;
  for (const row of changed) {
    for (const [what, count] of rows[row] ?? []) add(all, what, -count);
    rows[row] = countedRow(filling, row, of);
    for (const [what, count] of rows[row]) add(all, what, count);
  }
  return all;
}

/**
 * How much of a map each class has, of what is known; nothing of those that have none.
 *
 * @param {Filling} filling
 * @param {Of} classAt The same function each time.
 */
export function sharesOf(filling, classAt) {
  const counts = [...countsOf(filling, classAt)].filter(([, count]) => count > 0);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return new Map(counts.map(([what, count]) => [what, count / all]));
}

/** Which runs are first together, as bits. @type {Of} */
const bitsAt = ({ together }, pixel) => together?.[pixel] ?? 0;

/** The runs that tie most often. @param {Filling} filling @returns {number[]} */
export function mostTied(filling) {
  const ties = [...countsOf(filling, bitsAt)].filter(
    ([bits, count]) => count > 0 && (bits & (bits - 1)) !== 0,
  );
  const [[most] = [0]] = ties.sort(([, one], [, other]) => other - one);
  return tiedOf(most);
}
