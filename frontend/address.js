// The whole state in the address, readable by people: a copied link reopens the same picture.
// #surface=bowl&condition_number=50&start=-3,1&run=adam,learning_rate:0.1&run=sgd,off&step=120

import { CONVENTIONS, SPEEDS, defaultState, newRun, optimizerOf, surfaceOf } from "./state.js";
import { bounds } from "./controls/parameter.js";

const number = (value) => String(Number(value.toPrecision(7)));

function runToText(run) {
  const parts = [run.optimizer];
  if (run.convention !== "lecture") parts.push(run.convention);
  for (const [name, value] of Object.entries(run.numbers)) parts.push(`${name}:${number(value)}`);
  if (run.color !== undefined) parts.push(`color:${run.color}`);
  if (!run.enabled) parts.push("off");
  if (run.label) parts.push(`label:${encodeURIComponent(run.label)}`);
  return parts.join(",");
}

// URLSearchParams would escape commas and colons, which are allowed here and read better.
const escape = (text) =>
  encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2B/g, "+");

export function toAddress(state, step) {
  const pairs = [["surface", state.surface]];
  for (const [name, value] of Object.entries(state.parameters)) pairs.push([name, number(value)]);
  for (const start of state.starts) pairs.push(["start", start.map(number).join(",")]);
  if (state.starts.length > 1) pairs.push(["selected", String(state.selectedStart + 1)]);
  for (const run of state.runs) pairs.push(["run", runToText(run)]);
  pairs.push(["edit", String(state.runs.findIndex((run) => run.key === state.selectedRun) + 1)]);
  pairs.push(["steps", String(state.steps)]);
  if (state.precision !== "float64") pairs.push(["precision", state.precision]);
  if (state.tolerance !== 0.001) pairs.push(["tolerance", number(state.tolerance)]);
  if (state.view) pairs.push(["view", [...state.view.x, ...state.view.y].map(number).join(",")]);
  pairs.push(["step", String(step)]);
  if (state.speed !== 1) pairs.push(["speed", String(state.speed)]);
  if (state.loop) pairs.push(["loop", "1"]);
  if (state.language) pairs.push(["lang", state.language]);
  if (state.theme) pairs.push(["theme", state.theme]);
  return `#${pairs.map(([name, value]) => `${name}=${escape(value)}`).join("&")}`;
}

function within(schema, text) {
  const value = Number(text);
  const [low, high] = bounds(schema);
  return text !== "" && Number.isFinite(value) && value >= low && value <= high ? value : null;
}

function runFromText(catalog, text, color, wrong) {
  const [id, ...parts] = text.split(",");
  const run = newRun(id, { color });
  const optimizer = optimizerOf(catalog, run);
  if (!optimizer) {
    wrong(`run=${id}`);
    return null;
  }
  for (const part of parts) {
    const [name, value = ""] = part.split(":");
    const schema = optimizer.parameters.properties[name];
    if (part === "off") run.enabled = false;
    else if (CONVENTIONS.includes(part)) run.convention = part;
    else if (name === "label") run.label = decodeURIComponent(value).slice(0, catalog.limits.label);
    else if (name === "color" && /^\d{1,2}$/.test(value)) run.color = Number(value);
    else if (schema?.type === "number" && within(schema, value) !== null) {
      run.numbers[name] = within(schema, value);
    } else wrong(`run=${id},${part}`);
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
  if (wanted && catalog.surfaces.some(({ id }) => id === wanted)) state.surface = wanted;
  else if (wanted) wrong(`surface=${wanted}`);
  const surface = surfaceOf(catalog, state);
  state.starts = [[...surface.start]];

  const numbers = (text, count, most = catalog.limits.coordinate) => {
    const values = text.split(",").map((part) => (part === "" ? NaN : Number(part)));
    return values.length === count && values.every((v) => Math.abs(v) <= most) ? values : null;
  };
  const starts = [];
  const runs = [];
  for (const [name, value] of query) {
    const schema = surface.parameters.properties[name];
    const integer = /^\d{1,6}$/.test(value) ? Number(value) : null;
    let good = true;
    if (name === "surface") continue;
    else if (schema) {
      const inside = within(schema, value);
      good = inside !== null;
      if (good) state.parameters = { ...state.parameters, [name]: inside };
    } else if (name === "start") {
      const start = numbers(value, 2);
      good = start !== null && starts.length < catalog.limits.starts;
      if (good) starts.push(start);
    } else if (name === "run") {
      const run = runs.length < catalog.limits.runs
        ? runFromText(catalog, value, runs.length, wrong) : null;
      if (run) runs.push(run);
    } else if (name === "steps") {
      good = integer !== null && integer >= 1 && integer <= catalog.limits.steps;
      if (good) state.steps = integer;
    } else if (name === "view") {
      const view = numbers(value, 4);
      good = view !== null && view[0] < view[1] && view[2] < view[3];
      if (good) state.view = { x: view.slice(0, 2), y: view.slice(2) };
    } else if (name === "precision") {
      good = value === "float32" || value === "float64";
      if (good) state.precision = value;
    } else if (name === "tolerance") {
      good = Number(value) > 0 && Number(value) <= 1e6;
      if (good) state.tolerance = Number(value);
    } else if (name === "speed") {
      good = SPEEDS.includes(Number(value));
      if (good) state.speed = Number(value);
    } else if (name === "step") {
      good = integer !== null;
      step = integer;
    } else if (name === "loop") state.loop = value === "1";
    else if (name === "lang") {
      good = value === "en" || value === "ru";
      if (good) state.language = value;
    } else if (name === "theme") {
      good = value === "light" || value === "dark";
      if (good) state.theme = value;
    } else if (name !== "selected" && name !== "edit") good = false;
    if (!good) wrong(`${name}=${value}`);
  }
  if (starts.length > 0) state.starts = starts;
  if (runs.length > 0) state.runs = runs;
  const index = (name, list) => Math.min(list.length, Math.max(1, Number(query.get(name)) || 1)) - 1;
  state.selectedStart = index("selected", state.starts);
  state.selectedRun = query.has("edit") ? state.runs[index("edit", state.runs)].key
    : state.runs.at(-1).key;
  return { state, step, problems };
}
