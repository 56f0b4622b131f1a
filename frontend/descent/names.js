// What runs are called. Two of one optimizer are told apart by what differs between them: a rate,
// a batch, a clipping. The server's labels (server/api/labels.py) say the same in English.

import { conventionName } from "../i18n/conventions.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { batchOf } from "./simulation.js";
import { CONSTANT, defaultConvention, defaultNumber, optimizerOf } from "./state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Run} Run
 * @typedef {import("./types.js").State} State
 *
 * How a name says with some digits what a run differs by; null where that is off.
 * @typedef {{ value: unknown, text: (digits: number) => string } | null} Trait
 */

// Differences that one name tells, and digits of a number in it: as few as tell it apart.
const MOST = 3;
const DIGITS = [3, 18];

/** @param {Catalog} catalog @param {Run} run @returns {string} */
function plainName(catalog, run) {
  if (run.label) return run.label;
  const optimizer = optimizerOf(catalog, run);
  const title = localize(optimizer.title);
  return run.convention === defaultConvention(optimizer)
    ? title
    : `${title} · ${conventionName(run.convention)}`;
}

/** @param {{ parameters: { properties: Record<string, any> } }} declared */
const entriesOf = ({ parameters }) => Object.entries(parameters.properties);

// All by which a run can differ from another of its optimizer, in the order of the controls: what
// it is, and how a name says it with some digits; null where it is off.
/** @param {Catalog} catalog @param {State} state @param {Run} run */
function traitsOf(catalog, state, run) {
  const optimizer = optimizerOf(catalog, run);
  /** @type {Map<string, Trait>} */
  const traits = new Map();
  /** @param {string} key @param {unknown} value @param {(digits: number) => string} [text] */
  const add = (key, value, text = () => "") =>
    traits.set(key, value === null ? null : { value, text });
  for (const [name, schema] of entriesOf(optimizer)) {
    if (name === "convention") continue;
    const value = run.numbers[name] ?? defaultNumber(catalog, state, run, name);
    if (schema.type === "boolean") {
      add(name, value || null, () => localize(schema.titles).toLowerCase());
      continue;
    }
    add(name, value, (digits) =>
      t("name.number", { symbol: schema.symbol_text, value: quantity(value, digits) }),
    );
  }
  const schedule = catalog.schedules.find((/** @type {any} */ { id }) => id === run.schedule);
  add("schedule", run.schedule === CONSTANT ? null : run.schedule, () =>
    localize(schedule.title).toLowerCase(),
  );
  for (const [name, schema] of entriesOf(schedule)) {
    const value = run.scheduleNumbers[name] ?? schema.default;
    add(`schedule.${name}`, value, (digits) =>
      schema.labels
        ? localize(schema.labels[value])
        : `${localize(schema.titles).toLowerCase()} ${quantity(value, digits)}`,
    );
  }
  const reference = optimizer.reference_only;
  if (run.clipping && !reference) {
    const threshold = run.threshold ?? catalog.clippings[0].parameters.properties.threshold.default;
    add("clipping", `${run.clipping} ${threshold}`, (digits) =>
      t(`name.clipping.${run.clipping}`, { threshold: quantity(threshold, digits) }),
    );
  } else add("clipping", null);
  for (const name of Object.keys(catalog.regularization.properties)) {
    const value = reference && name === "weight_decay" ? 0 : (run.regularization[name] ?? 0);
    add(name, value || null, (digits) => `${t(`penalty.${name}`)} ${quantity(value, digits)}`);
  }
  add("noise", reference ? null : run.noise || null, (digits) =>
    t("name.number", {
      symbol: catalog.gradient_noise.symbol_text,
      value: quantity(run.noise, digits),
    }),
  );
  const batch = batchOf(catalog, state, run);
  add("batch", batch, () => t("name.batch", { size: batch }));
  return traits;
}

/** @param {unknown[]} values */
const count = (values) => new Set(values).size;

// Names of runs that would have one name; numbered where nothing tells them apart.
/** @param {string} name @param {Map<string, Trait>[]} traits */
function toldApart(name, traits) {
  const keys = new Set(traits.flatMap((one) => [...one.keys()]));
  /** @param {Map<string, Trait>} one @param {string} key */
  const valueFor = (one, key) => one.get(key)?.value ?? null;
  // A number of a schedule counts among those that have it: the others have another schedule.
  const differ = [...keys]
    .filter(
      (key) =>
        count(
          traits
            .filter((one) => one.has(key) || !key.startsWith("schedule."))
            .map((one) => valueFor(one, key)),
        ) > 1,
    )
    .slice(0, MOST);
  const distinct = count(
    traits.map((one) => JSON.stringify(differ.map((key) => valueFor(one, key)))),
  );
  /** @type {string[]} */
  let names = [];
  for (let digits = DIGITS[0]; digits < DIGITS[1] && count(names) !== distinct; digits += 1) {
    names = traits.map((one) =>
      [name, ...differ.map((key) => one.get(key)?.text(digits))].filter(Boolean).join(", "),
    );
  }
  return names.map((one, index) =>
    names.filter((other) => other === one).length === 1
      ? one
      : `${one} ${names.slice(0, index + 1).filter((other) => other === one).length}`,
  );
}

/** @param {Catalog} catalog @param {State} state */
export function runNames(catalog, state) {
  const names = state.runs.map((run) => plainName(catalog, run));
  for (const name of new Set(names)) {
    const twins = names.flatMap((other, index) => (other === name ? [index] : []));
    if (twins.length === 1) continue;
    const told = toldApart(
      name,
      twins.map((index) => traitsOf(catalog, state, state.runs[index])),
    );
    twins.forEach((index, place) => {
      names[index] = told[place];
    });
  }
  return names;
}
