// A scene's pure parts: what a prediction is worth, its address, its neighbours, the cross.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCodec, field } from "../../frontend/core/codec.js";
import { createSceneAddress, predictionFrom, sceneFields } from "../../frontend/scenes/address.js";
import { crossMoved } from "../../frontend/scenes/cross.js";
import { isHidden, NO_SCENE } from "../../frontend/scenes/phases.js";
import { fitting, middleOf, neighboursOf, verdictOf } from "../../frontend/scenes/verdict.js";

const choices = { kind: "choices", options: [{}, {}, {}], right: 1 };
const number = { kind: "number", right: 50, low: 1, high: 1000, within: 0.2, scale: "linear" };
const tap = { kind: "tap", run: 0, start: 0, within: 0.5 };

test("a choice is right or not; what is none of them was not said", () => {
  assert.equal(verdictOf(choices, 1, null).word, "right");
  assert.equal(verdictOf(choices, 2, null).word, "wrong");
  for (const answer of [null, 3, -1, 0.5, [1, 2]]) {
    assert.equal(verdictOf(choices, answer, null).word, "none");
  }
});

test("a number is near within its part, over decades within a factor", () => {
  assert.equal(verdictOf(number, 60, null).word, "right");
  assert.equal(verdictOf(number, 60.5, null).word, "wrong");
  const tiny = { ...number, right: 1e-12, low: 1e-20, high: 1, within: 9, scale: "log" };
  assert.equal(verdictOf(tiny, 1e-11, null).word, "right");
  assert.equal(verdictOf(tiny, 1e-13, null).word, "right");
  assert.equal(verdictOf(tiny, 2e-11, null).word, "wrong");
  assert.equal(fitting(number, 1001), null);
});

test("a tap is judged by its distance to the end", () => {
  assert.deepEqual(verdictOf(tap, [3, 4], [0, 0]), { word: "wrong", distance: 5 });
  assert.deepEqual(verdictOf(tap, [0.3, 0.4], [0, 0]), { word: "right", distance: 0.5 });
  assert.equal(verdictOf(tap, [3, 4], null).word, "none");
  assert.equal(fitting(tap, 1), null);
});

test("a slider begins in the middle, over decades in that of powers", () => {
  assert.equal(middleOf({ low: 0, high: 10, right: 0.5, scale: "linear" }), 5);
  assert.equal(middleOf({ low: 1, high: 100, right: 0.5, scale: "log" }), 10);
  // Points and steps are counted; shares are not.
  assert.equal(middleOf({ low: 1, high: 6, right: 4, scale: "linear" }), 4);
  assert.equal(middleOf({ low: 1, high: 6, right: 4.2, scale: "linear" }), 3.5);
});

test("the first key puts the cross down, others move it within what is seen", () => {
  const view = { x: [-2, 2], y: [0, 1] };
  const key = (name, shiftKey = false) => ({ key: name, shiftKey });
  assert.deepEqual(crossMoved(key("ArrowLeft"), null, view), [0, 0.5]);
  assert.equal(crossMoved(key("a"), [0, 0.5], view), null);
  const [x] = crossMoved(key("ArrowRight"), [0, 0.5], view);
  const [near] = crossMoved(key("ArrowRight", true), [0, 0.5], view);
  assert.ok(0 < near && near < x);
  assert.deepEqual(crossMoved(key("ArrowUp"), [0, 1], view), [0, 1]);
});

test("neighbours are those of the lecture, and none beyond its ends", () => {
  const all = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const ids = ({ previous, next }) => [previous?.id, next?.id];
  assert.deepEqual(ids(neighboursOf(all, "b")), ["a", "c"]);
  assert.deepEqual(ids(neighboursOf(all, "a")), [undefined, "b"]);
  assert.deepEqual(ids(neighboursOf(all, "none")), [undefined, undefined]);
});

test("only an open question hides", () => {
  const open = ["question", "transfer"];
  for (const phase of ["question", "shown", "why", "transfer", "done"]) {
    assert.equal(isHidden({ scene: "a", phase }), open.includes(phase));
    assert.equal(isHidden({ scene: null, phase }), false);
  }
});

test("an answer is read as it is written, and nothing else is", () => {
  assert.equal(predictionFrom("2"), 2);
  assert.deepEqual(predictionFrom("-1.5,2e-3"), [-1.5, 0.002]);
  for (const text of ["", "a", "1,2,3", "1,", "Infinity"]) {
    assert.equal(predictionFrom(text), undefined);
  }
});

// A page of one number, whose scene has 3.
const codec = createCodec([
  field({ name: "depth", fallback: 1, read: (text) => Number(text) }),
  ...sceneFields,
]);
const ROOT = "http://localhost/";
const address = createSceneAddress(
  [{ id: "deep", page: "signal", address: "signal.html#depth=3" }],
  "signal.html",
  {
    read(hash) {
      const state = { depth: 1, language: null, theme: null, large: false, ...NO_SCENE };
      return { state, problems: codec.read(hash, state, null) };
    },
    write: (state) => codec.write(state, null),
    settings: ({ depth }) => String(depth),
  },
);

test("a scene's address alone is its question; a change is written, and read again", () => {
  globalThis.location = { href: `${ROOT}scene/deep`, pathname: "/scene/deep" };
  const { state } = address.read(`${ROOT}scene/deep`);
  assert.deepEqual(
    [state.scene, state.phase, state.answer, state.depth],
    ["deep", "question", null, 3],
  );
  assert.equal(address.write(state), `${ROOT}scene/deep`);
  const shown = { ...state, phase: "shown", answer: 1 };
  assert.equal(address.write(shown), `${ROOT}scene/deep#phase=shown&answer=1`);
  assert.deepEqual(address.read(address.write(shown)).state, shown);
  const changed = { ...shown, depth: 7 };
  assert.ok(address.isOther(changed, "signal.html#depth=3"));
  assert.deepEqual(address.read(address.write(changed)).state, changed);
  const laboratory = { ...changed, scene: null, origin: "deep" };
  assert.equal(
    address.write(laboratory),
    `${ROOT}signal.html#depth=7&from=deep&phase=shown&answer=1`,
  );
  assert.deepEqual(address.read(address.write(laboratory)).state, laboratory);
});
