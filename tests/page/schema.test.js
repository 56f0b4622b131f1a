import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fromSlider,
  nextTick,
  problem,
  sliderEnds,
  TICKS,
  toSlider,
} from "../../frontend/forms/schema.js";

const RATE = { type: "number", minimum: 1e-20, maximum: 1e10, scale: "log", slider: [1e-6, 10] };
const DECAY = { type: "number", minimum: 0, exclusiveMaximum: 1, step: 0.001 };
const COUNT = { type: "integer", minimum: 1, maximum: 50 };

test("a slider's ends are its schema's, or those of the surface shown", () => {
  assert.deepEqual(sliderEnds(RATE), [1e-6, 10]);
  assert.deepEqual(sliderEnds(RATE, [1, 2]), [1, 2]);
  assert.deepEqual(sliderEnds(DECAY), [0, 1]);
});

test("equal ways on a logarithmic slider are equal factors", () => {
  assert.equal(fromSlider(RATE, [1e-4, 1], TICKS / 2), 0.01);
  assert.equal(fromSlider(RATE, [1e-4, 1], 0), 1e-4);
  assert.equal(fromSlider(RATE, [1e-4, 1], TICKS), 1);
  // One that begins at 0 has 0 at its end, and seven decades.
  assert.equal(fromSlider(RATE, [0, 100], 0), 0);
  assert.equal(toSlider(RATE, [0, 100], 0), 0);
  assert.equal(toSlider(RATE, [0, 100], 1e-5), 0);
});

test("a slider stands where it was put", () => {
  for (const ticks of [0, 1, 250, 777, 999, TICKS]) {
    assert.equal(toSlider(RATE, [1e-6, 10], fromSlider(RATE, [1e-6, 10], ticks)), ticks);
    assert.equal(toSlider(DECAY, [0, 1], fromSlider(DECAY, [0, 1], ticks)), ticks);
  }
  assert.equal(fromSlider(COUNT, [1, 50], 500), 26);
});

test("a key moves a slider by a number's step at least, and by a tick", () => {
  const coarse = { type: "number", minimum: -6, maximum: 6, step: 0.05 };
  const width = { type: "integer", minimum: 1, maximum: 512, scale: "log" };
  const pressed = (schema, ends, value, way) =>
    fromSlider(
      schema,
      ends,
      nextTick(schema, ends, { ticks: toSlider(schema, ends, value), value }, way),
    );
  assert.equal(pressed(coarse, [-6, 6], 0, 1), 0.05);
  assert.equal(pressed(coarse, [-6, 6], 0, -1), -0.05);
  assert.equal(pressed(coarse, [-6, 6], 6, 1), 6);
  assert.equal(pressed(width, [1, 512], 4, 1), 5);
  assert.equal(pressed(width, [1, 512], 4, -1), 3);
  assert.equal(pressed(COUNT, [1, 50], 26, 1), 27);
  assert.equal(pressed(RATE, [1e-4, 1], 0.01, 1), fromSlider(RATE, [1e-4, 1], 501));
  // A typed one lies between two ticks, or off the slider.
  assert.equal(pressed(coarse, [-6, 6], 0.02, 1), 0.05);
  assert.equal(pressed(COUNT, [10, 20], 25, -1), 20);
});

test("what is wrong is told with what would be accepted", () => {
  for (const good of ["0.05", "0,05", "5e-2", "1e10"]) assert.equal(problem(RATE, good), null);
  for (const none of ["", "  ", "1e", "-", "abc"]) assert.match(problem(RATE, none), /0\.01/);
  assert.match(problem(RATE, "0"), /1e-20 to 1e10/);
  assert.match(problem(RATE, "2e10"), /1e-20 to 1e10/);
  assert.equal(problem(DECAY, "0"), null);
  assert.match(problem(DECAY, "1"), /0 to 1/);
  assert.match(problem(COUNT, "2.5"), /whole/);
  assert.match(problem(COUNT, "51"), /1 to 50/);
});
