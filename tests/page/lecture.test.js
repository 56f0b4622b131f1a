// The Lecture page's pure parts: what a course's file may be, what of it is told, search, neighbours.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../frontend/core/course.js";
import { addressOf, LIMITS, readCourse, writeCourse } from "../../frontend/core/course_file.js";
import { added, moved, removed, replaced, written } from "../../frontend/lecture/editing.js";
import { packed, textOf, unpacked } from "../../frontend/lecture/packing.js";
import { bySection, found } from "../../frontend/lecture/search.js";
import { defaultState } from "../../frontend/lecture/state.js";
import { beside } from "../../frontend/lecture/walking.js";

const ROOT = "https://hall.example/steepest/";

test("only addresses of this product are taken, and stand relative to it", () => {
  const good = {
    "https://hall.example/steepest/scene/zigzag": "scene/zigzag",
    "scene/zigzag#surface.a=2&lang=ru": "scene/zigzag#surface.a=2",
    "./#surface=bowl&theme=dark&large=1": "./#surface=bowl",
    "https://hall.example/steepest/index.html#run=sgd": "./#run=sgd",
    " signal.html#depth=3 ": "signal.html#depth=3",
    "": "./",
    "functions.html?x=1": "functions.html",
  };
  for (const [text, address] of Object.entries(good)) assert.equal(addressOf(text, ROOT), address);
  const bad = [
    "javascript:alert(1)",
    "data:text/html,x",
    "https://hall.example/other/scene/zigzag",
    "https://hall.example.evil/steepest/scene/zigzag",
    "//evil.example/steepest/",
    "../",
    "/",
    "scene/../../x",
    "scene/%2e%2e/%2e%2e/x",
    "scene/a/b",
    "\\\\evil.example\\x",
    "docs",
    "http://hall.example/steepest/",
    `./#${"a".repeat(LIMITS.address)}`,
  ];
  for (const text of bad) assert.equal(addressOf(text, ROOT), null, text);
});

const FILE = {
  steepest: "course",
  version: 1,
  title: "Моментум",
  items: [
    { address: "scene/zigzag" },
    { address: "./#surface=bowl", title: "<b>bold</b>", words: "two\nlines" },
  ],
};

test("a course is read as it was written", () => {
  const { course, problems } = readCourse(JSON.stringify(FILE), ROOT);
  assert.deepEqual(problems, []);
  assert.deepEqual(course, {
    title: "Моментум",
    items: [
      { address: "scene/zigzag", title: "", words: "" },
      { address: "./#surface=bowl", title: "<b>bold</b>", words: "two\nlines" },
    ],
  });
  assert.deepEqual(JSON.parse(writeCourse(course)), FILE);
});

test("a wrong file says what is wrong, and where", () => {
  const wrong = (change) => readCourse(JSON.stringify({ ...FILE, ...change }), ROOT);
  const kinds = (answer) => {
    assert.equal(answer.course, null);
    return answer.problems.map(({ kind, item, field }) => [kind, item, field]);
  };
  assert.deepEqual(kinds(readCourse("{", ROOT)), [["json", undefined, undefined]]);
  assert.deepEqual(kinds(readCourse("[]", ROOT)), [["form", undefined, undefined]]);
  assert.deepEqual(kinds(wrong({ version: 2 })), [["version", undefined, undefined]]);
  assert.deepEqual(kinds(wrong({ items: {} })), [["list", undefined, "items"]]);
  assert.deepEqual(kinds(wrong({ title: 3 })), [["text", undefined, "title"]]);
  const many = Array(LIMITS.items + 1).fill({ address: "scene/a" });
  assert.deepEqual(kinds(wrong({ items: many })), [["many", undefined, undefined]]);
  assert.deepEqual(kinds(readCourse(" ".repeat(LIMITS.file + 1), ROOT))[0][0], "file");
  const items = [
    { address: "scene/a" },
    null,
    { address: "https://evil.example/" },
    { address: "scene/a", words: "x".repeat(LIMITS.words + 1) },
  ];
  assert.deepEqual(kinds(wrong({ items })), [
    ["item", 2, undefined],
    ["address", 3, "address"],
    ["long", 4, "words"],
  ]);
});

test("nothing in a text turns the direction of writing or is a control", () => {
  const items = [{ address: "scene/a", title: "a\u202eb\u0007c\u2066d", words: "e\nf" }];
  const { course } = readCourse(JSON.stringify({ ...FILE, items }), ROOT);
  assert.equal(course.items[0].title, "abcd");
  assert.equal(course.items[0].words, "e\nf");
});

test("a course goes through an address, and nothing longer than a course comes out of one", async () => {
  const text = JSON.stringify(FILE);
  const address = await packed(text);
  assert.match(address, /^[\w-]+$/);
  assert.equal(await unpacked(address), text);
  assert.equal(await unpacked("%%%"), null);
  assert.equal(await unpacked("AAAA"), null);
  const bomb = await packed(" ".repeat(50_000_000));
  assert.ok(bomb.length < 100_000);
  assert.equal(await unpacked(bomb), null);
  assert.equal(await textOf(new Blob([new Uint8Array([0xff, 0xfe])]).stream()), null);
});

test("items are added, moved and removed; a course that is opened puts the one before aside", () => {
  let state = defaultState();
  const apply = (change) => (state = { ...state, ...change(state) });
  const order = () => state.course.items.map(({ address }) => address);
  for (const id of ["a", "b", "c"]) apply(added(`scene/${id}`));
  const [a, b, c] = state.course.items.map(({ key }) => key);
  apply(moved(c, -1));
  assert.deepEqual(order(), ["scene/a", "scene/c", "scene/b"]);
  apply(moved(a, -1));
  apply(moved(b, 1));
  assert.deepEqual(order(), ["scene/a", "scene/c", "scene/b"]);
  apply(removed(c, "C"));
  assert.deepEqual(order(), ["scene/a", "scene/b"]);
  assert.equal(state.removed, "C");
  const before = state.course;
  apply(replaced(written({ title: "x", items: [] })));
  assert.equal(state.aside, before);
  assert.equal(state.course.title, "x");
});

const scene = (number, id, en, ru) => ({
  id,
  section: { number, title: { en: `Part ${number}`, ru: `Часть ${number}` } },
  title: { en, ru },
  question: { en: "Who?", ru: "Кто дойдёт?" },
});
const SCENES = [
  scene(1, "neuron", "One neuron", "Один нейрон"),
  scene(4, "ravine", "Momentum in a ravine", "Импульс в овраге"),
  scene(4, "passes", "Through a dent", "Ёлка и ёж"),
];

test("scenes are found by what is typed, in both languages", () => {
  const ids = (query) => found(SCENES, query).map(({ id }) => id);
  assert.deepEqual(ids(""), ["neuron", "ravine", "passes"]);
  assert.deepEqual(ids("MOMENT rav"), ["ravine"]);
  assert.deepEqual(ids("импульс"), ["ravine"]);
  assert.deepEqual(ids("елка"), ["passes"]);
  assert.deepEqual(ids("дойдет часть 4"), ["ravine", "passes"]);
  assert.deepEqual(ids("nothing"), []);
  assert.deepEqual(
    bySection(SCENES).map((part) => [part.section.number, part.scenes.length]),
    [
      [1, 1],
      [4, 2],
    ],
  );
});

test("arrows go from card to card as they stand", () => {
  const places = [0, 1, 2, 3, 4].map((k) => ({ x: (k % 3) * 100, y: Math.floor(k / 3) * 90 }));
  assert.equal(beside(places, 0, "ArrowRight"), 1);
  assert.equal(beside(places, 0, "ArrowLeft"), null);
  assert.equal(beside(places, 1, "ArrowDown"), 4);
  assert.equal(beside(places, 2, "ArrowDown"), 4);
  assert.equal(beside(places, 3, "ArrowUp"), 0);
  assert.equal(beside(places, 4, "ArrowDown"), null);
});

test("a place in a course is what was gone to, also after a change by hand", () => {
  const items = ["scene/a", "./#surface=bowl", "scene/b", "scene/a", "./#surface=beale"].map(
    (address) => ({ address }),
  );
  assert.equal(placeOf(items, "scene/a", 0), 0);
  assert.equal(placeOf(items, "scene/a", 3), 3);
  assert.equal(placeOf(items, "scene/b#steps=10", 0), 2);
  assert.equal(placeOf([...items, { address: "scene/b#steps=5" }], "scene/b", 5), 5);
  assert.equal(placeOf(items, "scene/c", 2), null);
  assert.equal(placeOf(items, "./#surface=beale", 1), 4);
  assert.equal(placeOf(items, "./#surface=other", 1), 1);
  assert.equal(placeOf(items, "./#surface=other", 2), null);
  assert.equal(placeOf(items, "signal.html", 1), null);
});
