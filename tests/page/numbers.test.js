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
import { createFields } from "../../frontend/numbers/fields.js";
import { logsOf, lowestOf, lowestOfMap } from "../../frontend/numbers/lowest.js";
import {
  networkAxis,
  PRESETS,
  presetOf,
  stridesOf,
  WHOLE,
} from "../../frontend/numbers/networks.js";
import { numbersOf, withNumber } from "../../frontend/numbers/numbers.js";
import { stabilityRequest, whatOf } from "../../frontend/numbers/requests.js";
import { defaultState, settled, wholeAxes } from "../../frontend/numbers/state.js";
import { placesOf } from "../../frontend/numbers/theory.js";
import { newRun } from "../../frontend/runs/run.js";

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
  const run = { numbers: {}, threshold: null, clipping: null, noise: 0, regularization: {} };
  const settings = { parameters: { a: 1 }, run };
  assert.equal(withNumber(settings, "momentum", 0.5).run.numbers.momentum, 0.5);
  assert.deepEqual(withNumber(settings, "surface.a", 2).parameters, { a: 2 });
  assert.deepEqual(withNumber(settings, "surface.a", undefined).parameters, {});
  const clipped = withNumber(settings, "clipping.threshold", 3).run;
  assert.deepEqual([clipped.clipping, clipped.threshold], ["norm", 3]);
  assert.equal(withNumber(settings, "gradient_noise", 0.1).run.noise, 0.1);
  const decayed = withNumber(settings, "regularization.weight_decay", 0.2);
  assert.deepEqual(decayed.run.regularization, { weight_decay: 0.2 });
  const again = withNumber(decayed, "regularization.weight_decay", undefined);
  assert.deepEqual(again.run.regularization, {});
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

/** As the server declares them, but for what no test reads. */
const number = { type: "number", minimum: 0, maximum: 1e10, slider: [1e-6, 10], default: 0.1 };
const declared = (id, names, reference_only = false) => ({
  id,
  reference_only,
  conventions: { lecture: { defaults: {} } },
  parameters: { properties: Object.fromEntries(names.map((name) => [name, number])) },
});
const surface = (id, names, minima) => ({
  ...declared(id, names),
  start: [1, 1],
  minima,
  axes: names.filter((name) => name !== "size"),
});
const CATALOG = {
  optimizers: [
    declared("gradient_flow", ["learning_rate"], true),
    declared("sgd", ["learning_rate"]),
    declared("momentum", ["learning_rate", "momentum"]),
  ],
  surfaces: [
    surface("bowl", ["condition_number"], [{ loss: 2 }, { loss: 1 }]),
    surface("plain", [], [{ loss: 0 }]),
    surface("points", ["delta", "size"], [{ loss: 0 }]),
  ],
  clippings: [{ id: "norm", parameters: { properties: { threshold: number } } }],
  gradient_noise: number,
  regularization: { properties: { l2: number, l1: number, weight_decay: number } },
  limits: { steps: 10_000, formula: 100, coordinate: 1e6, points_rows: 100, label: 10 },
};

test("a map is of the same while only its view and its detail are others", () => {
  const state = { ...defaultState(CATALOG), x: RATE, y: MOMENTUM };
  const what = (changes) =>
    whatOf("stability", stabilityRequest(CATALOG, { ...state, ...changes }));
  const same = what({});
  assert.equal(what({ x: { ...RATE, from: 0.02, to: 0.5 }, detail: 64 }), same);
  // What stands on an axis is no setting of the map.
  assert.equal(what({ run: { ...state.run, numbers: { momentum: 0.3 } } }), same);
  for (const changes of [
    { steps: 7 },
    { seed: 1 },
    { starts: [[0, 1]] },
    { parameters: { condition_number: 3 } },
    { run: { ...state.run, optimizer: "sgd" } },
    { run: { ...state.run, noise: 0.5 } },
    { surface: "formula", formula: "x^4" },
    { x: { ...RATE, scale: "linear" } },
    { x: MOMENTUM, y: RATE },
  ]) {
    assert.notEqual(what(changes), same, JSON.stringify(changes));
  }
});

test("all numbers of a run may stand on an axis, and of a surface those that the server maps", () => {
  const names = (id, on) => {
    const optimizer = CATALOG.optimizers.find((one) => one.id === id);
    return numbersOf(CATALOG, { surface: on, parameters: {}, run: newRun(optimizer) }).map(
      ({ name }) => name,
    );
  };
  const penalties = ["regularization.l2", "regularization.l1"];
  const training = ["clipping.threshold", ...penalties, "regularization.weight_decay"];
  assert.deepEqual(names("momentum", "formula"), [
    ...["learning_rate", "momentum"],
    ...[...training, "gradient_noise"],
  ]);
  // What makes other points is no axis, and a method that asks for more than a gradient is given it whole.
  assert.deepEqual(names("gradient_flow", "points"), [
    "learning_rate",
    ...penalties,
    "surface.delta",
  ]);
});

test("axes that a surface has not are its own again, and an address may have any of them", () => {
  const { read, write } = createFields(CATALOG);
  const text =
    "view=stability&surface=formula&formula=x^2&run=gradient_flow&x=regularization.l2:0:1";
  const { state, problems } = read(`#${text}`);
  assert.deepEqual([problems, state.x.name], [[], "regularization.l2"]);
  assert.match(write(state), /x=regularization\.l2:0:1/);
  const across = { ...state, surface: "points", x: { ...RATE, name: "surface.delta" } };
  assert.equal(settled(CATALOG, across).x, across.x);
  assert.equal(settled(CATALOG, { ...across, surface: "plain" }).x, null);
});

test("the lowest loss is known for the surface as it is declared, and for no other of a map", () => {
  const bowl = { surface: "bowl", points: null, parameters: {} };
  assert.equal(lowestOf(CATALOG, bowl), 1);
  assert.equal(lowestOf(CATALOG, { ...bowl, parameters: { condition_number: 2 } }), null);
  assert.equal(lowestOf(CATALOG, { ...bowl, surface: "formula" }), null);
  const across = { name: "surface.condition_number", from: 1, to: 9, scale: "linear" };
  assert.equal(lowestOfMap(CATALOG, bowl, { x: RATE, y: MOMENTUM }), 1);
  assert.equal(lowestOfMap(CATALOG, bowl, { x: RATE, y: across }), null);
});

test("losses stand above the lowest; what is at it or not finite has no place", () => {
  assert.deepEqual(logsOf([101, 11, 1, NaN, 2, Infinity], 1), {
    steps: [0, 1, 4],
    logs: [2, 1, 0],
  });
  for (const all of [[1, 1], [NaN, Infinity], [0.5]]) assert.deepEqual(logsOf(all, 1).logs, []);
  // Where nobody knows it: as they are, or above the path's least.
  assert.deepEqual(logsOf([100, 10], null), { steps: [0, 1], logs: [2, 1] });
  assert.deepEqual(logsOf([5, -95, 905, -Infinity], null), { steps: [0, 2], logs: [2, 3] });
});

test("beside the rate stands what the rule has, or else the surface's own number", () => {
  const beside = (id, surface) => {
    const run = newRun(CATALOG.optimizers.find((one) => one.id === id));
    return wholeAxes(CATALOG, { ...defaultState(CATALOG), surface, run }).y.name;
  };
  assert.equal(beside("momentum", "points"), "momentum");
  assert.equal(beside("gradient_flow", "points"), "surface.delta");
  assert.equal(beside("gradient_flow", "formula"), "regularization.l2");
});
