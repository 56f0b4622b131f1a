// Names at the ends of curves: which of them are told where not all have room, and how wide they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { coursesOf, placeBeside } from "../../frontend/charts/end_names.js";

const LETTER = 8;
const shorten = (text, most) => {
  const cut = text.slice(0, Math.max(4, Math.floor(most / LETTER)));
  return { text: cut, width: LETTER * cut.length };
};
const wanted = (text, at, course) => ({
  ...{ key: text, text, width: LETTER * text.length, at, color: text },
  ...(course === undefined ? {} : { course }),
});
const frame = { left: 0, top: 0, width: 300, height: 100 };
const room = { frame, right: 400, mark: 5, font: 12, shorten };
const told = (placed) => placed.map(({ text }) => text);

test("the selected run is named first, then the ends that are apart from those named", () => {
  const crowd = Array.from({ length: 12 }, (_, k) => wanted(`near ${k}`, [300, 60 + 2 * (k / 12)]));
  const ends = [...crowd, wanted("far", [300, 5]), wanted("mine", [300, 61])];
  const placed = placeBeside(ends, { ...room, selected: "mine" });
  assert.ok(told(placed).some((text) => text.startsWith("mine")));
  assert.ok(told(placed).includes("far"));
  assert.equal(placed[0].text, "far");
  assert.ok(Math.abs(placed[0].at[1] - 5) < 12, "beside its end");
});

test("curves that are one share a name, that of the selected run", () => {
  const ends = Array.from({ length: 6 }, (_, k) => wanted(`twin ${k}`, [300, 50], 0));
  assert.deepEqual(told(placeBeside(ends, room)), ["twin 0 +5"]);
  assert.deepEqual(told(placeBeside(ends, { ...room, selected: "twin 4" })), ["twin 4 +5"]);
});

test("equal ends of other curves share a name only where each would have no room", () => {
  const ends = (count) => Array.from({ length: count }, (_, k) => wanted(`n${k}`, [300, 99], k));
  assert.deepEqual(told(placeBeside(ends(6), room)).sort(), ["n0", "n1", "n2", "n3", "n4", "n5"]);
  assert.deepEqual(told(placeBeside([...ends(9), wanted("apart", [300, 10], 9)], room)), [
    "apart",
    "n0 +8",
  ]);
});

test("a name is as wide as there is room", () => {
  const long = "Momentum · PyTorch, α = 0.1";
  const [early] = placeBeside([wanted(long, [20, 50])], room);
  assert.deepEqual([early.text, early.align], [long, "left"]);
  const [last] = placeBeside([wanted(long, [300, 50])], room);
  assert.equal(last.align, "left");
  // 400 − 300 less the gap of 8.
  assert.equal(last.text, long.slice(0, 11));
});

test("which curves are one and the same", () => {
  assert.deepEqual(
    coursesOf([[1, 2], [1, 3], [1, 2], [1], [1, 3], [Number.NaN]]),
    [0, 1, 0, 3, 1, 5],
  );
});
