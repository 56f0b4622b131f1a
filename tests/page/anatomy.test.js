import assert from "node:assert/strict";
import { test } from "node:test";
import { partAt } from "../../frontend/scene/arrow_hover.js";
import { anatomy, roundFactor, scaled } from "../../frontend/scene/marks/anatomy.js";
import { plane } from "../../frontend/scene/projection.js";

const roles = new Proxy({}, { get: () => "#000000" });
const look = {
  ink: { roles, faint: "#808080", halo: "#ffffff", text: "#000000" },
  measures: { thin: 1, font: 14 },
};
const FRAME = { left: 40, top: 10, width: 600, height: 300 };

// v ← βv − αg; x ← x + v on f = (x² + 10y²)/2 after one step from (2, 1), α = 0.05, β = 0.5.
const MOMENTUM = {
  key: 1,
  head: [1.9, 0.5],
  end: [1.755, 0],
  pieces: [
    { role: "gradient", by: [-0.095, -0.25] },
    { role: "velocity", by: [-0.05, -0.25] },
  ],
  rate: null,
  lookedAt: [1.9, 0.5],
  shown: 3,
  isSelected: true,
};

function drawn(body, view, lit = null) {
  const projection = plane(view, FRAME);
  const scene = { anatomy: [body], lit };
  return { projection, items: anatomy({ scene, projection, look }) };
}
const arrowsOf = (items) => items.filter(({ kind }) => kind === "arrow");
const only = (items, role) => arrowsOf(items).find((item) => item.role === `anatomy_${role}`);
function isNear(one, other, message) {
  one.forEach((value, i) => {
    assert.ok(Math.abs(value - other[i]) < 1e-6, `${message}: ${one} is not ${other}`);
  });
}

for (const [name, view] of [
  ["one scale", { x: [-2, 2], y: [-1, 1] }],
  ["axes scaled apart", { x: [1, 2], y: [-50, 50].map((edge) => edge / 50) }],
]) {
  test(`arrows of a step lead from its head to the next point: ${name}`, () => {
    const { projection, items } = drawn(MOMENTUM, view);
    let at = projection.toScreen(MOMENTUM.head);
    for (const { role } of MOMENTUM.pieces) {
      const arrow = only(items, role);
      isNear(arrow.at, at, role);
      at = [at[0] + arrow.by[0], at[1] + arrow.by[1]];
    }
    isNear(at, projection.toScreen(MOMENTUM.end), "sum");
    const step = only(items, "step");
    isNear([step.at[0] + step.by[0], step.at[1] + step.by[1]], at, "step");
    assert.equal(
      items.some(({ role }) => role === "anatomy_larger"),
      false,
    );
  });
}

test("where the step is too small to see all arrows are larger by one factor, which is told", () => {
  const { projection, items } = drawn(MOMENTUM, { x: [-40, 40], y: [-20, 20] });
  const told = items.find(({ role }) => role === "anatomy_larger");
  const factor = Number(told.text.slice(1));
  assert.ok(factor > 1);
  const sum = arrowsOf(items)
    .filter(({ role }) => role !== "anatomy_step")
    .reduce(([x, y], { by }) => [x + by[0], y + by[1]], [0, 0]);
  isNear(sum, projection.direction([-0.145 * factor, -0.5 * factor]), "sum");
  isNear(only(items, "step").by, sum, "step");
});

test("parts come one by one: pieces, then the scaling, then the step", () => {
  const rate = [0.01, 0.04];
  const shown = (count) => {
    const { items } = drawn({ ...MOMENTUM, rate, shown: count }, { x: [1, 2], y: [-1, 1] });
    return new Set(arrowsOf(items).map(({ role }) => role.slice("anatomy_".length)));
  };
  const order = ["gradient", "velocity", "scaling", "step"];
  order.forEach((_, i) => assert.deepEqual(shown(i + 1), new Set(order.slice(0, i + 1))));
});

test("the step ends on the ellipse that scaling makes of the circle of steps with one rate", () => {
  // Rates 0.01 and 0.04: their geometric mean is 0.02.
  const { plain, outline } = scaled({ ...MOMENTUM, rate: [0.01, 0.04] });
  isNear(plain, [-0.145 / 0.5, -0.5 / 2], "with one rate");
  const radius = Math.hypot(...plain);
  isNear([Math.max(...outline.map(([x]) => x))], [0.5 * radius], "along x");
  isNear([Math.max(...outline.map(([, y]) => y))], [2 * radius], "along y");
  isNear([Math.hypot(-0.145 / 0.5, -0.5 / 2)], [radius], "the step is on it");
});

test("roles are told apart by more than a hue", () => {
  const { items } = drawn(MOMENTUM, { x: [1, 2], y: [-1, 1] });
  const looks = arrowsOf(items).map(({ dash, width }) => `${dash} ${width}`);
  assert.equal(new Set(looks).size, looks.length);
  assert.equal(items.filter(({ kind }) => kind === "label").length, 3);
});

test("the arrow under a place is found, and its role alone keeps its colour", () => {
  const view = { x: [1, 2], y: [-1, 1] };
  const { items } = drawn(MOMENTUM, view);
  const { at, by } = only(items, "velocity");
  assert.equal(partAt(items, [at[0] + by[0] / 2, at[1] + by[1] / 2]), "velocity");
  assert.equal(partAt(items, [at[0] + 200, at[1]]), null);
  const { items: lit } = drawn(MOMENTUM, view, "velocity");
  assert.equal(only(lit, "gradient").color, look.ink.faint);
  assert.notEqual(only(lit, "velocity").color, look.ink.faint);
});

test("factors are round", () => {
  assert.deepEqual([0.3, 1.9, 2, 7, 19, 20, 4999].map(roundFactor), [1, 1, 2, 5, 10, 20, 2000]);
});
