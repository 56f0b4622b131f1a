// The whole state in the address, readable by people: a copied link reopens the same picture.
// #surface=bowl&condition_number=50&start=-3,1&run=adam,learning_rate:0.1&run=sgd,off&step=120

import { bounds } from "../forms/parameter.js";
import {
  CONSTANT,
  defaultConvention,
  defaultState,
  FORMULA,
  GROUNDS,
  LOG,
  LOSS,
  newRun,
  optimizerOf,
  SCALES,
  SPEEDS,
  surfaceOf,
} from "./state.js";

// Every digit of a number: a link that cut some would reopen another picture.
const number = (value) => (typeof value === "number" ? String(value) : value);

function runToText(catalog, run) {
  const parts = [run.optimizer];
  if (run.convention !== defaultConvention(optimizerOf(catalog, run))) parts.push(run.convention);
  const add = (name, value) => parts.push(`${name}:${number(value)}`);
  for (const [name, value] of Object.entries(run.numbers)) add(name, value);
  if (run.schedule !== CONSTANT) add("schedule", run.schedule);
  for (const [name, value] of Object.entries(run.scheduleNumbers)) add(`schedule.${name}`, value);
  if (run.clipping) add("clipping", run.clipping);
  if (run.clipping && run.threshold !== null) add("clipping.threshold", run.threshold);
  for (const [name, value] of Object.entries(run.regularization)) add(`penalty.${name}`, value);
  if (run.noise > 0) add("noise", run.noise);
  if (run.batch !== null) add("batch", run.batch);
  if (run.color !== undefined) add("color", run.color);
  if (run.tuned) add("tuned", run.tuned);
  if (!run.enabled) parts.push("off");
  if (run.label) add("label", encodeURIComponent(run.label));
  return parts.join(",");
}

// URLSearchParams would escape commas and colons, which are allowed here and read better.
const escape = (text) =>
  encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2B/g, "+");

export function toAddress(catalog, state, step) {
  const pairs = [["surface", state.surface]];
  if (state.surface === FORMULA) pairs.push(["formula", state.formula]);
  for (const [name, value] of Object.entries(state.parameters)) pairs.push([name, number(value)]);
  if (state.points !== null) {
    pairs.push(["points", state.points]);
    pairs.push(...Object.entries(state.reading ?? {}));
    if (state.columns) pairs.push(["columns", state.columns.join(",")]);
  }
  for (const start of state.starts) pairs.push(["start", start.map(number).join(",")]);
  if (state.starts.length > 1) pairs.push(["selected", String(state.selectedStart + 1)]);
  for (const run of state.runs) pairs.push(["run", runToText(catalog, run)]);
  pairs.push(["edit", String(state.runs.findIndex((run) => run.key === state.selectedRun) + 1)]);
  pairs.push(["steps", String(state.steps)]);
  if (state.seed !== 0) pairs.push(["seed", String(state.seed)]);
  if (state.precision !== "float64") pairs.push(["precision", state.precision]);
  if (state.tolerance !== 0.001) pairs.push(["tolerance", number(state.tolerance)]);
  if (state.view) pairs.push(["view", [...state.view.x, ...state.view.y].map(number).join(",")]);
  if (state.aspect !== null) pairs.push(["aspect", state.aspect]);
  if (state.ground !== LOSS) pairs.push(["ground", state.ground]);
  if (state.scale !== LOG) pairs.push(["scale", state.scale]);
  pairs.push(["step", String(step)]);
  if (state.speed !== 1) pairs.push(["speed", String(state.speed)]);
  if (state.loop) pairs.push(["loop", "1"]);
  if (state.reveal) pairs.push(["reveal", "1"]);
  if (state.graph) pairs.push(["graph", "1"]);
  if (state.language) pairs.push(["lang", state.language]);
  if (state.theme) pairs.push(["theme", state.theme]);
  return `#${pairs.map(([name, value]) => `${name}=${escape(value)}`).join("&")}`;
}

// A value that a schema allows, or null.
function allowed(schema, text) {
  if (!schema) return null;
  if (schema.enum) return schema.enum.includes(text) ? text : null;
  const value = Number(text);
  const [low, high] = bounds(schema);
  if (text === "" || !Number.isFinite(value) || value < low || value > high) return null;
  return schema.type === "integer" && !Number.isInteger(value) ? null : value;
}

// Puts one part of a run's text where it belongs; false if it belongs nowhere.
function readPart(catalog, run, optimizer, part) {
  const [name, value = ""] = part.split(":");
  const known = (entries) => entries.some(({ id }) => id === value);
  const put = (target, key, schema) => {
    const good = allowed(schema, value);
    if (good !== null) target[key] = good;
    return good !== null;
  };
  const [group, inner] = name.split(".");
  if (part === "off") run.enabled = false;
  else if (part in optimizer.conventions) run.convention = part;
  else if (name === "label") run.label = decodeURIComponent(value).slice(0, catalog.limits.label);
  else if (name === "color" && /^\d{1,2}$/.test(value)) run.color = Number(value);
  else if (name === "tuned" && /^[0-9a-z]{1,8}$/.test(value)) run.tuned = value;
  else if (name === "schedule" && known(catalog.schedules)) run.schedule = value;
  else if (group === "schedule" && inner) {
    const { properties } = catalog.schedules.find(({ id }) => id === run.schedule).parameters;
    return put(run.scheduleNumbers, inner, properties[inner]);
  } else if (name === "clipping" && known(catalog.clippings)) run.clipping = value;
  else if (name === "clipping.threshold") {
    return put(run, "threshold", catalog.clippings[0].parameters.properties.threshold);
  } else if (group === "penalty" && inner) {
    return put(run.regularization, inner, catalog.regularization.properties[inner]);
  } else if (name === "noise") return put(run, "noise", catalog.gradient_noise);
  else if (name === "batch") {
    return put(run, "batch", { type: "integer", minimum: 1, maximum: catalog.limits.points_rows });
  } else if (name === "convention") return false;
  else return put(run.numbers, name, optimizer.parameters.properties[name]);
  return true;
}

function runFromText(catalog, text, color, wrong) {
  const [id, ...parts] = text.split(",");
  const optimizer = catalog.optimizers.find((one) => one.id === id);
  if (!optimizer) {
    wrong(`run=${id}`);
    return null;
  }
  const run = newRun(optimizer, { color });
  for (const part of parts) {
    if (!readPart(catalog, run, optimizer, part)) wrong(`run=${id},${part}`);
  }
  return run;
}

// The state that an address asks for; whatever cannot be used is named and left at its default.
export function fromAddress(hash, catalog) {
  const query = new URLSearchParams(hash.replace(/^#/, "").replace(/\+/g, "%2B"));
  const problems = [];
  const wrong = (what) => problems.push(what.slice(0, 60));
  const state = defaultState(catalog);
  let step = null;

  const wanted = query.get("surface");
  const known = wanted === FORMULA || catalog.surfaces.some(({ id }) => id === wanted);
  if (wanted && known) state.surface = wanted;
  else if (wanted) wrong(`surface=${wanted}`);
  const surface = surfaceOf(catalog, state);
  if (surface.start) state.starts = [[...surface.start]];

  const numbers = (text, count, most = catalog.limits.coordinate) => {
    const values = text.split(",").map((part) => (part === "" ? NaN : Number(part)));
    return values.length === count && values.every((v) => Math.abs(v) <= most) ? values : null;
  };
  const starts = [];
  const runs = [];
  const within = (value, low, high) => {
    const whole = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    return whole >= low && whole <= high ? whole : null;
  };
  // Each reader answers whether the value could be used.
  const readers = {
    start(value) {
      const start = numbers(value, 2);
      if (start === null || starts.length >= catalog.limits.starts) return false;
      return starts.push(start) > 0;
    },
    run(value) {
      const run =
        runs.length < catalog.limits.runs ? runFromText(catalog, value, runs.length, wrong) : null;
      if (run) runs.push(run);
      return true;
    },
    view(value) {
      const view = numbers(value, 4);
      if (view === null || view[0] >= view[1] || view[2] >= view[3]) return false;
      state.view = { x: view.slice(0, 2), y: view.slice(2) };
      return true;
    },
    steps: (value) => Boolean((state.steps = within(value, 1, catalog.limits.steps) ?? 0)),
    seed: (value) => (state.seed = within(value, 0, 2 ** 32 - 1) ?? -1) >= 0,
    precision: (value) => Boolean((state.precision = value.match(/^float(32|64)$/)?.[0])),
    tolerance: (value) => (state.tolerance = Number(value)) > 0 && state.tolerance <= 1e6,
    ground: (value) => GROUNDS.includes((state.ground = value)),
    scale: (value) => SCALES.includes((state.scale = value)),
    aspect: (value) => Boolean((state.aspect = value.match(/^(equal|apart)$/)?.[0])),
    speed: (value) => SPEEDS.includes((state.speed = Number(value))),
    step: (value) => (step = within(value, 0, 1e6)) !== null,
    graph: (value) => {
      state.graph = value === "1";
      return true;
    },
    reveal: (value) => {
      state.reveal = value === "1";
      return true;
    },
    loop: (value) => {
      state.loop = value === "1";
      return true;
    },
    lang: (value) => Boolean((state.language = value.match(/^(en|ru)$/)?.[0])),
    theme: (value) => Boolean((state.theme = value.match(/^(light|dark)$/)?.[0])),
    formula(value) {
      state.formula = value.slice(0, catalog.limits.formula);
      return state.surface === FORMULA && value.length <= catalog.limits.formula;
    },
    points(value) {
      if (!surface.points || value.length > catalog.limits.points_characters) return false;
      state.points = value;
      return true;
    },
    ...Object.fromEntries(
      ["separator", "decimal", "grouping"].map((part) => [
        part,
        (value) => {
          if (!/^[a-z_]{1,20}$/.test(value) || !surface.points) return false;
          state.reading = { ...state.reading, [part]: value };
          return true;
        },
      ]),
    ),
    columns(value) {
      if (!/^\d{1,2}(,\d{1,2}){1,2}$/.test(value) || !surface.points) return false;
      state.columns = value.split(",").map(Number);
      return true;
    },
    surface: () => true,
    selected: () => true,
    edit: () => true,
  };
  const defaults = { ...state };
  for (const [name, value] of query) {
    const schema = surface.parameters.properties[name];
    if (schema) {
      const inside = allowed(schema, value);
      if (inside === null) wrong(`${name}=${value}`);
      else state.parameters = { ...state.parameters, [name]: inside };
    } else if (!(Object.hasOwn(readers, name) && readers[name](value))) {
      wrong(`${name}=${value}`);
      if (name in defaults) state[name] = defaults[name];
    }
  }
  if (starts.length > 0) state.starts = starts;
  if (runs.length > 0) state.runs = runs;
  const index = (name, list) =>
    Math.min(list.length, Math.max(1, Number(query.get(name)) || 1)) - 1;
  state.selectedStart = index("selected", state.starts);
  state.selectedRun = query.has("edit")
    ? state.runs[index("edit", state.runs)].key
    : state.runs.at(-1).key;
  return { state, step, problems, startsGiven: starts.length > 0 };
}
