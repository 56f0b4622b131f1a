// Learning rates that are changed on the way, and pasted tables, among a setting's values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { areChanges, changesIn, inText } from "../../frontend/signal/changes.js";
import { pastedBody } from "../../frontend/signal/pasted.js";

const LIMITS = { most: 3, last: 1000, fits: (rate) => rate > 0 && rate <= 1 };

test("changes of a rate are read as they are written, to the last digit", () => {
  const changes = [
    { step: 300, learning_rate: 0.1 + 0.2 },
    { step: 600, learning_rate: 1e-7 },
  ];
  assert.equal(inText(changes), "300:0.30000000000000004+600:1e-7");
  assert.deepEqual(changesIn(inText(changes)), changes);
  assert.deepEqual(changesIn(""), []);
});

test("changes are taken in ascending steps, within what a run and a rate may be", () => {
  for (const good of ["", "1:0.5", "300:0.01+600:1e-3", "1:1+2:1+3:1"]) {
    assert.ok(areChanges(good, LIMITS), good);
  }
  const bad = ["300", "0:0.1", "300:0", "300:2", "1000:0.1", "5:0.1+5:0.2", "9:0.1+5:0.2"];
  for (const wrong of [...bad, "1:1+2:1+3:1+4:1", "5:0.1+", "5:--1", "5:1e", 300, null]) {
    assert.ok(!areChanges(wrong, LIMITS), String(wrong));
  }
});

test("a pasted table is asked for with what was chosen for it alone", () => {
  const table = { dataset: "points", "dataset.points": "1 2 0\n2 1 1" };
  assert.deepEqual(pastedBody(table), { id: "points", points: "1 2 0\n2 1 1" });
  const chosen = { ...table, "dataset.decimal": "comma", "dataset.columns": "3,1,2" };
  assert.deepEqual(pastedBody(chosen), {
    id: "points",
    points: "1 2 0\n2 1 1",
    reading: { decimal: "comma" },
    columns: [3, 1, 2],
  });
});
