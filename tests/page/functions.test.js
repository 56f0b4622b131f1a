// The Functions page without a browser: points in an address, and where marks and names stand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { jacobianNumbers, keptNumbers, MOST } from "../../frontend/functions/layer_sizes.js";
import { apart, leaves, spotOf } from "../../frontend/functions/spots.js";
import {
  clamped,
  defaultState,
  pointsFrom,
  pointsText,
  selectedOf,
} from "../../frontend/functions/state.js";

test("points are read as they are written, and nothing else is", () => {
  const { classes, regression } = defaultState();
  assert.deepEqual(pointsFrom("classes", pointsText(classes)), classes);
  assert.deepEqual(pointsFrom("regression", pointsText(regression)), regression);
  const wrong = [
    "",
    "1",
    "1:0.5:2",
    "0.5:0.5",
    "1:0",
    "1:1",
    "2:0.5",
    "1:0.0005",
    "1:x",
    "1:",
    "1:NaN",
  ];
  for (const text of wrong) assert.equal(pointsFrom("classes", text), undefined, text);
  assert.equal(pointsFrom("regression", Array(13).fill("1:1").join()), undefined);
});

test("a prediction stays within its bounds, and the chosen point among the points", () => {
  assert.equal(clamped("classes", 2), 0.999);
  assert.equal(clamped("classes", -1), 0.001);
  assert.equal(clamped("regression", 1.2345), 1.23);
  assert.equal(selectedOf({ ...defaultState(), point: 9 }), 6);
});

test("names keep their distance and their order", () => {
  assert.deepEqual(apart([10, 12, 11], 5, [0, 100]), [10, 20, 15]);
  assert.deepEqual(apart([98, 99], 5, [0, 100]), [95, 100]);
  assert.deepEqual(apart([-3, 50], 5, [0, 100]), [0, 50]);
});

test("a curve's name stands where it is highest, or where it leaves the picture", () => {
  assert.deepEqual(leaves([9, 6, 4, 2, 0], 5), { index: 2, value: 4 });
  assert.deepEqual(leaves([0, 1, 4, 8, 16], 5), { index: 2, value: 4 });
  assert.deepEqual(leaves([3, 1, 3], 5), { index: 2, value: 3 });
});

test("three curves have three marks of one place", () => {
  assert.equal(new Set([0, 1, 2].map((curve) => spotOf(curve, 4, 5, 3))).size, 3);
});

test("a layer's numbers: each output by each input, against what is kept", () => {
  // 2 × 5 outputs by 2 × 3 inputs.
  assert.equal(jacobianNumbers({ n: 2, m: 3, k: 5 }), 60);
  assert.equal(keptNumbers({ n: 2, m: 3, k: 5 }), 16);
  const largest = { n: MOST, m: MOST, k: MOST };
  assert.ok(Number.isSafeInteger(jacobianNumbers(largest)));
});
