// The display list of a scene: drawn here into a recorder, as a canvas or an SVG writer would.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeBeside, spread } from "../../frontend/charts/end_names.js";
import { placeAround, shortened } from "../../frontend/charts/names.js";
import { shadesOf } from "../../frontend/scene/ground.js";
import { arrows } from "../../frontend/scene/marks/arrows.js";
import { heads } from "../../frontend/scene/marks/heads.js";
import { minima } from "../../frontend/scene/marks/minima.js";
import { pathsOf } from "../../frontend/scene/marks/paths.js";
import { starts } from "../../frontend/scene/marks/starts.js";
import { plane } from "../../frontend/scene/projection.js";
import { NOTHING } from "../../frontend/scene/scene.js";

const ink = { minimum: "black", halo: "white" };
const measures = { font: 14, line: 2, mark: 6, thin: 1, family: "serif" };
const look = { ink, measures, isLow: false };
const projection = plane({ x: [0, 10], y: [0, 10] }, { left: 0, top: 0, width: 100, height: 100 });

const trajectory = (x, y, more = {}) => ({ x, y, clipped: [], diverged_at: null, ...more });
const run = (key, trajectories, dash = []) => ({
  key,
  name: key,
  style: { color: `colour of ${key}`, shape: "star", dash },
  trajectories,
});

// A drawer that writes down what it is given, in the order in which it would be painted.
function recorder() {
  const list = [];
  return {
    list,
    place: () => {},
    still: (items) => list.push(...items),
    moving: (items) => list.push(...items),
    trails: (trails, step) =>
      list.push(...trails.map(({ color, count }) => ({ kind: "trail", color, count, step }))),
  };
}

function drawn(scene, step) {
  const drawer = recorder();
  const whole = { ...NOTHING, ...scene };
  const paths = pathsOf(whole, projection, look);
  const marking = { scene: whole, projection, look, paths, step, sides: new Map() };
  drawer.trails(paths, step);
  drawer.still([minima, starts].flatMap((mark) => mark(marking)));
  drawer.moving([heads, arrows].flatMap((mark) => mark(marking)));
  return drawer.list;
}

test("a scene is a list of plain items at places of the panel, in the order of painting", () => {
  const list = drawn(
    {
      runs: [run("adam", [trajectory([0, 5, 8], [0, 5, 5])])],
      starts: [[0, 0]],
      minima: [
        { x: 9, y: 5, loss: 0 },
        { x: 1, y: 1, loss: 2 },
      ],
    },
    1,
  );
  assert.deepEqual(
    list.map(({ kind, role }) => role ?? kind),
    ["trail", "minimum", "local_minimum", "start", "head"],
  );
  const [trail, deepest, local, start, head] = list;
  assert.deepEqual(trail, { kind: "trail", color: "colour of adam", count: 3, step: 1 });
  assert.deepEqual(deepest.at, [90, 50]);
  assert.ok(local.size < deepest.size);
  assert.deepEqual(start.at, [0, 100]);
  assert.deepEqual([head.at, head.shape, head.color], [[50, 50], "star", "colour of adam"]);
  assert.deepEqual(JSON.parse(JSON.stringify(list)), list);
});

test("several starts have numbers, and the selected one is bold", () => {
  const list = drawn(
    {
      starts: [
        [1, 1],
        [2, 2],
      ],
      selectedStart: 1,
    },
    0,
  );
  assert.deepEqual(
    list.filter(({ kind }) => kind === "label").map(({ text }) => text),
    ["1", "2"],
  );
  const [first, second] = list.filter(({ role }) => role === "start");
  assert.ok(second.width > first.width);
});

test("a run that diverges stops, with a ring from the step on at which it did", () => {
  const scene = { runs: [run("sgd", [trajectory([1, 2], [1, 2], { diverged_at: 2 })])] };
  const roles = (step) => drawn(scene, step).map(({ role }) => role);
  assert.ok(!roles(1).includes("diverged"));
  assert.ok(roles(2).includes("diverged"));
  assert.deepEqual(drawn(scene, 400).find(({ role }) => role === "head").at, [20, 80]);
});

test("clipped steps are ringed where rings can be told apart", () => {
  const x = [0, 1, 2, 4, 9];
  const runs = [run("sgd", [trajectory(x, [5, 5, 5, 5, 5], { clipped: [1, 2, 3] })])];
  const [{ rings, firstRing }] = pathsOf({ ...NOTHING, runs }, projection, look);
  assert.deepEqual([...rings], [0, 1, 0, 1, 0]);
  assert.equal(firstRing, 1);
});

test("arrows point downhill, the longest as long as an arrow may be", () => {
  const list = drawn(
    {
      arrows: [
        { role: "gradient", at: [5, 5], gradient: [2, 0] },
        { role: "batch_gradient", at: [5, 5], gradient: [0, 1], color: "red" },
      ],
    },
    0,
  );
  const [whole, batch] = list;
  assert.deepEqual(whole.by, [-64, 0]);
  // Downhill is down the panel where the gradient points up.
  assert.deepEqual([batch.by[0] + 0, batch.by[1]], [0, 32]);
  assert.deepEqual([whole.color, batch.color], ["black", "red"]);
  assert.ok(batch.dash.length > 0 && whole.dash.length === 0);
});

const wanted = (key, at, width = 40) => ({ key, text: key, width, at, color: key });
const frame = { left: 0, top: 0, width: 200, height: 200 };
const boxes = (placed) => placed.map(({ at: [x, y], text }) => [x, y - 7, x + 40, y + 7, text]);

test("no name lies over another, over an end, or beyond the frame; none is put where none fits", () => {
  const ends = Array.from({ length: 16 }, (_, k) => wanted(`n${k}`, [100 + (k % 3), 100]));
  const room = { frame, obstacles: ends.map(({ at }) => at), mark: 6, font: 12, sides: new Map() };
  const placed = placeAround(ends, room);
  assert.ok(placed.length >= 5 && placed.length < 16, `${placed.length} names`);
  const all = boxes(placed);
  for (const [k, [left, top, right, bottom]] of all.entries()) {
    assert.ok(left >= 0 && right <= 200 && top >= 0 && bottom <= 200);
    for (const [l, t, r, b] of all.slice(k + 1)) {
      assert.ok(l >= right || r <= left || t >= bottom - 1 || b <= top + 1, "one over another");
    }
    for (const { at } of ends) {
      assert.ok(at[0] < left || at[0] > right || at[1] < top || at[1] > bottom, "over an end");
    }
  }
  assert.deepEqual(
    placeAround([wanted("wide", [100, 100], 400)], { ...room, sides: new Map() }),
    [],
  );
});

test("no name lies over what happened to a path, nor as near to another that both are one", () => {
  const block = [106, 90, 150, 110];
  const room = { frame, obstacles: [], mark: 6, font: 12, sides: new Map() };
  const [one, other] = placeAround([wanted("a", [100, 100]), wanted("b", [100, 100])], {
    ...room,
    blocks: [block],
  });
  for (const [left, top, right, bottom] of boxes([one, other])) {
    assert.ok(left >= 150 || right <= 106 || top >= 110 || bottom <= 90);
  }
  const sides = new Map();
  const [, beside] = placeAround([wanted("a", [60, 100]), wanted("b", [165, 100])], {
    ...room,
    sides,
    frame: { ...frame, width: 170 },
  });
  assert.ok(Math.abs(beside.at[1] - 100) > 6, "not in one line with less than a gap between");
});

test("what tells a name from its twin's is cut last", () => {
  const letters = (text) => 10 * text.length;
  const cut = (name, most) => shortened(name, letters, most);
  assert.equal(cut("Momentum, β = 0.9", 170), "Momentum, β = 0.9");
  assert.equal(cut("Momentum, β = 0.9", 150), "Momen…, β = 0.9");
  assert.equal(cut("Momentum, β = 0.99", 90), "β = 0.99");
  assert.equal(cut("Momentum", 50), "Mome…");
  assert.equal(cut("Adam, warm-up 50", 90), "warm-… 50");
});

test("a name stays on its side while it can", () => {
  const sides = new Map();
  const room = { frame, obstacles: [], mark: 6, font: 12, sides };
  // Near the right side it stands on the left, and still does when there would be room again.
  const [at] = placeAround([wanted("a", [190, 100])], room);
  assert.ok(at.at[0] < 190);
  assert.ok(placeAround([wanted("a", [120, 100])], room)[0].at[0] < 120);
});

test("heights of names are as near as they can be", () => {
  assert.deepEqual(spread([10, 50, 90], 20, [0, 100]), [10, 50, 90]);
  assert.deepEqual(spread([50, 50, 50], 20, [0, 100]), [30, 50, 70]);
  assert.deepEqual(spread([0, 0], 20, [0, 100]), [0, 20]);
  assert.deepEqual(spread([100, 100], 20, [0, 100]), [80, 100]);
});

test("names of curves stand right of their ends, left where the panel ends, and apart", () => {
  const ends = [wanted("a", [100, 50]), wanted("b", [100, 52]), wanted("c", [100, 150])];
  const placed = placeBeside(ends, { frame, right: 200, mark: 6, font: 12 });
  assert.ok(placed.every(({ align, at }) => align === "left" && at[0] > 100));
  const heights = placed.map(({ at }) => at[1]);
  assert.ok(heights[1] - heights[0] >= 12);
  const [late] = placeBeside([wanted("a", [190, 50])], { frame, right: 200, mark: 6, font: 12 });
  assert.equal(late.align, "right");
  assert.ok(late.at[0] < 190);
});

test("shades run along the scale, its stops included", () => {
  const shades = shadesOf([
    [0, "#000000"],
    [0.5, "#ff0000"],
    [1, "#ffffff"],
  ]);
  assert.equal(shades.length, 255);
  assert.deepEqual(
    [shades[0], shades[127], shades[254]],
    [
      [0, 0, 0],
      [255, 0, 0],
      [255, 255, 255],
    ],
  );
  assert.ok(shades[60][0] > 110 && shades[60][0] < 130 && shades[60][1] === 0);
});
