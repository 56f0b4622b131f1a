// A run in the address: run=adam,pytorch,learning_rate:0.1,schedule:cosine,color:3,off,label:mine

import { bounds } from "../forms/schema.js";
import { CONSTANT, defaultConvention, newRun, optimizerOf } from "./run.js";

/** @typedef {import("./run.js").Catalog} Catalog */
/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("../forms/schema.js").Schema} Schema */

const OWN = Object.hasOwn;

// A value that a schema allows, or null.
/** @param {any} schema A `Schema`, or less of one. @param {string} text
 * @returns {any} A number or a word. */
export function allowed(schema, text) {
  if (!schema) return null;
  if (schema.enum) return schema.enum.includes(text) ? text : null;
  if (schema.type === "boolean") return text === "1" || text === "0" ? text === "1" : null;
  const value = Number(text);
  const [low, high] = bounds(schema);
  if (text.trim() === "" || !Number.isFinite(value) || value < low || value > high) return null;
  return schema.type === "integer" && !Number.isInteger(value) ? null : value;
}

/** @param {{ properties: Record<string, Schema> }} declared @param {string} name */
export const schemaOf = ({ properties }, name) =>
  OWN(properties, name) ? properties[name] : undefined;

/** @param {Catalog} catalog @param {Run} run */
export function runToText(catalog, run) {
  const parts = [run.optimizer];
  if (run.convention !== defaultConvention(optimizerOf(catalog, run))) parts.push(run.convention);
  /** @param {string} name @param {unknown} value */
  const add = (name, value) =>
    parts.push(`${name}:${typeof value === "boolean" ? Number(value) : value}`);
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

// A label stands in the run's text with its commas escaped; a text that is no such is one itself.
/** @param {string} text */
function labelOf(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

// What one part of a run's text says, each with whether it could be used.
/** @param {Catalog} catalog @param {Run} run @param {import("./run.js").Optimizer} optimizer
 * @param {string} part */
function readPart(catalog, run, optimizer, part) {
  const at = part.indexOf(":");
  const name = at < 0 ? part : part.slice(0, at);
  const text = at < 0 ? "" : part.slice(at + 1);
  /** @param {Record<string, any>} target @param {string} key @param {unknown} value */
  const put = (target, key, value) => {
    if (value !== null) target[key] = value;
    return value !== null;
  };
  /** @param {Record<string, any>} target @param {string} key @param {object | undefined} schema */
  const number = (target, key, schema) => put(target, key, allowed(schema, text));
  /** @param {{ id: string }[]} entries */
  const oneOf = (entries) => entries.find(({ id }) => id === text)?.id ?? null;
  /** @param {RegExp} pattern */
  const matching = (pattern) => (pattern.test(text) ? text : null);
  /** @type {Record<string, () => boolean>} */
  const readers = {
    label: () => put(run, "label", labelOf(text)?.slice(0, catalog.limits.label) ?? null),
    color: () => put(run, "color", matching(/^\d{1,2}$/) && Number(text)),
    tuned: () => put(run, "tuned", matching(/^[0-9a-z]{1,8}$/)),
    schedule: () => put(run, "schedule", oneOf(catalog.schedules)),
    clipping: () => put(run, "clipping", oneOf(catalog.clippings)),
    "clipping.threshold": () =>
      number(run, "threshold", catalog.clippings[0].parameters.properties.threshold),
    noise: () => number(run, "noise", catalog.gradient_noise),
    batch: () =>
      number(run, "batch", { type: "integer", minimum: 1, maximum: catalog.limits.points_rows }),
    convention: () => false,
  };
  if (part === "off") return put(run, "enabled", false);
  if (at < 0 && OWN(optimizer.conventions, part)) return put(run, "convention", part);
  if (OWN(readers, name)) return readers[name]();
  const [group, inner] = name.split(".");
  if (group === "schedule" && inner) {
    const { parameters } = catalog.schedules.find(
      (/** @type {any} */ { id }) => id === run.schedule,
    );
    return number(run.scheduleNumbers, inner, schemaOf(parameters, inner));
  }
  if (group === "penalty" && inner) {
    return number(run.regularization, inner, schemaOf(catalog.regularization, inner));
  }
  return number(run.numbers, name, schemaOf(optimizer.parameters, name));
}

// The run that a text asks for, and the parts of it that cannot be used; no run where nobody
// knows its optimizer.
/** @param {Catalog} catalog @param {string} text @param {number} color */
export function runFromText(catalog, text, color) {
  const [id, ...parts] = text.split(",");
  const optimizer = catalog.optimizers.find((/** @type {any} */ one) => one.id === id);
  if (!optimizer) return { run: null, wrong: [id] };
  const run = newRun(optimizer, { color });
  const wrong = parts.filter((part) => !readPart(catalog, run, optimizer, part));
  return { run, wrong: wrong.map((part) => `${id},${part}`) };
}
