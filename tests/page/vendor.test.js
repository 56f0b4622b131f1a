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
