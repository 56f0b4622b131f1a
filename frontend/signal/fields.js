// The address of this page, readable by people. What B does as A does is not repeated.
// #depth=30&activation=sigmoid&initializer=xavier&dataset=moons&b=activation:relu,initializer:he

import { createCodec, field, flag, whole, word } from "../core/codec.js";
import { sceneFields } from "../scenes/address.js";
import { appearanceFields } from "../shell/fields.js";
import { describe, fits, isShared, knobsOf, PARTS, turned } from "./knobs.js";
import { defaultState, SHOWN, VIEWS } from "./state.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./knobs.js").Schema} Schema
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Values} Values
 * @typedef {import("../core/codec.js").Field<Draft, State, Catalog>} AddressField
 */

/**
 * The state being read. Which values a knob allows depends on others, so all of them are turned
 * once all are known.
 *
 * @typedef {State & { knobs: [string, string][], overrides: string | null }} Draft
 */

/** Knobs in the order in which they are written; a name that ends with a dot is a part's numbers. */
const KNOBS = [
  "depth",
  "width",
  "activation",
  "activation.",
  "initializer",
  "initializer.",
  "skip",
  "normalization",
  "loss",
  "optimizer",
  "convention",
  "optimizer.",
  "changes",
  "batch",
  "schedule",
  "schedule.",
  "clipping",
  "clipping.",
  "dataset",
  "dataset.",
  "seed",
  "seeds",
  "steps",
];
const ALWAYS = new Set(["depth", "width", "activation", "initializer", "dataset"]);
/** What a problem is told as, at most, in characters. */
const TOLD = 60;

/** @param {number | string | boolean} value */
const inText = (value) => (typeof value === "boolean" ? String(Number(value)) : String(value));

/** @param {string} name @returns {AddressField} */
const knob = (name) => ({
  name,
  read(draft, text, _catalog, inner) {
    draft.knobs.push([name.endsWith(".") ? name + inner : name, text]);
    return true;
  },
  write: (state, catalog) =>
    knobsOf(catalog, state, "A")
      .filter(({ key }) => (name.endsWith(".") ? key.startsWith(name) : key === name))
      .filter(({ key, touched }) => touched || ALWAYS.has(key))
      .map(({ key, value }) => [key.slice(name.length), inText(value)]),
});

/**
 * What B is asked for, as text: the knobs that stand elsewhere than A's.
 *
 * @param {Readonly<State>} state
 * @param {Catalog} catalog
 */
function overrides(state, catalog) {
  const ofA = new Map(knobsOf(catalog, state, "A").map((one) => [one.key, one]));
  const fresh = new Set();
  return knobsOf(catalog, state, "B")
    .filter(({ key, value, touched }) => {
      if (isShared(key)) return false;
      const [part] = key === "convention" ? ["optimizer"] : key.split(".");
      const differs = ofA.get(key)?.value !== value;
      const isFresh = fresh.has(part);
      // Another part, or another convention of the same optimizer, has defaults of its own.
      if (differs && (key in PARTS || key === "convention")) fresh.add(part);
      return isFresh ? touched : differs;
    })
    .map(({ key, value }) => `${key}:${inText(value)}`)
    .join(",");
}

/** @type {AddressField} */
const second = {
  name: "b",
  read(draft, text) {
    draft.overrides = text;
    return true;
  },
  write: (state, catalog) => (state.b === null ? [] : [overrides(state, catalog)]),
};

/** @type {AddressField} */
const edited = {
  name: "edit",
  read(draft, text) {
    const letter = word(["A", "B"])(text);
    if (letter) draft.edited = /** @type {"A" | "B"} */ (letter);
    return letter !== undefined;
  },
  write: (state) => (state.b !== null && state.edited !== "B" ? [state.edited] : []),
};

const experiment = [...KNOBS.map(knob), second];

/** @type {import("../core/codec.js").Field<any, any, any>[]} */
const FIELDS = [
  field({ name: "view", fallback: "signal", read: word(VIEWS) }),
  ...experiment,
  edited,
  field({ name: "show", fallback: "norms", read: word(SHOWN) }),
  field({ name: "layer", fallback: 1, read: whole(1, 99) }),
  ...sceneFields,
  ...appearanceFields,
];

const codec = createCodec(FIELDS);
const knobsAlone = createCodec(experiment);

/** @param {Schema} schema @param {string} text */
function fromText(schema, text) {
  if (schema.enum || schema.allows) return text;
  if (schema.type === "boolean") return flag(text);
  return text.trim() === "" ? undefined : Number(text);
}

/**
 * Turns the knobs that texts ask for, parts before their numbers; answers the values.
 *
 * @param {Catalog} catalog
 * @param {Values} values
 * @param {[string, string][]} texts
 * @param {(what: string) => void} wrong
 */
function turnAll(catalog, values, texts, wrong) {
  /** @param {[string, string]} pair */
  const order = ([key]) => {
    const index = Object.keys(PARTS).indexOf(key);
    return index >= 0 ? index : key === "convention" ? 10 : 11;
  };
  return [...texts]
    .sort((one, other) => order(one) - order(other))
    .reduce((now, [key, text]) => {
      const found = describe(catalog, now).find((one) => one.key === key);
      const value = found && fromText(found.schema, text);
      if (found && value !== undefined && fits(found.schema, value)) return turned(now, key, value);
      wrong(`${key}=${text}`.slice(0, TOLD));
      return now;
    }, values);
}

/** @param {Values} values @param {boolean} wanted */
const split = (values, wanted) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => isShared(key) === wanted));

/** @param {string} text @returns {[string, string][]} */
const pairsOf = (text) =>
  text
    .split(",")
    .filter(Boolean)
    .map((pair) => {
      const [key, ...rest] = pair.split(":");
      return [key, rest.join(":")];
    });

/**
 * The part of the state that an address asks for; what cannot be used is named and left as it was.
 *
 * @param {string} hash
 * @param {Catalog} catalog
 */
export function fromAddress(hash, catalog) {
  /** @type {Draft} */
  const draft = { ...defaultState(), edited: "B", knobs: [], overrides: null };
  const problems = codec.read(hash, draft, catalog);
  const values = turnAll(catalog, {}, draft.knobs, (what) => problems.push(what));
  const { view, show, layer, language, theme, large, scene, origin, phase, answer } = draft;
  /** @type {Pick<State, "view" | "show" | "layer" | "language" | "theme" | "large" | keyof import("../scenes/phases.js").InScene | "a" | "b" | "shared" | "edited">} */
  const state = {
    ...{ view, show, layer, language, theme, large, scene, origin, phase, answer },
    a: split(values, false),
    b: null,
    shared: split(values, true),
    edited: "A",
  };
  if (draft.overrides !== null) {
    /** @param {string} what */
    const refuse = (what) => problems.push(`b: ${what}`);
    const texts = pairsOf(draft.overrides);
    for (const [key, text] of texts) if (isShared(key)) refuse(`${key}=${text}`.slice(0, TOLD));
    const own = texts.filter(([key]) => !isShared(key));
    state.b = split(turnAll(catalog, values, own, refuse), false);
    state.edited = draft.edited;
  }
  return { state, problems };
}

/** @param {Readonly<State>} state @param {Catalog} catalog @returns {string} With its `#`. */
export const toAddress = (state, catalog) => codec.write(state, catalog);

/**
 * The knobs alone: what tells one experiment from another.
 *
 * @param {Pick<State, "a" | "b" | "shared">} state
 * @param {Catalog} catalog
 */
export const experimentOf = (state, catalog) =>
  knobsAlone.write(/** @type {State} */ (state), catalog);
