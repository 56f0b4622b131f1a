// What others wrote is in the tree byte for byte as its package has it, with its licence.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const VENDORED = new URL("../../frontend/vendor/lit-html/", import.meta.url);
const PACKAGE = new URL("../../node_modules/lit-html/", import.meta.url);

test("lit-html is the one of its package", () => {
  const files = readdirSync(VENDORED, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".js") || name === "LICENSE",
  );
  assert.ok(files.includes("lit-html.js") && files.includes("LICENSE"));
  for (const name of files) {
    assert.ok(
      readFileSync(new URL(name, VENDORED)).equals(readFileSync(new URL(name, PACKAGE))),
      name,
    );
  }
});

test("uqr is the one of its package", () => {
  const own = new URL("../../frontend/vendor/uqr/", import.meta.url);
  const whole = new URL("../../node_modules/uqr/", import.meta.url);
  // Servers know what a .js file is.
  const files = { "uqr.js": "dist/index.mjs", "uqr.d.ts": "dist/index.d.mts", LICENSE: "LICENSE" };
  assert.deepEqual(readdirSync(own).sort(), Object.keys(files).sort());
  for (const [name, source] of Object.entries(files)) {
    assert.ok(readFileSync(new URL(name, own)).equals(readFileSync(new URL(source, whole))), name);
  }
});
