// Maps whose axes are numbers: how values are spaced, what an address says of an axis, and what colours say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createFilling, fill } from "../../frontend/maps/filling.js";
import {
  axesOver,
  axisFrom,
  axisOf,
  axisText,
  magnification,
  spaced,
  valuesOf,
  viewOf,
} from "../../frontend/numbers/axes.js";
import { byMeasure, byRank, ramp } from "../../frontend/numbers/colours.js";
import {
  networkAxis,
  PRESETS,
  presetOf,
  stridesOf,
  WHOLE,
} from "../../frontend/numbers/networks.js";
import { withNumber } from "../../frontend/numbers/numbers.js";
import { placesOf } from "../../frontend/numbers/theory.js";

const RATE = { name: "learning_rate", from: 0.01, to: 1, scale: "log" };
const MOMENTUM = { name: "momentum", from: 0, to: 0.999, scale: "linear" };
const BOUNDS = { x: [1e-20, 1e10], y: [0, 0.999] };

test("values have equal steps or equal factors, ends included and exact", () => {
  const log = valuesOf(RATE, 5);
  assert.deepEqual([log[0], log[4]], [0.01, 1]);
  for (let i = 1; i < 5; i += 1)
    assert.ok(Math.abs(log[i] / log[i - 1] / Math.sqrt(10) - 1) < 1e-14);
  assert.deepEqual([...valuesOf({ ...MOMENTUM, to: 1 }, 5)], [0, 0.25, 0.5, 0.75, 1]);
});

test("a view that leaves the bounds of a number is moved back, or cut", () => {
  const axes = { x: RATE, y: MOMENTUM };
  const whole = viewOf(axes);
  const lower = { x: whole.x, y: [-0.5, 0.25] };
  const moved = axesOver(axes, lower, BOUNDS);
  assert.deepEqual([moved.y.from, moved.y.to], [0, 0.75]);
  const wide = axesOver(axes, { x: whole.x, y: [-3, 3] }, BOUNDS);
  assert.deepEqual([wide.y.from, wide.y.to], [0, 0.999]);
  assert.deepEqual([moved.x.from, moved.x.to], [0.01, 1]);
});

test("a deep zoom keeps as many digits as it needs", () => {
  const axes = { x: RATE, y: MOMENTUM };
  const at = Math.log10(0.123456789012);
  const deep = axesOver(axes, { x: [at - 1e-9, at + 1e-9], y: [0.2, 0.3] }, BOUNDS);
  const view = viewOf(deep);
  assert.ok(Math.abs(view.x[1] - view.x[0] - 2e-9) < 2e-12);
  assert.ok(Math.abs(magnification(viewOf(axes), view) / 1e9 - 1) < 1e-2);
});

test("an axis is read from an address as it was written; nonsense is no axis", () => {
  const bounds = (name) => ({ learning_rate: [1e-20, 1e10], momentum: [0, 0.999] })[name] ?? null;
  for (const axis of [RATE, MOMENTUM]) assert.deepEqual(axisFrom(axisText(axis), bounds), axis);
  const wrong = ["learning_rate:1:0.1", "learning_rate:0:1:log", "momentum:0:1", "nothing:0:1"];
  for (const text of [...wrong, "learning_rate:1", "learning_rate:1:2:cubic", "learning_rate::2"]) {
    assert.equal(axisFrom(text, bounds), undefined, text);
  }
});

test("an axis begins round the value of its number, and may be spaced otherwise", () => {
  const rate = { name: "learning_rate", schema: { scale: "log", slider: [1e-6, 10] } };
  assert.deepEqual(axisOf(rate, 0.086), { ...RATE, from: 0.0009, to: 0.9 });
  const noise = { name: "gradient_noise", schema: { scale: "log", slider: [0, 1000] } };
  const from = axisOf(noise, 0);
  assert.ok(from.from > 0 && from.from < from.to && from.scale === "log");
  const log = spaced(MOMENTUM, "log");
  assert.ok(log.from > 0 && log.scale === "log");
  assert.deepEqual(spaced(RATE, "linear"), { ...RATE, scale: "linear" });
});

test("a number goes where it lives, and back to its default", () => {
  const run = { numbers: {}, threshold: null, clipping: null, noise: 0 };
  const settings = { parameters: { a: 1 }, run };
  assert.equal(withNumber(settings, "momentum", 0.5).run.numbers.momentum, 0.5);
  assert.deepEqual(withNumber(settings, "surface.a", 2).parameters, { a: 2 });
  assert.deepEqual(withNumber(settings, "surface.a", undefined).parameters, {});
  const clipped = withNumber(settings, "clipping.threshold", 3).run;
  assert.deepEqual([clipped.clipping, clipped.threshold], ["norm", 3]);
  assert.equal(withNumber(settings, "gradient_noise", 0.1).run.noise, 0.1);
});

/** A map of one row, whole. */
function rowOf(fields, axes = { x: RATE, y: MOMENTUM }) {
  const count = fields.diverged.length;
  const filling = createFilling(count, 1, [1]);
  fill(filling, { stride: 1, first: 0, count, fields });
  return { filling, axes };
}
const LOOK = {
  colors: ["#ffffff", "#000000"],
  none: "#ff0000",
  lowest: 0,
  steps: 100,
};

test("a lower loss is brighter, divergence is seen through, and what never arrives has a colour of its own", () => {
  const coming = rowOf({
    loss: Float32Array.of(1e-6, 1e-3, 1, 5),
    steps: Int32Array.of(10, 50, -1, -1),
    diverged: Uint8Array.of(0, 0, 0, 1),
  });
  const { colourOf, bars } = byMeasure(coming, "loss", LOOK);
  const bright = [0, 1, 2].map((pixel) => colourOf(pixel, pixel, 0) & 255);
  assert.ok(bright[0] === 255 && bright[1] > bright[2] && bright[2] === 0, String(bright));
  assert.equal(colourOf(3, 3, 0), 0);
  const ticks = bars[0].ticks.map(({ at, value }) => [at, Math.log10(value)]);
  for (const [at, power] of ticks) assert.ok(Math.abs(at - (power + 6) / 6) < 1e-9);
  const steps = byMeasure(coming, "steps", LOOK);
  assert.equal(steps.colourOf(2, 2, 0), 0xff0000ff);
  assert.ok((steps.colourOf(0, 0, 0) & 255) > (steps.colourOf(1, 1, 0) & 255));
});

test("where the lowest loss is not known it is the map's own; a rate of one is the worst", () => {
  const coming = rowOf({
    loss: Float32Array.of(-3, -2, 8),
    rate: Float32Array.of(0.5, 0.999, 1),
    diverged: Uint8Array.of(0, 0, 0),
  });
  const { colourOf } = byMeasure(coming, "loss", { ...LOOK, lowest: null });
  assert.ok((colourOf(0, 0, 0) & 255) > (colourOf(1, 1, 0) & 255));
  const rate = byMeasure(coming, "rate", LOOK);
  const seen = [0, 1, 2].map((pixel) => rate.colourOf(pixel, pixel, 0) & 255);
  assert.ok(seen[0] > seen[1] && seen[1] > seen[2], String(seen));
});

test("ranks have two halves: each side pale where it was fast, dark where it was slow", () => {
  const colors = ["#ff0000", "#ffffff", "#0000ff"];
  const coming = rowOf({
    rate: Float32Array.of(0.1, 0.9, 0.1, 0.9),
    diverged: Uint8Array.of(0, 0, 1, 1),
  });
  const { colourOf } = byRank(coming, colors);
  const [red, blue] = [(at) => colourOf(at) & 255, (at) => (colourOf(at) >> 16) & 255];
  assert.ok(blue(0) === 255 && blue(1) === 255 && red(0) > red(1));
  assert.ok(red(2) === 255 && red(3) === 255 && blue(2) > blue(3));
  assert.equal(ramp(colors)[0], 0xff0000ff);
});

test("a line of theory is straight in numbers: curved where an axis is logarithmic", () => {
  const line = { id: "limit", x: [0.2, 0.4], y: [0, 1] };
  const axes = { x: RATE, y: { ...MOMENTUM, to: 1 } };
  const places = placesOf(line, axes);
  for (const [x, y] of places) assert.ok(Math.abs(10 ** x - 0.2 * (1 + y)) < 1e-12);
  assert.ok(places.length > 20);
  assert.deepEqual(places.at(-1), [Math.log10(0.4), 1]);
});

test("levels of networks are halved; a preset is known however far it is zoomed", () => {
  assert.deepEqual(stridesOf(64), [1]);
  assert.deepEqual(stridesOf(256), [4, 2, 1]);
  assert.deepEqual(stridesOf(1024), [16, 8, 4, 2, 1]);
  const zoomed = { ...WHOLE.x, from: 3, to: 4 };
  assert.equal(presetOf({ ...PRESETS.paper, across: zoomed }), "paper");
  assert.equal(presetOf({ ...PRESETS.small, up: networkAxis("initial_scale") }), undefined);
});
