// The Scoreboard page's pure parts: staircases, what is asked, the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createFields } from "../../frontend/scoreboard/fields.js";
import { bodyOf, defaultState, tagsOf, withUnknown } from "../../frontend/scoreboard/state.js";

const SURFACES = /** @type {any[]} */ ([
  { id: "bowl", tags: ["convex"], minima: [{}], minima_known: "all" },
  { id: "saddle", tags: ["saddle"], minima: [], minima_known: "all" },
  { id: "well", tags: ["saddle", "multimodal"], minima: [{}, {}], minima_known: "all" },
  { id: "slice", tags: ["deep"], minima: [], minima_known: "none" },
]);
const CATALOG = /** @type {any} */ ({
  surfaces: SURFACES,
  optimizers: [{ id: "sgd" }, { id: "adam" }, { id: "gradient_flow" }],
  limits: { runs: 16, steps: 10_000 },
});

/** @param {object} changes */
const asked = (changes) =>
  bodyOf({ ...defaultState(), ...changes }, SURFACES).surfaces.map(({ id }) => id);

test("a surface without a minimum is never asked for, one without a known one only on demand", () => {
  assert.deepEqual(asked({}), ["bowl", "well"]);
  assert.deepEqual(asked({ unknown: true }), ["bowl", "well", "slice"]);
  assert.deepEqual(asked({ tags: ["saddle"] }), ["well"]);
  assert.deepEqual(asked({ tags: ["deep"], unknown: true }), ["slice"]);
  assert.deepEqual(tagsOf(SURFACES, false), ["convex", "saddle", "multimodal"]);
});

test("a tag that no surface has any more chooses all, not none", () => {
  assert.deepEqual(asked({ tags: ["deep"], unknown: false }), ["bowl", "well"]);
});

test("tags of unknown minima alone go with them, also from an address", () => {
  const chosen = { ...defaultState(), tags: ["deep", "saddle"], unknown: true };
  assert.deepEqual(withUnknown(chosen, false, SURFACES), { unknown: false, tags: ["saddle"] });
  assert.deepEqual(withUnknown(chosen, true, SURFACES).tags, ["deep", "saddle"]);
  const { state, problems } = createFields(CATALOG).read("#tags=convex,deep");
  assert.deepEqual([state.tags, problems], [["convex"], ["tags=deep"]]);
});

test("an address holds all of the state, and says what of it means nothing", () => {
  const { read, write } = createFields(CATALOG);
  const address = "#tags=convex,deep&unknown=1&runs=adam&steps=200&starts=3&tuned=both&shown=tuned";
  const { state, problems } = read(address);
  assert.deepEqual(problems, []);
  assert.deepEqual([state.tags, state.runs, state.tuned], [["convex", "deep"], ["adam"], "both"]);
  assert.equal(write(state), address);
  const wrong = read("#runs=gradient_flow&starts=99&tuned=maybe&steps=1");
  assert.equal(wrong.problems.length, 4);
  assert.deepEqual(wrong.state, defaultState());
});
