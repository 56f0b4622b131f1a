// Numbers for people: written in the language's notation, and read in any.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as format from "../../frontend/i18n/format.js";

beforeEach(() => format.setLocale("en"));

test("a field shows few digits, in the language's notation", () => {
  const shown = {
    0: "0",
    0.05: "0.05",
    "-3": "-3",
    0.1234567: "0.123457",
    0.00012: "1.2e-4",
    2.5e7: "2.5e7",
    1234567: "1234567",
    1000000: "1e6",
  };
  for (const [value, text] of Object.entries(shown))
    assert.equal(format.field(Number(value)), text);
  format.setLocale("ru");
  for (const [value, text] of Object.entries(shown)) {
    assert.equal(format.field(Number(value)), text.replace(".", ","));
  }
  assert.equal(format.field(-0), "0");
  assert.equal(format.field(NaN), "");
});

test("what a field shows is read back, to its six digits", () => {
  for (const language of ["en", "ru"]) {
    format.setLocale(language);
    for (let k = -40; k <= 40; k += 1) {
      for (const factor of [1, -1.5, 1.234567890123, 9.99999949]) {
        const value = factor * 10 ** k;
        const back = format.read(format.field(value));
        assert.ok(Math.abs(back - value) <= 5.001e-6 * Math.abs(value), `${value} → ${back}`);
      }
    }
  }
});

test("both marks are read, spaces between thousands, either minus, powers of ten", () => {
  const read = {
    "0,05": 0.05,
    " 0.05 ": 0.05,
    ".5": 0.5,
    "5.": 5,
    "+2": 2,
    "-3": -3,
    "−3,5": -3.5,
    "− 3": -3,
    "1e-5": 1e-5,
    "1E+5": 1e5,
    "1,5e−5": 1.5e-5,
    "1е-3": 1e-3,
    "1×10⁻⁵": 1e-5,
    "1,2 × 10⁻⁵": 1.2e-5,
    "−1.2·10¹²": -1.2e12,
    "2*10^-3": 2e-3,
    "10⁻⁵": 1e-5,
    "-10^3": -1000,
    "10 000": 10000,
    "1 234 567,5": 1234567.5,
    "10\u2009000": 10000,
    "10\u202f000": 10000,
    "10\u00a0000": 10000,
  };
  for (const [text, value] of Object.entries(read)) assert.equal(format.read(text), value, text);
});

test("a comma before three digits is what the page itself means by it", () => {
  for (const [text, english, russian] of [
    ["10,000", 10000, 10],
    ["1,234,567.5", 1234567.5, NaN],
    ["-1,500", -1500, -1.5],
    ["0,005", 0.005, 0.005],
    ["1,5", 1.5, 1.5],
    ["1,2345", 1.2345, 1.2345],
  ]) {
    format.setLocale("en");
    assert.equal(format.read(text), english, text);
    format.setLocale("ru");
    assert.equal(format.read(text), russian, text);
  }
});

test("what is no number is none", () => {
  for (const text of [
    ..."- + . , e × ".split(" "),
    "1 2",
    "1.000,5",
    "1.2.3",
    "1,2,3",
    "0x10",
    "1e",
    "e5",
    "5⁻",
    "2³",
    "Infinity",
    "1e999",
    "NaN",
    "1e5.5",
    "12 34",
    "1 2345",
    "constructor",
  ]) {
    assert.ok(Number.isNaN(format.read(text)), JSON.stringify(text));
  }
});

test("every number that is shown is read back as it is shown", () => {
  for (const language of ["en", "ru"]) {
    format.setLocale(language);
    for (const value of [0, 0.05, -0.00001234, 123.4, 1e5, -6.02e23, 12345]) {
      assert.equal(format.read(format.quantity(value, 12)), value);
      assert.equal(format.read(format.significant(value)), value);
    }
    assert.equal(format.read(format.integer(-1234567)), -1234567);
    for (const power of [-12, 0, 1, 5])
      assert.equal(format.read(format.powerOfTen(power)), 10 ** power);
  }
});

test("Russian has a decimal comma in everything that is shown", () => {
  format.setLocale("ru");
  assert.equal(format.quantity(0.05), "0,05");
  assert.equal(format.quantity(1.26e-7), "1,3×10⁻⁷");
  assert.equal(format.coordinate(-1.5), "−1,5");
  assert.equal(format.place([0.5, -1]), "(0,5; −1)");
  assert.equal(format.separators(), ",\u00a0");
  assert.equal(format.inFormula("0.5"), "0,5");
  assert.equal(format.percent(0.125, 1), "12,5\u00a0%");
  format.setLocale("en");
  assert.equal(format.separators(), ".,");
  assert.equal(format.inFormula("0.5"), "0.5");
});

test("memory is told in the largest unit of which it is at least one", () => {
  const shown = {
    7: "7 byte",
    999: "999 byte",
    1000: "1 kB",
    17179869184: "17.2 GB",
    4e18: "4,000 PB",
  };
  for (const [value, text] of Object.entries(shown)) {
    assert.equal(format.bytes(Number(value)), text);
  }
  format.setLocale("ru");
  assert.equal(format.bytes(17179869184).replace(/\s/, " "), "17,2 ГБ");
});
