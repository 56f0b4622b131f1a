// The numbers of a surface and its run that may stand on an axis: what the server declares of each,
// and where its value lives in the state.

import { applies, bounds } from "../forms/schema.js";
import { FORMULA, optimizerOf, replaced } from "../runs/run.js";
import { declaredSurface } from "../runs/surfaces.js";

/**
 * @typedef {import("../runs/run.js").Catalog} Catalog
 * @typedef {import("../runs/run.js").Run} Run
 * @typedef {import("../forms/schema.js").Schema & { symbol_text?: string | null }} Schema
 * @typedef {import("../runs/request.js").Surfaced & { run: Run }} Settings
 *
 * @typedef {object} Mapped
 * @property {string} name As the server's axes have it: learning_rate, clipping.threshold, surface.<parameter>.
 * @property {Schema} schema
 */

export const THRESHOLD = "clipping.threshold";
export const NOISE = "gradient_noise";
export const OF_SURFACE = "surface.";
export const OF_PENALTIES = "regularization.";
/** No penalty: it is no part of the loss. */
const DECAY = `${OF_PENALTIES}weight_decay`;
/** The clipping that a threshold is of, where none was chosen. */
export const USUAL_CLIPPING = "norm";

/** @param {any} schema */
const isNumber = (schema) => schema.type === "number" && !schema.enum;

/** @param {Catalog} catalog */
const thresholdSchema = (catalog) => catalog.clippings[0].parameters.properties.threshold;

/**
 * All that may stand on an axis, as the server has it (server/maps/numbers.py): always two at least, since
 * every run has penalties.
 *
 * @param {Catalog} catalog
 * @param {Settings} settings
 * @returns {Mapped[]}
 */
export function numbersOf(catalog, { surface, parameters, run }) {
  const optimizer = optimizerOf(catalog, run);
  const declared = declaredSurface(catalog, surface);
  /** @param {string} prefix @param {Record<string, any>} properties @param {(name: string) => any} chosen */
  const among = (prefix, properties, chosen) =>
    Object.entries(properties)
      .filter(([, schema]) => isNumber(schema) && applies(schema, chosen))
      .map(([name, schema]) => ({ name: prefix + name, schema }));
  const penalties = among(OF_PENALTIES, catalog.regularization.properties, () => undefined);
  const ofSurface = declared.parameters?.properties ?? {};
  return [
    ...among("", optimizer.parameters.properties, () => run.convention),
    ...(optimizer.reference_only
      ? penalties.filter(({ name }) => name !== DECAY)
      : [
          { name: THRESHOLD, schema: thresholdSchema(catalog) },
          ...penalties,
          { name: NOISE, schema: catalog.gradient_noise },
        ]),
    // Not those that make other points.
    ...(surface === FORMULA
      ? []
      : among(OF_SURFACE, ofSurface, (name) => parameters[name] ?? ofSurface[name].default).filter(
          ({ name }) => declared.axes.includes(name.slice(OF_SURFACE.length)),
        )),
  ];
}

/**
 * What a number is now; where nobody has touched it, its default on this surface.
 *
 * @param {Catalog} catalog
 * @param {Settings} settings
 * @param {Mapped} number
 * @returns {number}
 */
export function numberIn(catalog, { surface, parameters, run }, { name, schema }) {
  if (name === THRESHOLD) return run.threshold ?? schema.default;
  if (name === NOISE) return run.noise;
  if (name.startsWith(OF_PENALTIES)) {
    return run.regularization[name.slice(OF_PENALTIES.length)] ?? schema.default;
  }
  if (name.startsWith(OF_SURFACE)) {
    return parameters[name.slice(OF_SURFACE.length)] ?? schema.default;
  }
  return run.numbers[name] ?? defaultOf(catalog, surface, run, name, schema);
}

/** @param {Catalog} catalog @param {string} surface @param {Run} run @param {string} name @param {Schema} schema */
function defaultOf(catalog, surface, run, name, schema) {
  if (name === "learning_rate") {
    return declaredSurface(catalog, surface).learning_rates?.[run.optimizer] ?? schema.default;
  }
  return optimizerOf(catalog, run).conventions[run.convention]?.defaults[name] ?? schema.default;
}

/**
 * The settings with another value of a number; without one it is its default again.
 *
 * @param {Pick<Settings, "parameters" | "run">} settings
 * @param {string} name
 * @param {number | undefined} value
 * @returns {{ parameters: Settings["parameters"], run: Run }}
 */
export function withNumber({ parameters, run }, name, value) {
  if (name === THRESHOLD) {
    const clipping = run.clipping ?? (value === undefined ? null : USUAL_CLIPPING);
    return { parameters, run: { ...run, clipping, threshold: value ?? null } };
  }
  if (name === NOISE) return { parameters, run: { ...run, noise: value ?? 0 } };
  if (name.startsWith(OF_PENALTIES)) {
    const penalty = name.slice(OF_PENALTIES.length);
    return {
      parameters,
      run: { ...run, regularization: replaced(run.regularization, penalty, value) },
    };
  }
  if (name.startsWith(OF_SURFACE)) {
    return { run, parameters: replaced(parameters, name.slice(OF_SURFACE.length), value) };
  }
  return { parameters, run: { ...run, numbers: replaced(run.numbers, name, value) } };
}

/** The bounds of a number on an axis: nothing that a request would be refused for.
 * @param {Schema} schema @returns {[number, number]} */
export const boundsOf = (schema) => {
  const [low, high] = bounds(schema);
  return [Math.max(low, -1e12), Math.min(high, 1e12)];
};
