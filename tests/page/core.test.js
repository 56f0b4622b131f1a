// The small parts of the core: store, selectors, pace, undo, clock, panels. Time is the test's own.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { BEGINNING, createClock } from "../../frontend/core/clock.js";
import { createPace } from "../../frontend/core/pacing.js";
import { createPanels } from "../../frontend/core/panels.js";
import { isSame, selector } from "../../frontend/core/selectors.js";
import { createStore } from "../../frontend/core/store.js";
import { createUndo } from "../../frontend/core/undo.js";

let now = 0;
mock.method(performance, "now", () => now);
mock.timers.enable({ apis: ["setTimeout"] });
beforeEach(() => {
  now = 0;
});

function pass(milliseconds) {
  now += milliseconds;
  mock.timers.tick(milliseconds);
}

test("a store tells what has changed, and nothing where nothing has", () => {
  const store = createStore({ a: 1, b: NaN });
  const told = [];
  const end = store.subscribe((state, changed, before) =>
    told.push([state.a, [...changed], before.a]),
  );
  store.update({ a: 1 });
  store.update((state) => ({ a: state.a + 1 }));
  end();
  store.update({ a: 3 });
  assert.deepEqual(told, [[2, ["a"], 1]]);
  assert.throws(() => {
    store.get().a = 5;
  });
});

test("a selector computes again only for other values", () => {
  let count = 0;
  const sum = selector(
    (state) => [state.a, state.b],
    (a, b) => {
      count += 1;
      return { sum: a + b };
    },
  );
  const first = sum({ a: 1, b: 2 });
  assert.equal(sum({ a: 1, b: 2, c: 3 }), first);
  assert.deepEqual([sum({ a: 1, b: 3 }).sum, count], [4, 2]);
  // A result that is undefined is a result.
  const nothing = selector(
    () => [],
    () => {
      count += 1;
    },
  );
  nothing();
  nothing();
  assert.equal(count, 3);
});

test("props are the same by their fields", () => {
  assert.equal(isSame({ a: NaN, b: null }, { b: null, a: NaN }), true);
  assert.equal(isSame({ a: undefined }, { b: undefined }), false);
  assert.equal(isSame({ a: 1 }, { a: 1, b: 2 }), false);
  assert.equal(isSame(null, null), true);
  assert.equal(isSame(null, {}), false);
});

test("a drag follows the answers, and its last change is never lost", () => {
  const store = createStore({ a: 0, b: 0 });
  let busy = false;
  const seen = [];
  store.subscribe(({ a, b }) => seen.push([a, b]));
  const pace = createPace(store, () => busy);
  const drag = (a) => pace.change("a", () => ({ a }));
  drag(1);
  busy = true;
  for (const a of [2, 3, 4]) drag(a);
  pace.change("b", ({ a }) => ({ b: a }));
  assert.deepEqual(seen, [[1, 0]]);
  busy = false;
  pace.answered();
  // Of one control the last change counts, and one control's change knows the others'.
  assert.deepEqual(seen, [
    [1, 0],
    [4, 4],
  ]);
  // Where an answer takes long the state goes ahead of it.
  busy = true;
  drag(5);
  pass(149);
  assert.equal(store.get().a, 4);
  pass(1);
  assert.equal(store.get().a, 5);
  pace.answered();
  assert.equal(seen.length, 3);
  drag(6);
  busy = false;
  pace.answered();
  assert.equal(store.get().a, 6);
});

test("undo takes changes back one by one, a drag as a whole, and redo brings them again", () => {
  const store = createStore({ a: 0, b: 0, clock: 0 });
  const undo = createUndo(store, ["a", "b"]);
  assert.equal(undo.undo(), false);
  for (let a = 1; a <= 30; a += 1) {
    pass(100);
    store.update({ a });
  }
  store.update({ clock: 7 });
  store.update({ b: 1 });
  pass(1000);
  store.update({ b: 2 });
  const { a, b } = store.get();
  assert.deepEqual([a, b], [30, 2]);
  const states = [];
  while (undo.undo()) states.push([store.get().a, store.get().b]);
  assert.deepEqual(states, [
    [30, 1],
    [30, 0],
    [0, 0],
  ]);
  assert.equal(store.get().clock, 7);
  assert.deepEqual([undo.canUndo, undo.canRedo], [false, true]);
  undo.redo();
  undo.redo();
  assert.deepEqual([store.get().a, store.get().b], [30, 1]);
  // A change of one's own ends what could be brought again.
  pass(1000);
  store.update({ a: 5 });
  assert.equal(undo.redo(), false);
  undo.undo();
  assert.equal(store.get().a, 30);
});

test("what is changed quietly leaves no trace", () => {
  const store = createStore({ a: 0 });
  const undo = createUndo(store, ["a"]);
  undo.quietly(() => store.update({ a: 1 }));
  assert.equal(undo.canUndo, false);
  store.update({ a: 2 });
  undo.undo();
  assert.equal(store.get().a, 1);
});

function clockOf({ length = 100, speed = 1, loop = false } = {}) {
  const frames = [];
  globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  let time = BEGINNING;
  const settings = { length, speed, loop };
  const clock = createClock({
    get: () => time,
    put: (next) => {
      time = next;
    },
    length: () => settings.length,
    pace: () => settings,
  });
  let at = 0;
  return {
    clock,
    settings,
    frames,
    time: () => time,
    put: (next) => {
      time = next;
    },
    /** Lets time pass, in frames of so many milliseconds. */
    run(milliseconds, frame = 10) {
      for (let passed = 0; passed < milliseconds; passed += frame) {
        at += frame;
        frames.splice(0).forEach((one) => one(at));
      }
    },
  };
}

test("a clock plays sixty steps a second at speed 1, to the last", () => {
  const { clock, run, time, frames } = clockOf();
  clock.play();
  run(10);
  run(500);
  assert.ok(Math.abs(time().at - 30) < 1e-9);
  assert.equal(time().step, Math.floor(time().at));
  assert.equal(time().playing, true);
  run(2000);
  assert.deepEqual(time(), { at: 100, step: 100, playing: false });
  assert.equal(frames.length, 0);
  // Played again it begins anew.
  clock.play();
  assert.equal(time().step, 0);
});

test("only one frame is asked for at a time, and none while it stands", () => {
  const { clock, frames, run } = clockOf();
  clock.play();
  clock.play();
  clock.run();
  assert.equal(frames.length, 1);
  clock.pause();
  run(10);
  assert.equal(frames.length, 0);
});

test("a tab that slept does not jump", () => {
  const { clock, run, time } = clockOf();
  clock.play();
  run(10);
  run(5000, 5000);
  assert.equal(time().step, 6);
});

test("a loop rests at its end and begins again", () => {
  const { clock, run, time } = clockOf({ length: 30, loop: true });
  clock.play();
  run(10);
  run(1000);
  assert.deepEqual([time().step, time().playing], [30, true]);
  run(510);
  assert.ok(time().step < 10);
});

test("seeking stands still, within what there is", () => {
  const { clock, time, run } = clockOf({ length: 30 });
  clock.play();
  clock.seek(12);
  run(100);
  assert.deepEqual(time(), { at: 12, step: 12, playing: false });
  clock.seek(99);
  assert.equal(time().step, 30);
  clock.seek(-1);
  assert.equal(time().step, 0);
  clock.toggle();
  assert.equal(time().playing, true);
  clock.toggle();
  assert.equal(time().playing, false);
});

test("a state that says it is played is played on", () => {
  const { clock, put, run, time } = clockOf();
  put({ at: 10, step: 10, playing: true });
  clock.run();
  run(10);
  run(100);
  assert.ok(Math.abs(time().at - 16) < 1e-9);
});

test("panels are shown once a turn, and only with other props", async () => {
  const store = createStore({ a: 1, b: 1, isThere: true });
  const told = [];
  const panels = createPanels(
    () => ({ state: store.get() }),
    [
      { select: ({ state }) => ({ a: state.a }), show: ({ a }) => told.push(`a ${a}`) },
      {
        select: ({ state }) => (state.isThere ? { b: state.b } : null),
        show: ({ b }) => told.push(`b ${b}`),
        hide: () => told.push("no b"),
      },
    ],
  );
  store.subscribe(() => panels.changed());
  panels.render();
  const change = async (patch) => {
    told.length = 0;
    store.update(patch);
    store.update({ other: Object.keys(patch)[0] });
    await null;
    return [...told];
  };
  assert.deepEqual(told, ["a 1", "b 1"]);
  assert.deepEqual(await change({ a: 2 }), ["a 2"]);
  assert.deepEqual(await change({ isThere: false }), ["no b"]);
  assert.deepEqual(await change({ b: 3 }), []);
  assert.deepEqual(await change({ isThere: true }), ["b 3"]);
  told.length = 0;
  panels.renew();
  await null;
  assert.deepEqual(told, ["a 2", "b 3"]);
});
