// Charts under one another have the same room beside their frames, whichever needs it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createColumn } from "../../frontend/charts/column.js";

/** A chart that asks for its room as often as it is drawn. */
function chart(column, needs) {
  const one = { needs, has: null, drawn: 0 };
  one.draw = () => {
    one.drawn += 1;
    one.has = column.share(one, one.needs, one.draw);
  };
  return one;
}

test("all have the room of the one that needs most, each drawn no more than it must be", () => {
  const column = createColumn();
  const losses = chart(column, { left: 40, right: 90 });
  const rates = chart(column, { left: 60, right: 20 });
  losses.draw();
  rates.draw();
  assert.deepEqual(losses.has, { left: 60, right: 90 });
  assert.deepEqual(rates.has, losses.has);
  assert.deepEqual([losses.drawn, rates.drawn], [2, 1]);
  rates.draw();
  assert.deepEqual([losses.drawn, rates.drawn], [2, 2]);
  losses.needs = { left: 40, right: 10 };
  losses.draw();
  assert.deepEqual([losses.has, rates.has], [rates.has, { left: 60, right: 20 }]);
});

test("one that is gone needs nothing", () => {
  const column = createColumn();
  const losses = chart(column, { left: 40, right: 90 });
  const rates = chart(column, { left: 60, right: 200 });
  losses.draw();
  rates.draw();
  column.leave(rates);
  assert.deepEqual(losses.has, losses.needs);
});
