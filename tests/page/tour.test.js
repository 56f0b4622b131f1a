import assert from "node:assert/strict";
import { test } from "node:test";
import { besides } from "../../frontend/shell/beside.js";

const ROOM = { width: 1000, height: 600 };
const CARD = { width: 300, height: 100 };
const overlaps = ({ left, top }, place) =>
  left < place.right &&
  left + CARD.width > place.left &&
  top < place.bottom &&
  top + CARD.height > place.top;

test("a card covers nothing of what it tells of, wherever there is room beside it", () => {
  const places = [
    { left: 0, top: 0, right: 200, bottom: 200 },
    { left: 100, top: 450, right: 900, bottom: 600 },
    { left: 0, top: 0, right: 600, bottom: 600 },
    { left: 500, top: 0, right: 1000, bottom: 600 },
    { left: 900, top: 5, right: 990, bottom: 40 },
  ];
  for (const place of places) {
    const at = besides(place, CARD, ROOM);
    assert.ok(!overlaps(at, place), JSON.stringify({ place, at }));
    assert.ok(at.left >= 0 && at.left + CARD.width <= ROOM.width);
    assert.ok(at.top >= 0 && at.top + CARD.height <= ROOM.height);
  }
});

test("a card beside what fills the window stays in the window", () => {
  const at = besides({ left: 0, top: 0, right: 1000, bottom: 600 }, CARD, ROOM);
  assert.ok(at.top >= 0 && at.top + CARD.height <= ROOM.height);
});
