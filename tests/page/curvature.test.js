// Regions that curvature decides, against what is known of quadratics and of Himmelblau's function.

import assert from "node:assert/strict";
import { test } from "node:test";
import { convexIn, stableIn } from "../../frontend/descent/regions.js";
import { opacitiesOf } from "../../frontend/scene/tint.js";

const VIEW = { x: [0, 1], y: [0, 1] };
/** @param {number[]} smaller @param {number[]} larger */
const curvature = (smaller, larger) => ({ view: VIEW, width: smaller.length, smaller, larger });

test("a surface is convex where no eigenvalue is negative; where there is none it is not", () => {
  const of = curvature([2, 0, -1e-9, Number.NaN], [9, 9, 9, Number.NaN]);
  assert.deepEqual([...convexIn(of)], [1, 1, 0, 0]);
});

test("gradient descent is stable below 2/λ, heavy ball below 2(1 + β)/λ, Nesterov's below 2(1 + β)/((1 + 2β)λ)", () => {
  const λ = 4;
  const of = curvature([1], [λ]);
  const limits = {
    sgd: [0, 2 / λ],
    momentum: [0.9, (2 * 1.9) / λ],
    nesterov: [0.9, (2 * 1.9) / (2.8 * λ)],
  };
  for (const [optimizer, [momentum, limit]] of Object.entries(limits)) {
    const at = (/** @type {number} */ rate) => stableIn(of, { optimizer, momentum, rate })[0];
    assert.equal(at(limit * 0.999), 1, optimizer);
    assert.equal(at(limit * 1.001), 0, optimizer);
  }
});

test("where nothing curves up any rate is under its limit", () => {
  assert.deepEqual([...stableIn(curvature([-3], [-1]), { optimizer: "sgd", rate: 1e9 })], [1]);
});

test("an edge is denser than what it surrounds, and the side of the picture is no edge", () => {
  const inside = Uint8Array.from([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0]);
  const [within, , edge, outside] = opacitiesOf({ view: VIEW, width: 4, inside, kind: "convex" });
  assert.ok(edge > 2 * within && within > 0 && outside === 0);
});
