// All that can be turned on this page, from the catalogue: what it is called, what it allows, and
// what it is when nobody has touched it. Values are sparse: {depth: 30, "dataset.noise": 0.2}.

import { applies, bounds } from "../forms/schema.js";
import { conventionName } from "../i18n/conventions.js";
import { currentLanguage, t } from "../i18n/i18n.js";
import { areChanges } from "./changes.js";
import { PASTED } from "./pasted.js";

/**
 * @typedef {import("./state.js").Values} Values
 * @typedef {import("../api/answers.js").Schemas} Schemas
 * @typedef {import("../api/answers.js").Catalog} Catalog
 * @typedef {import("../api/answers.js").ParameterSchemas} ParameterSchemas
 * @typedef {import("../forms/schema.js").Text} Text
 *
 * @typedef {import("../forms/schema.js").Schema & { allows?: (value: unknown) => boolean }} Schema
 *   `allows` is there for texts, which no bounds can tell.
 */

/**
 * What can be chosen, with numbers of its own or without.
 *
 * @typedef {{ id: string, title: Text, summary?: Text, parameters?: Schemas["ParametersSchema"] }} Entry
 */

/** @param {Schemas["ParametersSchema"]} parameters */
const numbersOf = ({ properties }) =>
  /** @type {ParameterSchemas} */ (/** @type {unknown} */ (properties));

/**
 * @typedef {object} Knob
 * @property {string} key
 * @property {"network" | "training" | "data"} group
 * @property {Schema} schema
 * @property {any} fallback What it is when nobody has touched it.
 * @property {any} value
 * @property {boolean} touched
 */

export const NONE = "none";
const DEPTH = 10;
// A slider that tells one seed from the next.
const SEEDS = 9999;
/**
 * Parts with numbers of their own, and where the catalogue lists them; the first of them decide
 * what the others may be.
 *
 * @type {Record<string, (catalog: Catalog) => Entry[]>}
 */
export const PARTS = {
  dataset: (catalog) => datasetsOf(catalog),
  activation: ({ activations }) => activations,
  initializer: ({ initializers }) => initializers,
  optimizer: ({ optimizers }) => optimizers,
  schedule: ({ schedules }) => schedules,
  clipping: ({ clippings }) => clippings,
};
// What a comparison never changes: the data and the chance.
const SHARED = /^(dataset(\..+)?|seed|seeds|steps)$/;
/** @param {string} key */
export const isShared = (key) => SHARED.test(key);

/** @param {string} text */
const said = (text) => ({ en: text, ru: text });
/** @param {Catalog} catalog @param {string} part @param {unknown} id */
export const entryOf = (catalog, part, id) => PARTS[part](catalog).find((one) => one.id === id);

/** The made ones, and those that are pasted. @param {Catalog} catalog */
const datasetsOf = (catalog) => [...catalog.datasets, ...catalog.pasted_datasets];
/** @param {Catalog} catalog @param {unknown} id Undefined for one that is made. */
export const pastedEntry = (catalog, id) => catalog.pasted_datasets.find((one) => one.id === id);

/** The data of a setting; the first of the made ones where nothing is chosen.
 * @param {Catalog} catalog @param {unknown} id */
const dataOf = (catalog, id) =>
  datasetsOf(catalog).find((one) => one.id === id) ?? catalog.datasets[0];

/** @param {Catalog} catalog @param {unknown} id One that a knob has. */
const optimizerOf = ({ optimizers }, id) =>
  /** @type {Schemas["OptimizerEntry"]} */ (optimizers.find((one) => one.id === id));

/** @param {string} key @param {{ id: string, title: Text }[]} entries */
const choice = (key, entries) => ({
  titles: said(t(`signal.knob.${key}`)),
  enum: entries.map(({ id }) => id),
  labels: Object.fromEntries(entries.map(({ id, title }) => [id, title])),
});

/** @param {Schemas["OptimizerEntry"]} optimizer */
const conventionsOf = (optimizer) =>
  Object.keys(optimizer.conventions).map((id) => ({ id, title: said(conventionName(id)) }));

/** Whether a schema allows a value. @param {Schema} schema @param {unknown} value */
export function fits(schema, value) {
  if (schema.allows) return schema.allows(value);
  if (schema.enum) return schema.enum.some((word) => word === value);
  if (schema.type === "boolean") return typeof value === "boolean";
  const [low, high] = bounds(schema);
  if (!(typeof value === "number" && value >= low && value <= high)) return false;
  if (schema.exclusiveMinimum !== undefined && value === low) return false;
  return schema.type !== "integer" || Number.isInteger(value);
}

/**
 * Every knob of a setting in the order of the page.
 *
 * @param {Catalog} catalog
 * @param {Values} given
 * @returns {Knob[]}
 */
export function describe(catalog, given) {
  const shape = numbersOf(catalog.network.parameters);
  const data = dataOf(catalog, given.dataset);
  // How many points were pasted only the server knows.
  const most = catalog.limits.network_points;
  const ofSize =
    "parameters" in data ? numbersOf(data.parameters).size : { default: most, maximum: most };
  const size = given["dataset.size"] ?? ofSize.default;
  // A batch is never larger than the data.
  const values = given.batch > size ? { ...given, batch: size } : given;
  /** @type {Knob[]} */
  const knobs = [];

  /** @param {Knob["group"]} group @param {string} key @param {Schema} schema @param {any} [fallback] */
  function add(group, key, schema, fallback = schema.default) {
    const wanted = values[key];
    const value = wanted !== undefined && fits(schema, wanted) ? wanted : fallback;
    knobs.push({ key, group, schema, fallback, value, touched: value !== fallback });
    return value;
  }
  /** @param {string} key */
  const value = (key) => knobs.find((one) => one.key === key)?.value;
  /**
   * A part, then its numbers.
   *
   * @param {Knob["group"]} group
   * @param {string} part
   * @param {Entry[]} entries
   * @param {string} fallback
   * @param {Record<string, Record<string, number>>} [fallbacks]
   */
  function addPart(group, part, entries, fallback, fallbacks = {}) {
    const id = add(group, part, choice(part, entries), fallback);
    const parameters = entries.find((one) => one.id === id)?.parameters;
    const between = part === "optimizer" ? addConvention(id) : {};
    for (const [name, schema] of Object.entries(parameters ? numbersOf(parameters) : {})) {
      if (name === "convention" || !applies(schema, value)) continue;
      add(group, `${part}.${name}`, schema, fallbacks[id]?.[name] ?? between[name]);
    }
    return id;
  }
  /** @param {string} id */
  function addConvention(id) {
    const optimizer = optimizerOf(catalog, id);
    const conventions = conventionsOf(optimizer);
    const { convention: wanted } = catalog.network.training.optimizer;
    const fallback = wanted in optimizer.conventions ? wanted : conventions[0].id;
    const convention = add("training", "convention", choice("convention", conventions), fallback);
    return optimizer.conventions[convention].defaults;
  }

  add("network", "depth", shape.depth, DEPTH);
  add("network", "width", shape.width);
  addPart("network", "activation", catalog.activations, "sigmoid");
  addPart("network", "initializer", catalog.initializers, "xavier");
  add("network", "skip", { ...shape.skip, titles: said(t("signal.knob.skip")) });
  add("network", "normalization", shape.normalization);
  add(
    "network",
    "loss",
    choice(
      "loss",
      data.losses.flatMap((id) => catalog.losses.find((one) => one.id === id) ?? []),
    ),
    data.losses[0],
  );

  const { optimizer, learning_rates: rates } = catalog.network.training;
  addPart(
    "training",
    "optimizer",
    catalog.optimizers.filter((one) => !one.reference_only),
    optimizer.id,
    Object.fromEntries(
      Object.entries(rates).map(([id, rate]) => [id, { learning_rate: Number(rate) }]),
    ),
  );
  const { learning_rate: rate } = numbersOf(optimizerOf(catalog, value("optimizer")).parameters);
  add("training", "changes", {
    titles: said(t("signal.knob.changes")),
    default: "",
    allows: (/** @type {unknown} */ text) =>
      areChanges(text, {
        most: catalog.limits.rate_changes ?? 0,
        last: catalog.limits.training_steps,
        fits: (one) => fits(rate, one),
      }),
  });
  add("training", "batch", {
    type: "integer",
    minimum: 1,
    maximum: ofSize.maximum,
    default: size,
    scale: "log",
    titles: said(t("signal.knob.batch")),
  });
  addPart("training", "schedule", catalog.schedules, "constant");
  addPart(
    "training",
    "clipping",
    [{ id: NONE, title: said(t("training.none")) }, ...catalog.clippings],
    NONE,
  );

  const dataset = addPart("data", "dataset", datasetsOf(catalog), catalog.datasets[0].id);
  if (pastedEntry(catalog, dataset)) {
    for (const [name, pattern] of PASTED) {
      const allows = (/** @type {unknown} */ text) =>
        typeof text === "string" &&
        text.length <= catalog.limits.points_characters &&
        (text === "" || pattern.test(text));
      add("data", `dataset.${name}`, { titles: said(""), default: "", allows });
    }
  }
  add("data", "seed", { ...shape.seed, maximum: SEEDS });
  add("data", "seeds", shape.seeds);
  add("data", "steps", {
    type: "integer",
    minimum: 1,
    maximum: catalog.limits.training_steps,
    default: 300,
    scale: "log",
    titles: said(t("signal.knob.steps")),
  });
  return knobs;
}

/**
 * What was described last of a setting: it is asked for at every change of anything.
 *
 * @type {WeakMap<Values, { shared: Values, language: string, knobs: Knob[] }>}
 */
const known = new WeakMap();

/**
 * The knobs of one of the settings.
 *
 * @param {Catalog} catalog
 * @param {Pick<import("./state.js").State, "a" | "b" | "shared">} state
 * @param {import("./state.js").Letter} letter
 */
export function knobsOf(catalog, { a, b, shared }, letter) {
  const own = (letter === "B" ? b : a) ?? a;
  const language = currentLanguage();
  const found = known.get(own);
  if (found?.shared === shared && found.language === language) return found.knobs;
  const knobs = describe(catalog, { ...own, ...shared });
  known.set(own, { shared, language, knobs });
  return knobs;
}

/**
 * Sparse values after one knob is turned; without a value it goes back to where it was. A new part
 * begins with its own numbers.
 *
 * @param {Values} values
 * @param {string} key
 * @param {number | string | boolean} [value]
 * @returns {Values}
 */
export function turned(values, key, value) {
  /** @param {string} name */
  const dropped = (name) =>
    name === key ||
    (key in PARTS && name.startsWith(`${key}.`)) ||
    (key === "optimizer" && (name === "convention" || name === "changes"));
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !dropped(name)));
  return value === undefined ? kept : { ...kept, [key]: value };
}
