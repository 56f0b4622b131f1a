// Asks for a map, and tells what has come of it so far: at most once a frame, so that however many
// tiles come the page has time for everything else.

import { decode } from "../api/api.js";
import { follow } from "../api/events.js";
import { createPieces } from "../core/turns.js";
import { borrow, createFilling, fill, fillAll } from "./filling.js";

/**
 * @typedef {import("./filling.js").Filling} Filling
 * @typedef {import("./filling.js").Values} Values
 *
 * @typedef {object} Asked
 * @property {string} kind As `/maps/<kind>` has it.
 * @property {object} body Of the request, all of it.
 * @property {number} nx
 * @property {number} ny
 * @property {readonly number[]} [strides] Of the levels, coarse to fine.
 * @property {string[]} fields What is told of each pixel.
 *
 * @typedef {object} Mapped A map so far: another object whenever something has come.
 * @property {Filling} filling Its arrays are filled up, not replaced.
 * @property {number} done How many pixels were computed; beside it of how many.
 * @property {number} total
 * @property {number | null} secondsLeft
 * @property {Record<string, any>} told What other events said, by their names.
 * @property {any} answer The whole answer but for its fields, once it is there; else null.
 */

/** Coarse to fine, as 2-D maps come. */
export const STRIDES = /** @type {const} */ ([8, 2, 1]);

/** Seconds from which on it is said what a map costs before there is anything of it. */
const LONG = 1;

/** @param {Record<string, any>} content @param {string[]} names @returns {Record<string, Values>} */
const fieldsOf = (content, names) =>
  Object.fromEntries(
    names.flatMap((name) =>
      content[name]?.bdata === undefined ? [] : [[name, decode(content[name])]],
    ),
  );

/** How many pixels are written at a stretch: some milliseconds. */
const WRITTEN = 2 ** 16;

/** A tile in parts of as much work each: what is kept comes in tiles of a whole level.
 * @param {import("./filling.js").Tile} tile @returns {import("./filling.js").Tile[]} */
export function partsOf({ stride, first, count, fields }) {
  const most = Math.ceil(WRITTEN / stride ** 2);
  return Array.from({ length: Math.ceil(count / most) }, (_, k) => {
    const [from, to] = [k * most, Math.min(count, (k + 1) * most)];
    const some = Object.entries(fields).map(([name, all]) => [name, all.subarray(from, to)]);
    return { stride, first: first + from, count: to - from, fields: Object.fromEntries(some) };
  });
}

/** @typedef {{ filling: Filling, column: (column: number) => number, row: (row: number) => number }} Before
 *   An earlier map of the same, and where columns and rows of this one lie in it. */

/** Begins a map with an earlier one. @param {Filling} filling @param {Before} before
 * @param {ReturnType<typeof createPieces>} pieces @param {AbortSignal} signal */
async function beginWith(filling, before, pieces, signal) {
  const { nx, ny } = filling;
  const most = Math.ceil(WRITTEN / nx);
  for (let row = 0; row < ny && !signal.aborted; row += most) {
    await pieces.after(() =>
      borrow(filling, before.filling, before.column, before.row, [row, Math.min(ny, row + most)]),
    );
  }
}

/**
 * @param {Asked} asked
 * @param {{ signal: AbortSignal, part: (mapped: Mapped) => void,
 *   before?: Before | null }} context
 * @returns {Promise<Mapped>}
 */
export async function askMap(asked, { signal, part, before = null }) {
  const { kind, body, nx, ny, strides = STRIDES, fields } = asked;
  const filling = createFilling(nx, ny, strides);
  /** @type {Mapped} */
  let mapped = { filling, done: 0, total: nx * ny, secondsLeft: null, told: {}, answer: null };
  let planned = 0;
  let hasBegun = before === null;
  const pieces = createPieces();
  /** @param {Partial<Mapped>} change */
  function tell(change) {
    mapped = { ...mapped, ...change };
    const isLong = (mapped.secondsLeft ?? 0) > LONG;
    if (planned || !hasBegun || (filling.touched.length === 0 && !isLong)) return;
    planned = requestAnimationFrame(() => {
      planned = 0;
      if (!signal.aborted) part(mapped);
    });
  }
  async function begin() {
    if (before === null) return;
    await beginWith(filling, before, pieces, signal);
    hasBegun = true;
    if (!signal.aborted) part(mapped);
  }
  try {
    const answered = follow(`maps/${kind}?encoding=typed`, body, {
      signal,
      onProgress: ({ done, seconds_left: secondsLeft }) => tell({ done, secondsLeft }),
      // What waits to be read holds the server back.
      async onEvent(name, content) {
        if (name !== "tile") return tell({ told: { ...mapped.told, [name]: content } });
        // What is this map's own comes over what is another's.
        await beginning;
        if (signal.aborted) return;
        /** @type {Record<string, Values>} */
        let values = {};
        await pieces.after(() => (values = fieldsOf(content, fields)));
        for (const part of partsOf({ ...content, fields: values })) {
          if (signal.aborted) return;
          await pieces.after(() => fill(filling, part));
          tell({});
        }
      },
    });
    // While the server is at it.
    const beginning = begin();
    const [answer] = await Promise.all([answered, beginning]);
    if (filling.own < nx * ny) fillAll(filling, fieldsOf(answer, fields));
    return { ...mapped, done: nx * ny, secondsLeft: 0, answer };
  } finally {
    cancelAnimationFrame(planned);
  }
}
