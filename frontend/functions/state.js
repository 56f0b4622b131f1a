// The whole state of the page, and its way into the address and back.
// #view=activations&z=1.25&elu.alpha=0.5&mode=classes&points=1:0.9,0:0.2&point=2&lang=ru

import { bounds } from "../forms/parameter.js";
import { indexOf, REACH, zAt } from "./requests.js";

export const VIEWS = ["activations", "losses"];

// Where predictions can be: least, most, the smallest change, and what is there at first.
export const MODES = {
  classes: {
    least: 0.001,
    most: 0.999,
    step: 0.001,
    shown: [0, 1],
    points: [
      [1, 0.9],
      [1, 0.7],
      [0, 0.2],
      [0, 0.35],
      [1, 0.6],
      [1, 0.04],
    ],
  },
  regression: {
    least: 0,
    most: 6,
    step: 0.01,
    shown: [0, 6],
    points: [
      [0.6, 0.9],
      [1.1, 0.7],
      [1.4, 1.5],
      [2, 1.8],
      [2.3, 2.8],
      [5.5, 3],
    ],
  },
};
const MOST_POINTS = 12;

export const defaultState = () => ({
  view: "activations",
  z: 1,
  numbers: {},
  mode: "classes",
  classes: MODES.classes.points,
  regression: MODES.regression.points,
  point: 6,
  language: null,
  theme: null,
});

export const clamped = (mode, value) => {
  const { least, most, step } = MODES[mode];
  const inside = Math.min(most, Math.max(least, value));
  return Number((Math.round(inside / step) * step).toFixed(3));
};

const asText = (points) => points.map((pair) => pair.join(":")).join(",");

export function toAddress(state) {
  const pairs = [["view", state.view], ["z", state.z], ...Object.entries(state.numbers)];
  if (state.mode !== "classes") pairs.push(["mode", state.mode]);
  for (const mode of Object.keys(MODES)) {
    if (state[mode] !== MODES[mode].points) pairs.push([mode, asText(state[mode])]);
  }
  if (state.view === "losses") pairs.push(["point", state.point]);
  if (state.language) pairs.push(["lang", state.language]);
  if (state.theme) pairs.push(["theme", state.theme]);
  return `#${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

function pointsFrom(mode, value) {
  const {
    shown: [low, high],
  } = MODES[mode];
  const points = value
    .split(",")
    .map((pair) => pair.split(":").map((part) => (part === "" ? NaN : Number(part))));
  const good =
    points.length <= MOST_POINTS &&
    points.every(
      ([target, at, ...more]) =>
        more.length === 0 &&
        target >= low &&
        target <= high &&
        clamped(mode, at) === at &&
        (mode !== "classes" || target === 0 || target === 1),
    );
  return good ? points : null;
}

// The state that an address asks for; what cannot be used is named and left as it was.
export function fromAddress(hash, catalog) {
  const state = defaultState();
  const problems = [];
  const schemas = Object.fromEntries(
    catalog.activations.flatMap((entry) =>
      Object.entries(entry.parameters.properties).map(([name, schema]) => [
        `${entry.id}.${name}`,
        schema,
      ]),
    ),
  );
  const readers = {
    view: (value) => VIEWS.includes(value) && Boolean((state.view = value)),
    mode: (value) => Object.hasOwn(MODES, value) && Boolean((state.mode = value)),
    lang: (value) => ["en", "ru"].includes(value) && Boolean((state.language = value)),
    theme: (value) => ["light", "dark"].includes(value) && Boolean((state.theme = value)),
    classes: (value) => Boolean((state.classes = pointsFrom("classes", value) ?? state.classes)),
    regression: (value) =>
      Boolean((state.regression = pointsFrom("regression", value) ?? state.regression)),
    point: (value) => /^\d{1,2}$/.test(value) && Boolean((state.point = Number(value))),
    z(value) {
      const z = value === "" ? NaN : Number(value);
      if (!(Math.abs(z) <= REACH)) return false;
      state.z = zAt(indexOf(z));
      return true;
    },
  };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : null;
    if (schema) {
      const [low, high] = bounds(schema);
      const number = value === "" ? NaN : Number(value);
      if (number >= low && number <= high) state.numbers = { ...state.numbers, [name]: number };
      else problems.push(`${name}=${value}`);
    } else if (!(Object.hasOwn(readers, name) && readers[name](value))) {
      problems.push(`${name}=${value}`);
    } else if (["classes", "regression"].includes(name) && !pointsFrom(name, value)) {
      problems.push(`${name}=${value}`);
    }
  }
  state.point = Math.min(state[state.mode].length, Math.max(1, state.point));
  return { state, problems: problems.map((problem) => problem.slice(0, 60)) };
}
