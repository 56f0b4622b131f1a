// The limits of rates, against the recurrences themselves on f(x) = λx²/2.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shapeOf, stabilityOf } from "../../frontend/descent/stability.js";

const CURVATURE = 7;
const CRITICAL = 2 / CURVATURE;
const STEPS = 20_000;

/** Where each optimizer is after many steps from 1, as its own paper has it. */
const walks = {
  sgd(rate) {
    let x = 1;
    for (let k = 0; k < STEPS; k += 1) x -= rate * CURVATURE * x;
    return x;
  },
  momentum(rate, beta) {
    let [x, v] = [1, 0];
    for (let k = 0; k < STEPS; k += 1) {
      v = beta * v - rate * CURVATURE * x;
      x += v;
    }
    return x;
  },
  nesterov(rate, beta) {
    let [x, v] = [1, 0];
    for (let k = 0; k < STEPS; k += 1) {
      v = beta * v - rate * CURVATURE * (x + beta * v);
      x += v;
    }
    return x;
  },
};

for (const optimizer of Object.keys(walks)) {
  for (const momentum of optimizer === "sgd" ? [0] : [0, 0.5, 0.9]) {
    test(`${optimizer} with momentum ${momentum} stays under its limit, and leaves above it`, () => {
      const told = (rate) => stabilityOf({ optimizer, rate, momentum, critical: CRITICAL });
      const limit = told(1).times * CRITICAL;
      assert.ok(Math.abs(walks[optimizer](0.99 * limit, momentum)) < 1e-3);
      assert.equal(told(0.99 * limit).is, "stable");
      assert.ok(!(Math.abs(walks[optimizer](1.01 * limit, momentum)) < 1e3));
      assert.equal(told(1.01 * limit).is, "unstable");
      assert.equal(told(limit).is, "edge");
      assert.ok(Math.abs(told(0.3 * limit).ratio - 0.3) < 1e-12);
    });
  }
}

test("what scales its steps, or shrinks them besides, has no such limit", () => {
  assert.equal(stabilityOf({ optimizer: "adam", rate: 1, critical: 0.1 }), null);
  assert.equal(stabilityOf({ optimizer: "constructor", rate: 1, critical: 0.1 }), null);
  assert.equal(stabilityOf({ optimizer: "sgd", rate: 1, critical: null }), null);
  assert.equal(stabilityOf({ optimizer: "sgd", rate: 1, weightDecay: 0.1, critical: 1 }), null);
});

test("a surface is called by the signs of its curvature", () => {
  const shapes = [
    [[1, 10], "bowl"],
    [[2, 2], "round"],
    [[0, 3], "trough"],
    [[1e-17, 3], "trough"],
    [[-1, 5], "saddle"],
    [[-5, 0], "ridge"],
    [[-5, -1], "dome"],
    [[0, 0], "flat"],
  ];
  for (const [eigenvalues, shape] of shapes) assert.equal(shapeOf(eigenvalues), shape);
});
