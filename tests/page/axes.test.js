// Numbers along axes: round, told apart, few; in a deep zoom the title says what they leave out.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  linearTicks,
  logTicks,
  roundNumbers,
  stepTicks,
  wholePowers,
} from "../../frontend/charts/axes.js";
import { read, setLocale } from "../../frontend/i18n/format.js";

beforeEach(() => setLocale("en"));

const RANGES = [
  [-2, 2],
  [0.9999, 1.0001],
  [1 - 1e-9, 1 + 1e-9],
  [-3e5, 1.2e6],
  [499999.5, 500000.25],
  [-1e-4, 1e-4],
  [-1.00002, -1.00001],
  [7, 7.000001],
];

// The value that a reader makes of an axis: «(x − 0.3333) / 10⁻⁴» and «2.5» are 0.3333 + 2.5·10⁻⁴.
function told(title, text) {
  const [, place, power] = /^\(?(.*?)\)?(?: \/ (10\S*))?$/.exec(title);
  const [, sign, at] = /^\w+(?: ([−+]) (.+))?$/.exec(place);
  const offset = at ? read(at) * (sign === "+" ? -1 : 1) : 0;
  return offset + read(text) * (power ? read(`1×${power}`) : 1);
}

test("numbers are round, within the range and about as many as there is room for", () => {
  for (const range of RANGES) {
    for (const most of [3, 6, 12]) {
      const numbers = roundNumbers(range, most);
      assert.ok(numbers.length >= most / 3 && numbers.length <= most + 1, `${range} ${most}`);
      const steps = numbers.slice(1).map((value, k) => value - numbers[k]);
      const size = steps[0] / 10 ** Math.floor(Math.log10(steps[0] * 1.0001));
      assert.ok(
        [1, 2, 5, 10].some((round) => Math.abs(size / round - 1) < 1e-4),
        `${steps[0]}`,
      );
      for (const value of numbers) assert.ok(value >= range[0] - 1e-9 && value <= range[1] + 1e-9);
    }
  }
});

test("an axis and its title together say each number, in at most five digits", () => {
  for (const language of ["en", "ru"]) {
    setLocale(language);
    for (const range of RANGES) {
      const { values, texts, title } = linearTicks("x", range, 6);
      assert.equal(new Set(texts).size, texts.length);
      values.forEach((value, k) => {
        assert.ok(texts[k].replace("−", "").length <= 5, texts[k]);
        const error = Math.abs(told(title, texts[k]) - value);
        assert.ok(error <= 1e-6 * (range[1] - range[0]), `${title}: ${texts[k]} is not ${value}`);
      });
    }
  }
});

test("an axis that needs no help is called by its name alone", () => {
  assert.equal(linearTicks("w", [-2, 2], 6).title, "w");
  assert.equal(linearTicks("w", [-1e-4, 1e-4], 6).title, "w / 10⁻⁴");
});

test("powers of ten are whole, and round numbers stand between two of them", () => {
  assert.deepEqual(wholePowers([-3.2, 2.1], 10), [-3, -2, -1, 0, 1, 2]);
  assert.deepEqual(wholePowers([-12, 0], 5), [-12, -9, -6, -3, 0]);
  assert.deepEqual(logTicks([-2, 1], 6).texts, ["10⁻²", "10⁻¹", "1", "10"]);
  for (const range of [
    [0.1, 0.9],
    [2.31, 2.33],
    [-4.2, -3.9],
    [0, 1.3],
  ]) {
    const { values, texts } = logTicks(range, 6);
    assert.ok(values.length >= 2 && values.length <= 8, `${range}: ${texts}`);
    assert.equal(new Set(texts).size, texts.length);
    values.forEach((value, k) => {
      assert.ok(value >= range[0] - 1e-9 && value <= range[1] + 1e-9);
      assert.ok(Math.abs(read(texts[k]) / 10 ** value - 1) < 0.06, texts[k]);
    });
  }
});

test("steps are whole", () => {
  assert.deepEqual(stepTicks([0, 3], 8).values, [0, 1, 2, 3]);
  assert.deepEqual(stepTicks([0, 500], 6).texts, ["0", "100", "200", "300", "400", "500"]);
});
