// Resources: one request a key, none for what is not wanted any more, and no answer of another key.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createResources } from "../../frontend/core/resources.js";
import { createStore } from "../../frontend/core/store.js";

class Busy extends Error {}

/** A server in the test's hands: each question waits until the test answers it, aborted or not. */
function server() {
  const asked = [];
  return {
    asked,
    ask: (state, { signal, part }) =>
      new Promise((answer, refuse) => {
        const one = { state, signal, part, answer, refuse };
        asked.push(one);
      }),
  };
}

const settled = () => new Promise((done) => setImmediate(done));

function begun({ initial = { key: "a" }, ...more } = {}) {
  const store = createStore({ family: "one", ...initial });
  const one = server();
  const waits = [];
  const errors = [];
  const resources = createResources(
    store,
    [{ name: "it", key: (state) => state.key, ask: one.ask, ...more }],
    {
      isPassing: (error) => error instanceof Busy,
      pass: (error, waited, signal) =>
        new Promise((done, refuse) => {
          waits.push({ error, waited, done });
          signal.addEventListener("abort", () => refuse(signal.reason));
        }),
      onChange() {},
      onError: (name, error) => errors.push([name, error]),
    },
  );
  resources.begin();
  return { store, resources, it: () => resources.answers.it, waits, errors, ...one };
}

test("nothing is asked for where nothing is wanted", () => {
  const { asked, it } = begun({ initial: { key: null } });
  assert.equal(asked.length, 0);
  assert.equal(it().status, "nothing");
});

test("a key is asked for once, whatever else changes", async () => {
  const { store, asked, it } = begun();
  for (let other = 0; other < 20; other += 1) store.update({ other });
  assert.equal(asked.length, 1);
  assert.equal(it().status, "asking");
  asked[0].answer("A");
  await settled();
  assert.deepEqual([it().status, it().value, it().valueKey], ["ready", "A", "a"]);
  store.update({ other: "more" });
  assert.equal(asked.length, 1);
});

test("another key ends the request of the one before, whose answer is never shown", async () => {
  const { store, asked, it } = begun();
  store.update({ key: "b" });
  assert.equal(asked[0].signal.aborted, true);
  asked[0].answer("A");
  asked[0].part("A, in part");
  await settled();
  assert.deepEqual([it().status, it().value], ["asking", null]);
  asked[1].answer("B");
  await settled();
  assert.deepEqual([it().status, it().value, it().valueKey], ["ready", "B", "b"]);
});

test("an earlier value stays until the next comes, and is told apart", async () => {
  const { store, asked, it } = begun();
  asked[0].answer("A");
  await settled();
  store.update({ key: "b" });
  assert.deepEqual([it().status, it().key, it().value, it().valueKey], ["asking", "b", "A", "a"]);
  // Back before it is answered: what is there is what is wanted.
  store.update({ key: "a" });
  assert.deepEqual([it().status, it().value], ["ready", "A"]);
  assert.equal(asked.length, 2);
  assert.equal(asked[1].signal.aborted, true);
});

test("a value of another family is dropped at once", async () => {
  const { store, asked, it } = begun({ family: (state) => state.family });
  asked[0].answer("A");
  await settled();
  store.update({ key: "b", family: "other" });
  assert.deepEqual([it().status, it().value, it().valueKey], ["asking", null, null]);
});

test("what is not wanted any more is gone", async () => {
  const { store, asked, it } = begun();
  asked[0].answer("A");
  await settled();
  store.update({ key: null });
  assert.deepEqual([it().status, it().value, it().key], ["nothing", null, null]);
});

test("parts are shown on the way", async () => {
  const { asked, it } = begun();
  asked[0].part("A, in part");
  assert.deepEqual([it().status, it().value], ["asking", "A, in part"]);
  asked[0].answer("A");
  await settled();
  assert.deepEqual([it().status, it().value], ["ready", "A"]);
});

test("a refusal clears what was there, is told once, and asked again only on demand", async () => {
  const { store, asked, it, errors, resources } = begun();
  asked[0].answer("A");
  await settled();
  store.update({ key: "b" });
  const refusal = new Error("no");
  asked[1].refuse(refusal);
  await settled();
  assert.deepEqual([it().status, it().value, it().error], ["refused", null, refusal]);
  store.update({ other: 1 });
  assert.equal(asked.length, 2);
  assert.deepEqual(errors, [["it", refusal]]);
  resources.again("it");
  assert.deepEqual([it().status, it().error], ["asking", null]);
  asked[2].answer("B");
  await settled();
  assert.equal(it().value, "B");
});

test("a passing failure is waited for, and then asked with what is wanted by then", async () => {
  const { store, asked, it, waits, resources } = begun();
  assert.equal(resources.isBusy(), true);
  asked[0].refuse(new Busy());
  await settled();
  assert.equal(it().status, "waiting");
  assert.equal(resources.isBusy(), false);
  // Nothing more is asked of a server that is busy.
  store.update({ key: "b" });
  store.update({ key: "c" });
  await settled();
  assert.equal(asked.length, 1);
  waits[0].done();
  await settled();
  assert.deepEqual([asked.length, asked[1].state.key, it().status], [2, "c", "asking"]);
  asked[1].answer("C");
  await settled();
  assert.deepEqual([it().status, it().value, it().valueKey, it().error], ["ready", "C", "c", null]);
});

test("who stops wanting it while it waits is not asked for", async () => {
  const { store, asked, it, waits } = begun();
  asked[0].refuse(new Busy());
  await settled();
  store.update({ key: null });
  waits[0].done();
  await settled();
  assert.equal(asked.length, 1);
  assert.equal(it().status, "nothing");
});

test("one may depend on what another has answered", async () => {
  const store = createStore({ key: "a" });
  const [first, second] = [server(), server()];
  const seen = [];
  const resources = createResources(
    store,
    [
      { name: "first", key: (state) => state.key, ask: first.ask },
      { name: "second", key: (_, answers) => answers.first.value, ask: second.ask },
    ],
    { isPassing: () => false, pass: async () => {}, onChange: () => seen.push(1) },
  );
  resources.begin();
  assert.equal(second.asked.length, 0);
  first.asked[0].answer("A");
  await settled();
  assert.equal(resources.answers.second.key, "A");
  assert.equal(second.asked.length, 1);
});

test("onReady may change the state without another question of the same key", async () => {
  const store = createStore({ key: "a", rates: null });
  const one = server();
  const resources = createResources(
    store,
    [
      {
        name: "it",
        key: (state) => state.key,
        ask: one.ask,
        onReady: (value) => store.update({ rates: value }),
      },
    ],
    { isPassing: () => false, pass: async () => {}, onChange() {} },
  );
  resources.begin();
  one.asked[0].answer("A");
  await settled();
  assert.equal(store.get().rates, "A");
  assert.deepEqual([one.asked.length, resources.answers.it.status], [1, "ready"]);
});

test("who comes back to what was there in part has all of it asked for again", async () => {
  const { store, asked, it } = begun();
  asked[0].part("A, in part");
  store.update({ key: "b" });
  store.update({ key: "a" });
  assert.equal(it().status, "asking");
  assert.deepEqual(
    asked.map(({ state }) => state.key),
    ["a", "b", "a"],
  );
  asked[2].answer("A");
  await settled();
  assert.deepEqual([it().status, it().value], ["ready", "A"]);
});
