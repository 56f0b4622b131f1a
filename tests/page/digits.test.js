// How few digits name a pixel of a map whose axes are numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createFilling, fill } from "../../frontend/maps/filling.js";
import { valuesOf } from "../../frontend/numbers/axes.js";
import { shortest, takenFrom } from "../../frontend/numbers/digits.js";

test("a pixel's numbers have as few digits as lie within it, and all where a border may run through it", () => {
  const axis = { name: "learning_rate", from: 0.01, to: 1, scale: "log" };
  const x = valuesOf(axis, 64);
  const y = valuesOf({ name: "momentum", from: 0, to: 0.9, scale: "linear" }, 64);
  for (const values of [x, y]) {
    for (let k = 0; k < 64; k += 1) {
      const short = shortest(values, k);
      const nearest = values.reduce(
        (best, one, at) => (Math.abs(one - short) < Math.abs(values[best] - short) ? at : best),
        0,
      );
      assert.equal(nearest, k);
      assert.ok(short >= values[0] && short <= values[63]);
      assert.ok(String(short).length <= 6, String(short));
    }
  }
  // A zoom in which neighbours differ in their last digits only.
  const deep = valuesOf({ ...axis, from: 0.123456789012, to: 0.123456789013, scale: "linear" }, 64);
  for (let k = 0; k < 64; k += 1) {
    const short = shortest(deep, k);
    assert.equal(new Set([deep[k - 1], short, deep[k + 1]]).size, 3);
    assert.ok(Math.abs(short - deep[k]) < 0.5 * (deep[1] - deep[0]));
  }
  // Steps from −0.3 to 0.6 meet 0 as −5.6e−17.
  for (const count of [64, 256, 1024]) {
    const across = valuesOf({ name: "x", from: -0.3, to: 0.6, scale: "linear" }, count);
    const zero = across.findIndex((one) => Math.abs(one) < 1e-9);
    assert.ok(across[zero] !== 0 && shortest(across, zero) === 0);
  }
  const filling = createFilling(64, 64, [1]);
  const diverged = Uint8Array.from({ length: 4096 }, (_, pixel) => (pixel % 64 > 40 ? 1 : 0));
  const map = { filling, values: { x, y } };
  const at = (column, row) => takenFrom(map, row * 64 + column);
  assert.deepEqual(at(10, 7), { x: x[10], y: y[7] }, "nothing has come");
  fill(filling, { stride: 1, first: 0, count: 4096, fields: { diverged } });
  assert.deepEqual(at(10, 7), { x: shortest(x, 10), y: 0.1 });
  for (const column of [40, 41]) assert.deepEqual(at(column, 7), { x: x[column], y: y[7] });
  assert.equal(at(39, 7).x, shortest(x, 39));
});
