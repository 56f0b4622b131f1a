// Addresses: what is written is read back, old names too, and nothing foreign does harm.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createCodec,
  double,
  field,
  flag,
  pairsOf,
  whole,
  word,
} from "../../frontend/core/codec.js";

const INITIAL = { surface: "bowl", steps: 100, large: false, rate: 0.1, numbers: {} };
const KNOWN = ["κ", "a.b", "constructor"];

const codec = createCodec(
  [
    field({
      name: "surface",
      fallback: "bowl",
      read: word(["bowl", "saddle", "a&b=c%"]),
      always: true,
    }),
    field({ name: "steps", fallback: 100, read: whole(1, 10_000) }),
    field({ name: "large", fallback: false, read: flag, write: (on) => (on ? "1" : "0") }),
    field({ name: "α", key: "rate", fallback: 0.1, read: double(0, 1e300) }),
    {
      name: "surface.",
      read(draft, text, _, name) {
        const value = double(-1e300, 1e300)(text);
        if (!KNOWN.includes(name) || value === undefined) return false;
        draft.numbers = { ...draft.numbers, [name]: value };
        return true;
      },
      write: ({ numbers }) => Object.entries(numbers).map(([name, value]) => [name, String(value)]),
    },
  ],
  (draft, name) => (KNOWN.includes(name) && draft.surface !== "saddle" ? `surface.${name}` : null),
);

function opened(hash) {
  const draft = { ...INITIAL };
  const problems = codec.read(hash, draft, null);
  return { draft, problems };
}

/** Doubles of all sizes: any bits, by a fixed generator. */
function* doubles() {
  const bits = new DataView(new ArrayBuffer(8));
  let seed = 1;
  for (let k = 0; k < 2000; k += 1) {
    for (const at of [0, 4]) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      bits.setUint32(at, seed);
    }
    const value = Math.abs(bits.getFloat64(0));
    if (value <= 1e300) yield value;
  }
  yield* [0, 5e-324, 0.1 + 0.2, 1 / 3, 2 ** 53, 1e21, 1e300];
}

test("every state that is written is read back, each double exactly", () => {
  for (const rate of doubles()) {
    const numbers = { κ: 0 - rate, "a.b": rate };
    const state = { surface: "a&b=c%", steps: 9999, large: true, rate, numbers };
    const { draft, problems } = opened(codec.write(state, null));
    assert.deepEqual(draft, state);
    assert.deepEqual(problems, []);
  }
});

test("defaults are left out, and what is always there is there", () => {
  assert.equal(codec.write(INITIAL, null), "#surface=bowl");
  assert.equal(codec.write({ ...INITIAL, steps: 7 }, null), "#surface=bowl&steps=7");
});

test("a namespace is a field's own: the same name outside of it is another", () => {
  const { draft, problems } = opened("#surface.constructor=3&constructor.surface=3&surface.=1");
  assert.deepEqual({ ...draft.numbers }, { constructor: 3 });
  assert.deepEqual(problems, ["constructor.surface=3", "surface.=1"]);
});

test("old names are read as what they are now, and as nothing where they are not", () => {
  assert.equal(opened("#κ=5").draft.numbers.κ, 5);
  // Fields are read in their order: where a name goes may depend on one before it.
  assert.deepEqual(opened("#κ=5&surface=saddle").problems, ["κ=5"]);
});

test("foreign keys and values are told, and do nothing", () => {
  for (const part of [
    "__proto__=1",
    "toString=1",
    "hasOwnProperty=",
    "surface.__proto__=1",
    "large=constructor",
    "large=__proto__",
    "surface=toString",
    "steps=1e3",
    "steps=-1",
    "steps=12345678901",
    "steps= 7",
    "α=",
    "α=Infinity",
    "α=NaN",
    "α=-1",
    "x",
  ]) {
    const { draft, problems } = opened(`#${part}`);
    assert.deepEqual(draft, INITIAL, part);
    assert.equal(problems.length, 1, part);
    assert.ok(problems[0].startsWith(part), problems[0]);
  }
  assert.equal({}.polluted, undefined);
});

test("what is no encoding is told as it stands, and the rest is read", () => {
  const { draft, problems } = opened("#%=1&steps=7&surface=%E0%A4%A&100%&large=1");
  assert.deepEqual(problems, ["%=1", "surface=%E0%A4%A", "100%"]);
  assert.equal(draft.steps, 7);
  assert.equal(draft.large, true);
});

test("an encoded percent is one percent", () => {
  assert.deepEqual(pairsOf("#100%25=a%26b%3Dc").pairs, [["100%", "a&b=c"]]);
});

test("long rubbish is told shortened", () => {
  const { problems } = opened(`#x=${"y".repeat(10_000)}`);
  assert.ok(problems[0].length <= 60);
});

test("commas, colons and plus signs stay as they are, so that an address can be read", () => {
  const list = createCodec([field({ name: "start", fallback: "", read: (text) => text })]);
  assert.equal(list.write({ start: "-3,1:+2 %#&" }, null), "#start=-3,1:+2%20%25%23%26");
  const draft = {};
  list.read("#start=-3,1:+2%20%25%23%26", draft, null);
  assert.equal(draft.start, "-3,1:+2 %#&");
});
