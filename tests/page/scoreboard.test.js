// The Scoreboard page's pure parts: staircases, what is asked, the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsAsCsv } from "../../frontend/scoreboard/csv.js";
import { createFields } from "../../frontend/scoreboard/fields.js";
import { namesOf } from "../../frontend/scoreboard/names.js";
import {
  bodyOf,
  createQuestion,
  defaultState,
  picked,
  runsOf,
  tagsOf,
  withUnknown,
} from "../../frontend/scoreboard/state.js";

const SURFACES = /** @type {any[]} */ ([
  { id: "bowl", tags: ["convex"], minima: [{}], minima_known: "all" },
  { id: "saddle", tags: ["saddle"], minima: [], minima_known: "all" },
  { id: "well", tags: ["saddle", "multimodal"], minima: [{}, {}], minima_known: "all" },
  { id: "slice", tags: ["deep"], minima: [], minima_known: "none" },
]);
/** @param {string} id @param {Record<string, number>} [numbers] */
const optimizer = (id, numbers = {}) => ({
  id,
  title: { en: id, ru: id },
  conventions: { lecture: { defaults: numbers }, pytorch: { defaults: numbers } },
  parameters: {
    properties: Object.fromEntries(
      Object.keys(numbers).map((name) => [
        name,
        { type: "number", minimum: 0, maximum: 1, symbol_text: name },
      ]),
    ),
  },
});
const CATALOG = /** @type {any} */ ({
  surfaces: SURFACES,
  optimizers: [
    optimizer("sgd", { learning_rate: 0.1 }),
    optimizer("adam", { learning_rate: 0.1, beta1: 0.9 }),
    optimizer("gradient_flow"),
  ],
  schedules: [{ id: "constant", parameters: { properties: {} } }],
  clippings: [{ id: "norm", parameters: { properties: { threshold: { default: 1 } } } }],
  regularization: { properties: {} },
  limits: { runs: 3, steps: 10_000, formula: 40 },
});

/** @param {object} changes */
const body = (changes) =>
  /** @type {any} */ (bodyOf({ ...defaultState(CATALOG), ...changes }, CATALOG));
/** @param {object} changes */
const asked = (changes) =>
  body(changes).surfaces.map((/** @type {any} */ { id, formula }) => id ?? formula);

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

test("surfaces are picked one by one from those that the tags chose, and formulas come besides", () => {
  const state = { ...defaultState(CATALOG), tags: ["saddle"] };
  const two = { ...state, ...picked(state, "slice", SURFACES) };
  assert.deepEqual(asked(two), ["well", "slice"]);
  const one = { ...two, ...picked(two, "well", SURFACES), formulas: ["x^2+y^2", " "] };
  assert.deepEqual(asked(one), ["slice", "x^2+y^2"]);
  assert.deepEqual(asked({ ...one, ...picked(one, "slice", SURFACES) }), ["x^2+y^2"]);
});

test("tags of unknown minima alone go with them, also from an address", () => {
  const chosen = { ...defaultState(CATALOG), tags: ["deep", "saddle"], unknown: true };
  assert.deepEqual(withUnknown(chosen, false, SURFACES), { unknown: false, tags: ["saddle"] });
  assert.deepEqual(withUnknown(chosen, true, SURFACES).tags, ["deep", "saddle"]);
  const { state, problems } = createFields(CATALOG).read("#tags=convex,deep");
  assert.deepEqual([state.tags, problems], [["convex"], ["tags=deep"]]);
});

test("tags do not stand beside surfaces that were picked", () => {
  const { state, problems } = createFields(CATALOG).read("#surfaces=well&tags=convex");
  assert.deepEqual([state.tags, asked(state), problems], [[], ["well"], ["tags=convex"]]);
});

test("nothing is asked where there is nothing to compare", () => {
  const question = createQuestion(CATALOG);
  const nothing = { ...defaultState(CATALOG), only: [], formulas: [" "] };
  assert.equal(question(nothing), null);
  assert.equal(JSON.parse(question({ ...nothing, formulas: ["x"] }) ?? "").surfaces.length, 1);
});

test("an address holds all of the state, and says what of it means nothing", () => {
  const { read, write } = createFields(CATALOG);
  const address =
    "#tags=convex,deep&unknown=1&formula=x%5E2&run=adam,learning_rate:0.5&run=adam,pytorch" +
    "&edit=2&steps=200&starts=3&target=0.003&tuned=both&shown=tuned&sort=area&order=2";
  const { state, problems } = read(address);
  assert.deepEqual(problems, []);
  assert.deepEqual([state.tags, state.tuned], [["convex", "deep"], "both"]);
  assert.equal(write(state), address);
  const { runs } = body(state);
  assert.deepEqual(
    runs.map((/** @type {any} */ { optimizer: one }) => one),
    [
      { id: "adam", convention: "lecture", learning_rate: 0.5 },
      { id: "adam", convention: "pytorch" },
    ],
  );
  assert.deepEqual(namesOf(CATALOG, state.runs).slice(0, 1), ["adam, learning_rate = 0.5"]);
  assert.equal(
    write(read("#surfaces=well,slice&steps=500").state),
    "#surfaces=well,slice&steps=500",
  );
  const wrong = read(
    "#run=gradient_flow&run=adam,beta1:7&starts=99&tuned=maybe&steps=1&surfaces=saddle&target=0",
  );
  assert.equal(wrong.problems.length, 7);
});

test("an address of before, which has optimizers alone, still compares them", () => {
  const { state, problems } = createFields(CATALOG).read("#runs=adam,sgd");
  assert.deepEqual(problems, []);
  assert.deepEqual(
    state.runs.map(({ optimizer: id }) => id),
    ["adam", "sgd"],
  );
});

test("runs that nothing tells apart are numbered", () => {
  const [run] = runsOf(CATALOG, ["sgd"]);
  assert.deepEqual(namesOf(CATALOG, [run, { ...run, key: -1 }]), ["sgd 1", "sgd 2"]);
});

test("a name says what a run has, not what it lacks", () => {
  const words = { type: "boolean", titles: { en: "Bias correction", ru: "" } };
  const [sgd, adam] = structuredClone(CATALOG.optimizers);
  adam.parameters.properties.corrected = { ...words, when: { convention: ["lecture"] } };
  adam.conventions.lecture.defaults.corrected = true;
  const catalog = { ...CATALOG, optimizers: [sgd, adam] };
  const [run, clipped] = runsOf(catalog, ["adam", "sgd"]);
  /** @param {object[]} changes @param {object} [one] */
  const named = (changes, one = run) =>
    namesOf(
      catalog,
      changes.map((change) => /** @type {any} */ ({ ...one, ...change })),
    );
  const off = { numbers: { corrected: false } };
  const on = { numbers: { corrected: true } };
  assert.deepEqual(named([off]), ["adam"]);
  assert.deepEqual(named([{}, off]), ["adam, bias correction", "adam"]);
  // What another convention has is kept, and does nothing.
  assert.deepEqual(named([{ ...on, convention: "pytorch" }]), ["adam · PyTorch"]);
  assert.deepEqual(named([{}, { clipping: "norm" }, { clipping: "norm", threshold: 2 }], clipped), [
    "sgd",
    "sgd, clipped at 1",
    "sgd, clipped at 2",
  ]);
  assert.deepEqual(named([{ noise: 0.5, label: "mine" }], clipped), ["mine"]);
});

test("a file of cells parts what it holds, and begins nothing that a spreadsheet computes", () => {
  const cell = { learning_rate: 0.1, solved: 0.25, median: null, area: 0.5 };
  const text = cellsAsCsv(
    /** @type {any} */ ({ surfaces: [{ surface: { formula: "-x, y" }, cells: [cell] }] }),
    /** @type {any} */ ([{ name: 'Adam "mine"', index: 0, standing: { tuned: false } }]),
    ({ formula }) => formula ?? "",
  );
  assert.equal(
    text,
    'surface,run,tuned,learning_rate,solved,median,area\r\n"\'-x, y","Adam ""mine""",false,0.1,0.25,,0.5\r\n',
  );
});
