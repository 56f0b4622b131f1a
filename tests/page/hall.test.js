// Where a lecturer is, as phones that follow are told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../frontend/hall/place.js";

test("a step is the clock's; where nothing moves it says whether the answer is seen", () => {
  const scene = "basins";
  const told = (phase, clock) => placeOf({ scene, phase, clock });
  assert.deepEqual(told("shown", { step: 7 }), { scene, step: 7, transfer: false });
  assert.equal(told("question", { step: -1 }).step, 0);
  const steps = ["question", "shown", "why", "transfer", "done"].map((phase) => told(phase).step);
  assert.deepEqual(steps, [0, 1, 1, 0, 1]);
  // A network that is not trained yet, or never.
  const signal = { scene, clock: { step: 0 }, trained: [] };
  assert.deepEqual(
    ["question", "shown"].map((phase) => placeOf({ ...signal, phase }).step),
    [0, 1],
  );
  assert.equal(placeOf({ ...signal, trained: [{}], phase: "shown" }).step, 0);
  assert.equal(told("transfer").transfer && told("done").transfer, true);
  assert.deepEqual(placeOf({ phase: "shown" }), { scene: null, step: 0, transfer: false });
});
