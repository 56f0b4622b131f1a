// The plane on the panel: there and back, moved and zoomed about a place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestPoint } from "../../frontend/charts/picking.js";
import { createAhead } from "../../frontend/scene/ahead.js";
import { fitRange, isApart, rounded } from "../../frontend/scene/geometry.js";
import { startUnder, valueAt } from "../../frontend/scene/picking.js";
import { plane } from "../../frontend/scene/projection.js";

const FRAME = { left: 40, top: 10, width: 400, height: 200 };
const VIEW = { x: [-2, 2], y: [0, 2] };
const near = (one, other, slack = 1e-9) =>
  one.forEach((value, k) => assert.ok(Math.abs(value - other[k]) < slack, `${one} ≠ ${other}`));

test("corners of the view are corners of the frame, y upwards", () => {
  const projection = plane(VIEW, FRAME);
  assert.deepEqual(projection.toScreen([-2, 2]), [40, 10]);
  assert.deepEqual(projection.toScreen([2, 0]), [440, 210]);
  near(projection.toWorld([140, 60]), [-1, 1.5]);
  near(projection.toWorld(projection.toScreen([0.123, 1.77])), [0.123, 1.77]);
  assert.deepEqual([...projection.pixels([-2, 2], [2, 0])], [40, 10, 440, 210]);
  near(projection.direction([1, 1]), [100, -100]);
});

test("a place under the pointer stays under it while one zooms, and follows it while one drags", () => {
  const projection = plane(VIEW, FRAME);
  const spot = [333, 55];
  const place = projection.toWorld(spot);
  for (const factor of [0.1, 3]) {
    near(plane(projection.zoomed(factor, spot), FRAME).toWorld(spot), place);
  }
  const to = [200, 180];
  near(plane(projection.panned(spot, to), FRAME).toWorld(to), place);
});

test("what was drawn for another view lies where its places are now", () => {
  const projection = plane({ x: [-1, 3], y: [1, 3] }, FRAME);
  const box = projection.boxOf(VIEW);
  assert.deepEqual(box, { left: -60, top: 110, width: 400, height: 200 });
  assert.deepEqual(plane(VIEW, FRAME).boxOf(VIEW), FRAME);
});

test("what is far outside is pulled near, and no further", () => {
  const [x, y] = plane(VIEW, FRAME).pixels([1e300], [-Infinity]);
  assert.equal(x, 1e5);
  assert.equal(y, 1e5);
});

test("a picture has one scale for both axes, unless they are apart", () => {
  const { x, y } = fitRange(
    [
      [-1, 1],
      [-1, 1],
    ],
    400,
    200,
  );
  near([...x, ...y], [-2, 2, -1, 1]);
  assert.deepEqual(
    fitRange(
      [
        [-1, 1],
        [-1, 1],
      ],
      400,
      200,
      true,
    ),
    { x: [-1, 1], y: [-1, 1] },
  );
  // A view that has been fitted is left alone.
  near(Object.values(fitRange([x, y], 400, 200)).flat(), [...x, ...y]);
  assert.equal(
    isApart(null, [
      [0, 20.1],
      [0, 1],
    ]),
    true,
  );
  assert.equal(
    isApart("equal", [
      [0, 20.1],
      [0, 1],
    ]),
    false,
  );
  assert.deepEqual(rounded({ x: [0.12345678, 1], y: [0, 1] }).x, [0.12346, 1]);
});

test("a start is picked within reach, the nearest of several", () => {
  const projection = plane(VIEW, FRAME);
  const starts = [
    [0, 1],
    [0.05, 1],
  ];
  assert.equal(startUnder(starts, projection, projection.toScreen([0.04, 1]), 12), 1);
  assert.equal(startUnder(starts, projection, [41, 11], 12), -1);
  assert.equal(startUnder([], projection, [41, 11], 12), -1);
});

test("points of a path are picked up to the step that is shown", () => {
  const trail = { pixels: new Float32Array([0, 0, 10, 0, 20, 0]), count: 3 };
  assert.equal(nearestPoint([trail], [19, 1], 2, 5).index, 2);
  assert.equal(nearestPoint([trail], [19, 1], 1, 5), null);
});

test("the ground's value between points is bilinear: exact for f = 2x + xy", () => {
  const x = [0, 1, 2];
  const y = [0, 2];
  const f = (u, v) => 2 * u + u * v;
  const grid = { x, y, heights: y.flatMap((v) => x.map((u) => f(u, v))), gradient: null };
  assert.equal(valueAt(grid, "heights", [1.5, 0.5]), f(1.5, 0.5));
  assert.equal(valueAt(grid, "heights", [2.5, 0.5]), null);
  assert.equal(valueAt(grid, "gradient", [1, 1]), null);
});

test("what a gesture asks for is seen at once, until the state has it or another view", () => {
  const ahead = createAhead();
  const view = (x) => ({ x: [x, x + 1], y: [0, 1] });
  for (const x of [0.1, 0.2, 0.3]) ahead.ask(view(x));
  // The state comes after, and leaves some out.
  ahead.follow(view(0.200001));
  assert.deepEqual(ahead.view, view(0.3));
  ahead.follow(view(0.300001));
  assert.equal(ahead.view, null);
  ahead.ask(view(0.4));
  ahead.follow(view(5));
  assert.equal(ahead.view, null);
});
