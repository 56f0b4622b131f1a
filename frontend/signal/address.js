// The whole state in the address, readable by people. What B does as A does is not repeated.
// #depth=30&activation=sigmoid&initializer=xavier&dataset=moons&b=activation:relu,initializer:he

import { describe, fits, isShared, PARTS, turned } from "./knobs.js";
import { defaultState, SHOWN, VIEWS, valuesOf } from "./state.js";

const ALWAYS = new Set(["depth", "width", "activation", "initializer", "dataset"]);
const inText = (value) => (typeof value === "boolean" ? String(Number(value)) : String(value));

// What B is asked for, as text: the knobs that stand elsewhere than A's.
function overrides(catalog, state) {
  const ofA = new Map(describe(catalog, valuesOf(state, "A")).map((knob) => [knob.key, knob]));
  const fresh = new Set();
  return describe(catalog, valuesOf(state, "B"))
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

// The knobs alone: what tells one experiment from another.
export function experimentOf(catalog, state) {
  const pairs = describe(catalog, valuesOf(state, "A"))
    .filter(({ key, touched }) => touched || ALWAYS.has(key))
    .map(({ key, value }) => [key, inText(value)]);
  if (state.b !== null) pairs.push(["b", overrides(catalog, state)]);
  return pairs;
}

export function toAddress(catalog, state) {
  const pairs = experimentOf(catalog, state);
  if (state.view !== "signal") pairs.unshift(["view", state.view]);
  if (state.b !== null && state.edited !== "B") pairs.push(["edit", state.edited]);
  if (state.show !== "norms") pairs.push(["show", state.show]);
  if (state.layer !== 1) pairs.push(["layer", state.layer]);
  if (state.language) pairs.push(["lang", state.language]);
  if (state.theme) pairs.push(["theme", state.theme]);
  return `#${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

function fromText(schema, text) {
  if (schema.enum) return text;
  if (schema.type === "boolean") return { 0: false, 1: true }[text];
  return text === "" ? undefined : Number(text);
}

// Turns the knobs that texts ask for, parts before their numbers; answers the values.
function turnAll(catalog, values, texts, wrong) {
  const order = ([key]) => {
    const index = Object.keys(PARTS).indexOf(key);
    return index >= 0 ? index : key === "convention" ? 10 : 11;
  };
  return [...texts]
    .sort((one, other) => order(one) - order(other))
    .reduce((now, [key, text]) => {
      const knob = describe(catalog, now).find((one) => one.key === key);
      const value = knob && fromText(knob.schema, text);
      if (value !== undefined && fits(knob.schema, value)) return turned(now, key, value);
      wrong(`${key}=${text}`);
      return now;
    }, values);
}

const split = (values, wanted) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => isShared(key) === wanted));

// The state that an address asks for; what cannot be used is named and left as it was.
export function fromAddress(hash, catalog) {
  const state = defaultState();
  const problems = [];
  const wrong = (what) => problems.push(what.slice(0, 60));
  const one = (words, key) => (value) => words.includes(value) && Boolean((state[key] = value));
  const readers = {
    view: one(VIEWS, "view"),
    show: one(SHOWN, "show"),
    lang: one(["en", "ru"], "language"),
    theme: one(["light", "dark"], "theme"),
    edit: one(["A", "B"], "edited"),
    layer: (value) =>
      /^\d{1,2}$/.test(value) && Number(value) > 0 && Boolean((state.layer = Number(value))),
    b: () => true,
  };
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const own = [];
  state.edited = query.has("b") ? "B" : "A";
  for (const [name, value] of query) {
    if (!Object.hasOwn(readers, name)) own.push([name, value]);
    else if (!readers[name](value)) wrong(`${name}=${value}`);
  }
  const values = turnAll(catalog, {}, own, wrong);
  state.shared = split(values, true);
  state.a = split(values, false);
  if (query.has("b")) {
    const texts = query
      .get("b")
      .split(",")
      .filter(Boolean)
      .map((pair) => {
        const [key, ...rest] = pair.split(":");
        return [key, rest.join(":")];
      });
    const refuse = (what) => wrong(`b: ${what}`);
    texts.filter(([key]) => isShared(key)).forEach(([key, text]) => refuse(`${key}=${text}`));
    state.b = split(
      turnAll(
        catalog,
        values,
        texts.filter(([key]) => !isShared(key)),
        refuse,
      ),
      false,
    );
  } else state.edited = "A";
  return { state, problems };
}
