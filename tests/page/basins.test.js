// Colours of maps: told apart with red and green blindness, neighbours apart, hatching of two kinds.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { leftOf } from "../../frontend/descent/maps/several.js";
import {
  basinAt,
  colorsOfMinima,
  coloursOf,
  DIVERGED,
  isHatched,
  NONE,
  shareOf,
  TIED,
  winnerAt,
} from "../../frontend/maps/colours.js";
import { createFilling, fill, fillAll } from "../../frontend/maps/filling.js";
import { channels, packed } from "../../frontend/maps/painting.js";
import { pixelsOf } from "../../frontend/maps/pixels.js";
import { plainly, priceIn } from "../../frontend/maps/price.js";
import { mostTied, sharesOf } from "../../frontend/maps/shares.js";

const css = readFileSync("frontend/styles/theme.css", "utf8");
const themes = css
  .split('[data-theme="dark"] {\n  --run-1')
  .map((part) => [...part.matchAll(/--basin-\d+: (#[0-9a-f]{6})/g)].map(([, color]) => color));

// Machado, Oliveira and Fernandes (2009), severity 1, in linear light.
const SEEN = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanope: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranope: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
};
const times = (matrix, [a, b, c]) =>
  [0, 3, 6].map((at) => matrix[at] * a + matrix[at + 1] * b + matrix[at + 2] * c);
const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** Ottosson (2020): equal distances look equal. */
function oklab(light) {
  const cones = times(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566,
      0.0883024619, 0.2817188376, 0.6299787005,
    ],
    light.map((value) => Math.min(1, Math.max(0, value))),
  ).map(Math.cbrt);
  return times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099,
      0.0259040371, 0.7827717662, -0.808675766,
    ],
    cones,
  );
}

test("any two of the first eight basins are apart for whoever sees no red or no green", () => {
  assert.deepEqual(
    themes.map((colors) => colors.length),
    [12, 12],
  );
  for (const colors of themes) {
    for (const matrix of Object.values(SEEN)) {
      const seen = colors.slice(0, 8).map((color) =>
        oklab(
          times(
            matrix,
            channels(color).map((value) => linear(value / 255)),
          ),
        ),
      );
      seen.forEach((one, k) => {
        for (const other of seen.slice(k + 1)) {
          assert.ok(Math.hypot(...one.map((value, i) => value - other[i])) > 0.06);
        }
      });
    }
  }
});

test("of more minima than colours neighbours still have different ones", () => {
  const minima = Array.from({ length: 121 }, (_, k) => ({ x: k % 11, y: Math.floor(k / 11) }));
  const colors = colorsOfMinima(minima, 12);
  assert.deepEqual(colors.slice(0, 12), [...Array(12).keys()]);
  minima.forEach((one, k) => {
    minima.forEach((other, j) => {
      if (j < k && Math.hypot(one.x - other.x, one.y - other.y) <= 1) {
        assert.notEqual(colors[k], colors[j]);
      }
    });
  });
});

test("what ends in no minimum and what diverges are hatched, each in its way", () => {
  const lines = (kind) => {
    let on = 0;
    for (let at = 0; at < 81; at += 1) on += Number(isHatched(kind, at % 9, Math.floor(at / 9)));
    return on;
  };
  assert.equal(lines("none"), 18);
  assert.ok(lines("diverged") > 25);
  const fields = { basin: [-1, -1, -1, 2], loss: [1, Infinity, 1, 0], outcome: [4, 6, 6, 0] };
  assert.deepEqual(
    [0, 1, 2, 3].map((k) => basinAt(fields, k)),
    [NONE, DIVERGED, DIVERGED, 2],
  );
});

test("the more steps the darker, by the logarithm", () => {
  assert.deepEqual(
    [1, 10, 100].map((steps) => shareOf(steps, 100)),
    [0, 0.5, 1],
  );
  const filling = createFilling(3, 1, [1]);
  fillAll(filling, {
    basin: Int16Array.of(0, 0, 0),
    steps: Int32Array.of(1, 10, 100),
    loss: new Float32Array(3),
  });
  const look = { colors: ["#806040"], none: "#000000", diverged: "#000000", hatch: "#ffffff" };
  const colourOf = coloursOf(filling, { classAt: basinAt, look, colorOf: (one) => one, most: 100 });
  const brightness = [0, 1, 2].map((pixel) => colourOf(pixel, pixel, 0) & 255);
  assert.ok(brightness[0] > brightness[1] && brightness[1] > brightness[2]);
  assert.ok(Math.abs(brightness[1] - (packed(channels("#806040")) & 255)) < 8);
});

test("shares are of what is known", () => {
  const filling = createFilling(4, 1, [1]);
  fillAll(filling, { basin: Int16Array.of(0, 0, 1, -1), loss: Float32Array.of(0, 0, 0, NaN) });
  assert.deepEqual(
    [...sharesOf(filling, basinAt)].sort(),
    [
      [-2, 0.25],
      [0, 0.5],
      [1, 0.25],
    ].sort(),
  );
  filling.known[3] = 255;
  filling.touched.push([0, 1]);
  assert.equal(sharesOf(filling, basinAt).get(DIVERGED), undefined);
});

test("shares of a map that is coming are right after each tile, of which only the rows are counted", () => {
  const [nx, ny, strides] = [24, 16, [8, 2, 1]];
  const filling = createFilling(nx, ny, strides);
  let counted = 0;
  const classAt = ({ basin }, pixel) => {
    counted += 1;
    return basin[pixel];
  };
  strides.forEach((stride, level) => {
    const pixels = pixelsOf(nx, ny, stride, level > 0 ? strides[level - 1] : 0);
    for (let first = 0; first < pixels.length; first += nx) {
      const some = pixels.slice(first, first + nx);
      const basin = Int16Array.from(some, (pixel) => (pixel * 7 + stride) % 5);
      fill(filling, { stride, first, count: some.length, fields: { basin } });
      counted = 0;
      const shares = sharesOf(filling, classAt);
      const known = [...filling.fields.basin].filter((_, pixel) => filling.known[pixel] !== 255);
      for (let one = 0; one < 5; one += 1) {
        const expected = known.filter((other) => other === one).length / known.length;
        assert.equal(shares.get(one) ?? 0, expected, `${one} after ${first} of ${stride}`);
      }
      if (stride === 1) assert.ok(counted <= 4 * nx, `${counted} pixels`);
    }
  });
  counted = 0;
  sharesOf(filling, classAt);
  assert.equal(counted, 0);
});

test("a start that several runs reach first is striped in the colours of all of them", () => {
  const filling = createFilling(20, 1, [1]);
  const of = (Kind, value) => Kind.from({ length: 20 }, value);
  fillAll(filling, {
    winner: of(Int16Array, (_, at) => (at < 16 ? 0 : -1)),
    steps: of(Int32Array, () => 50),
    // Of three runs the first and the last from pixel 4 on, the first alone before, nobody at last.
    together: of(Uint16Array, (_, at) => (at < 4 ? 1 : at < 16 ? 0b101 : 0)),
  });
  assert.equal(winnerAt(filling.fields, 0), 0);
  assert.equal(winnerAt(filling.fields, 4), TIED);
  const shares = sharesOf(filling, winnerAt);
  assert.deepEqual([shares.get(0), shares.get(TIED), shares.get(NONE)], [0.2, 0.6, 0.2]);
  assert.deepEqual(mostTied(filling), [0, 2]);
  const look = {
    colors: ["#ff0000", "#00ff00", "#0000ff"],
    none: "#ffffff",
    diverged: "#ffffff",
    hatch: "#000000",
  };
  const colourOf = coloursOf(filling, { classAt: winnerAt, look, colorOf: (one) => one, most: 50 });
  const seen = new Set();
  for (let pixel = 4; pixel < 16; pixel += 1) seen.add(colourOf(pixel, pixel, 0));
  const alone = [0, 2].map((run) => {
    filling.fields.together[0] = 2 ** run;
    filling.fields.winner[0] = run;
    return colourOf(0, 0, 0);
  });
  assert.deepEqual([...seen].sort(), alone.sort());
});

test("what several maps will still take counts those that nobody has asked for as the others", () => {
  // Two are whole after 2 and 4 s, the third has 1 of its 3 s behind it, the fourth is not asked for.
  assert.equal(leftOf([2, 4], 1, { secondsLeft: 2 }, 4), 2 + 3);
  assert.equal(leftOf([], 0.5, { secondsLeft: 1.5 }, 3), 1.5 + 2 * 2);
  assert.equal(leftOf([3], 0, undefined, 2), 3);
  assert.equal(leftOf([], 0, { secondsLeft: null }, 2), null);
});

test("a refusal as too dear says what is enough, in numbers that people say", () => {
  const values = { price: 316, limit: 60, fits: { steps: 1898 } };
  assert.deepEqual(priceIn({ detail: [{ type: "too_much_work", values }] }), values);
  assert.equal(priceIn({ detail: [{ type: "unknown_axis", values }] }), null);
  assert.deepEqual([1898, 987, 19, 7].map(plainly), [1800, 980, 19, 7]);
});
