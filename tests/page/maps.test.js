// Maps: where a tile's pixels are, what is seen before the finest come, and what is painted anew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createComing, isStale } from "../../frontend/descent/maps/coming.js";
import { borrow, createFilling, fill, fillAll, NOTHING } from "../../frontend/maps/filling.js";
import { packed, paintRows } from "../../frontend/maps/painting.js";
import { pixelsOf } from "../../frontend/maps/pixels.js";

globalThis.document = { querySelector: () => null };
const { askMap, partsOf } = await import("../../frontend/maps/asking.js");

// As server/maps/pixels.py answers: pixels_of(5, 3, (4, 2, 1), level) for each of its levels.
test("pixels of each level are those that the server counts", () => {
  const levels = [
    [4, 0],
    [2, 4],
    [1, 2],
  ].map(([stride, coarser]) => [...pixelsOf(5, 3, stride, coarser)]);
  assert.deepEqual(levels, [
    [0, 4],
    [2, 10, 12, 14],
    [1, 3, 5, 6, 7, 8, 9, 11, 13],
  ]);
});

/** A tile of a level whose values are the pixels' own numbers. */
function tile(nx, ny, stride, coarser, first = 0, size = Number.POSITIVE_INFINITY) {
  const pixels = pixelsOf(nx, ny, stride, coarser).slice(first, first + size);
  return { stride, first, count: pixels.length, fields: { value: Int32Array.from(pixels) } };
}

test("a coarse pixel covers its block until finer ones come, and never a finer one", () => {
  const filling = createFilling(5, 3, [4, 2, 1]);
  fill(filling, tile(5, 3, 2, 4, 0, 1));
  assert.deepEqual([...filling.fields.value], [0, 0, 2, 2, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0]);
  assert.equal(filling.known[0], NOTHING);
  fill(filling, tile(5, 3, 4, 0));
  assert.deepEqual([...filling.fields.value], [0, 0, 2, 2, 4, 0, 0, 2, 2, 4, 0, 0, 0, 0, 4]);
  assert.equal(filling.own, 3);
  fill(filling, tile(5, 3, 2, 4));
  fill(filling, tile(5, 3, 1, 2, 0, 4));
  fill(filling, tile(5, 3, 1, 2, 4));
  assert.deepEqual([...filling.fields.value], [...Array(15).keys()]);
  assert.equal(filling.own, 15);
});

test("what is touched says in which rows something has come", () => {
  const filling = createFilling(8, 8, [4, 1]);
  fill(filling, tile(8, 8, 4, 0, 2, 2));
  fill(filling, tile(8, 8, 1, 4, 6, 1));
  assert.deepEqual(filling.touched, [
    [4, 8],
    [1, 2],
  ]);
});

test("a moved map keeps what is known of the same places until their own values come", () => {
  const before = createFilling(4, 4, [2, 1]);
  fillAll(before, { value: Int32Array.from(Array(16).keys()) });
  const moved = createFilling(4, 4, [2, 1]);
  // One column to the right, one row up.
  borrow(
    moved,
    before,
    (column) => column + 1,
    (row) => row + 1,
  );
  assert.deepEqual([...moved.fields.value].slice(0, 8), [5, 6, 7, 0, 9, 10, 11, 0]);
  assert.equal(moved.known[3], NOTHING);
  assert.equal(moved.own, 0);
  // A coarse tile is exact at its own pixels and leaves what is better known beside them.
  fill(moved, {
    stride: 2,
    first: 0,
    count: 4,
    fields: { value: Int32Array.of(50, 70, 130, 150) },
  });
  assert.deepEqual(
    [...moved.fields.value],
    [50, 6, 70, 70, 9, 10, 11, 70, 130, 14, 150, 150, 130, 130, 150, 150],
  );
});

test("rows are painted from the top, what is unknown is transparent", () => {
  const filling = createFilling(2, 2, [2, 1]);
  fill(filling, { stride: 1, first: 0, count: 1, fields: { value: Int32Array.of(7) } });
  const words = new Uint32Array(4).fill(9);
  const seen = [];
  paintRows(words, filling, (...place) => seen.push(place), 0, 1);
  assert.deepEqual([...words], [9, 9, 0, 1]);
  assert.deepEqual(seen, [[1, 1, 0]]);
});

test("a word of an image is its red, green, blue and opacity, in memory's order", () => {
  const bytes = new Uint8Array(Uint32Array.of(packed([1, 2, 3])).buffer);
  assert.deepEqual([...bytes], [1, 2, 3, 255]);
});

/** Two runs' maps as they are asked for at some learning rate, each of 2 × 2 pixels. */
const asked = (rate) => ({
  ...{ kind: "basins", view: { x: [0, 1], y: [0, 1] }, nx: 2, ny: 2, steps: 9, runs: [0, 1] },
  maps: [0, 1].map((run) => ({ run, what: `${run} ${run === 0 ? rate : ""}`, body: {} })),
});
const mapped = (touched, done, secondsLeft = 5) => ({
  ...{ filling: { ...createFilling(2, 2, [1]), touched }, done, total: 4 },
  ...{ secondsLeft, told: {}, answer: null },
});

test("half of a map is of other numbers as soon as others are wanted, and until theirs are there", () => {
  const first = createComing(asked(0.1), [], () => 0);
  first.begin(0);
  const half = mapped([[0, 1]], 2);
  first.put(0, half);
  assert.equal(isStale(first.known()), false);
  const next = createComing(asked(0.2), first.known().maps, () => 0);
  assert.equal(isStale(next.known()), true);
  assert.equal(next.known().done, 0);
  // Nothing to go on with, and nothing to be seen so far but how long it takes.
  assert.equal(next.begin(0), null);
  next.put(0, mapped([], 1, 30));
  assert.equal(next.known().maps[0].mapped, half);
  assert.deepEqual([next.known().done, next.known().secondsLeft], [1, 60]);
  assert.equal(isStale(next.known()), true);
  const own = mapped([[0, 2]], 4);
  next.put(0, own);
  assert.equal(next.known().maps[0].mapped, own);
  assert.equal(isStale(next.known()), false);
});

test("side by side a map whose run is as it was stays what it is", () => {
  const first = createComing(asked(0.1), [], () => 0);
  const whole = mapped([[0, 2]], 4, 0);
  for (const at of [0, 1]) first.end(at, whole);
  assert.equal(first.known().done, first.known().total);
  const next = createComing(asked(0.2), first.known().maps, () => 0);
  assert.deepEqual(
    next.known().maps.map((one) => one.isStale),
    [true, false],
  );
  assert.equal(next.begin(1).mapped, whole);
});

test("a tile of a whole level is written in parts, to the same map", () => {
  const level = tile(300, 300, 1, 8);
  const parts = partsOf(level);
  assert.ok(parts.length > 1);
  const [whole, some] = [createFilling(300, 300, [8, 1]), createFilling(300, 300, [8, 1])];
  fill(whole, level);
  for (const part of parts) fill(some, part);
  assert.deepEqual(some.fields, whole.fields);
  assert.deepEqual(some.known, whole.known);
  assert.equal(some.own, whole.own);
});

/** Numbers as the server sends them. @param {Float32Array} numbers */
const sent = (numbers) => ({
  dtype: "f4",
  bdata: Buffer.from(numbers.buffer).toString("base64"),
});

test("a map that begins with an earlier one is seen once that is whole, and then its own values", async () => {
  // So large that it takes several turns of the page.
  const side = 1024;
  const count = side * side;
  const before = createFilling(side, side, [8, 1]);
  const names = ["a", "b", "c", "d"];
  fillAll(before, Object.fromEntries(names.map((name) => [name, new Float32Array(count).fill(1)])));
  const last = pixelsOf(side, side, 8, 0).at(-1);
  const own = sent(Float32Array.of(2));
  const tile = {
    ...{ stride: 8, first: (side / 8) ** 2 - 1, count: 1 },
    ...Object.fromEntries(names.map((name) => [name, own])),
  };
  const events = [
    'event: progress\ndata: {"done":1,"seconds_left":0}\n\n',
    `event: tile\ndata: ${JSON.stringify(tile)}\n\n`,
    "event: result\ndata: {}\n\n",
  ];
  const { fetch, requestAnimationFrame, cancelAnimationFrame } = globalThis;
  globalThis.requestAnimationFrame = (callback) => {
    queueMicrotask(callback);
    return 1;
  };
  globalThis.cancelAnimationFrame = () => {};
  // All of it is there at once.
  globalThis.fetch = async () =>
    new Response(new Blob(events), { headers: { "content-type": "text/event-stream" } });
  /** What was seen: how much of it was nothing yet. */
  const seen = [];
  try {
    const { filling } = await askMap(
      { kind: "basins", body: {}, nx: side, ny: side, strides: [8, 1], fields: names },
      {
        signal: new AbortController().signal,
        part: ({ filling: { known } }) => seen.push(known.filter((far) => far === NOTHING).length),
        before: { filling: before, column: (at) => at, row: (at) => at },
      },
    );
    for (const name of names) assert.equal(filling.fields[name][last], 2);
  } finally {
    Object.assign(globalThis, { fetch, requestAnimationFrame, cancelAnimationFrame });
  }
  assert.ok(seen.length > 0);
  assert.ok(seen.every((nothing) => nothing === 0));
});
