// Texts: every form that a language counts by, the blanks in all of them, numbers as it writes them.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: {} };
const { setLanguage, t } = await import("../../frontend/i18n/i18n.js");
const { default: en } = await import("../../frontend/i18n/en.json", { with: { type: "json" } });
const { default: ru } = await import("../../frontend/i18n/ru.json", { with: { type: "json" } });

const blanks = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();
const formsOf = (text) => (typeof text === "string" ? [text] : Object.values(text));

test("both languages have every text, with the same blanks in each form", () => {
  assert.deepEqual(Object.keys(en), Object.keys(ru));
  for (const key of Object.keys(en)) {
    const all = [...formsOf(en[key]), ...formsOf(ru[key])];
    for (const text of all) {
      assert.ok(text, key);
      assert.deepEqual(blanks(text), blanks(all[0]), key);
    }
  }
});

test("a text that counts has the form of every whole number", () => {
  for (const [language, texts] of Object.entries({ en, ru })) {
    const rules = new Intl.PluralRules(language);
    const kinds = new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)));
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text === "string") continue;
      assert.deepEqual(new Set(Object.keys(text)), kinds, `${language}: ${key}`);
    }
  }
});

test("a count chooses the form", () => {
  setLanguage("en");
  assert.equal(t("work.steps", { count: 1 }), "1 step");
  assert.equal(t("work.steps", { count: 10_000 }), "10,000 steps");
  setLanguage("ru");
  const said = { 0: "шагов", 1: "шаг", 2: "шага", 5: "шагов", 11: "шагов", 21: "шаг", 102: "шага" };
  for (const [count, word] of Object.entries(said)) {
    assert.equal(t("work.steps", { count: Number(count) }), `${count} ${word}`);
  }
  assert.equal(t("work.steps", { count: 2.5 }), "2,5 шага");
});

test("a number in a text is written as the language writes it", () => {
  setLanguage("ru");
  assert.match(t("field.range", { low: 0.05, high: 1e-9 }), /0,05 .* 1×10⁻⁹/);
  setLanguage("en");
  assert.match(t("field.range", { low: 0.05, high: -2 }), /0\.05 .* −2/);
});
