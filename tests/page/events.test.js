// Diamonds of events: over their points, beside one another where they would cover each other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventAt, placeEvents } from "../../frontend/charts/events.js";

const trajectory = {};
const trail = { trajectory, pixels: [0, 100, 50, 100, 100, 100], count: 3 };
const measures = /** @type {any} */ ({ font: 12 });
const events = (/** @type {number[]} */ ...steps) =>
  /** @type {any} */ ({
    trajectory,
    list: steps.map((step, i) => ({ n: i + 1, step, kind: "clipped", text: {} })),
  });

test("each stands over the point of its step", () => {
  const placed = placeEvents(events(0, 2), [trail], measures);
  assert.deepEqual(
    placed.map(({ at }) => at[0]),
    [0, 100],
  );
  assert.ok(placed.every(({ at }) => at[1] < 100));
});

test("those of one step do not cover each other, and each is found where it stands", () => {
  const placed = placeEvents(events(1, 1, 1), [trail], measures);
  assert.equal(new Set(placed.map(({ at }) => at.join())).size, 3);
  for (const { at, event } of placed) assert.equal(eventAt(placed, at), event);
  assert.equal(eventAt(placed, [300, 300]), null);
});

test("those of a path that is not shown stand nowhere", () => {
  assert.deepEqual(placeEvents(events(1), [{ ...trail, trajectory: {} }], measures), []);
});
