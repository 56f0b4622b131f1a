import assert from "node:assert/strict";
import { test } from "node:test";
import { elapsed } from "../../frontend/presenter/elapsed.js";

test("time that has passed is said in minutes and seconds", () => {
  assert.equal(elapsed(0, 0), "0:00");
  assert.equal(elapsed(0, 59_999), "0:59");
  assert.equal(elapsed(0, 60_000), "1:00");
  assert.equal(elapsed(0, 5_405_000), "90:05");
  // A clock that was set back.
  assert.equal(elapsed(10_000, 0), "0:00");
});
