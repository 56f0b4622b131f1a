// What runs are called, and by what two of one optimizer are told apart: a rate, a batch, a clipping.

import { applies } from "../forms/schema.js";
import { conventionName } from "../i18n/conventions.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { CONSTANT, defaultConvention, optimizerOf } from "./run.js";

/**
 * @typedef {import("./run.js").Catalog} Catalog
 * @typedef {import("./run.js").Run} Run
 *
 * How a name says with some digits what a run differs by, and whether somebody chose it; null where
 * that is off.
 * @typedef {{ value: unknown, text: (digits: number) => string, isOwn: boolean } | null} Trait
 *
 * What a run has where nobody touched it, and the batch that it draws where it is.
 * @typedef {object} Place
 * @property {(run: Run, name: string) => unknown} defaultOf Null where there is none.
 * @property {(run: Run) => number | null} batchOf
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
/** @param {Catalog} catalog @param {Run} run @param {Place} place */
function traitsOf(catalog, run, { defaultOf, batchOf }) {
  const optimizer = optimizerOf(catalog, run);
  /** @type {Map<string, Trait>} */
  const traits = new Map();
  /** @param {string} key @param {unknown} value @param {(digits: number) => string} [text]
   * @param {boolean} [isOwn] */
  const add = (key, value, text = () => "", isOwn = true) =>
    traits.set(key, value === null ? null : { value, text, isOwn });
  for (const [name, schema] of entriesOf(optimizer)) {
    // What another convention has is kept for when that is chosen again.
    if (name === "convention" || !applies(schema, () => run.convention)) continue;
    const isOwn = name in run.numbers;
    const value = isOwn ? run.numbers[name] : (defaultOf(run, name) ?? null);
    if (schema.type === "boolean") {
      add(name, value || null, () => localize(schema.titles).toLowerCase(), isOwn);
      continue;
    }
    const written = (/** @type {number} */ digits) =>
      t("name.number", { symbol: schema.symbol_text, value: quantity(Number(value), digits) });
    add(name, value, written, isOwn);
  }
  const schedule = catalog.schedules.find((/** @type {any} */ { id }) => id === run.schedule);
  add("schedule", run.schedule === CONSTANT ? null : run.schedule, () =>
    localize(schedule.title).toLowerCase(),
  );
  for (const [name, schema] of entriesOf(schedule)) {
    const isOwn = name in run.scheduleNumbers;
    const value = isOwn ? run.scheduleNumbers[name] : schema.default;
    const written = (/** @type {number} */ digits) =>
      schema.labels
        ? localize(schema.labels[value])
        : `${localize(schema.titles).toLowerCase()} ${quantity(value, digits)}`;
    add(`schedule.${name}`, value, written, isOwn);
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
  const batch = batchOf(run);
  add("batch", batch, () => t("name.batch", { size: batch }));
  return traits;
}

/** @param {unknown[]} values */
const count = (values) => new Set(values).size;

// Names of runs that would have one name; numbered where nothing tells them apart.
/** @param {string} name @param {Map<string, Trait>[]} traits @param {boolean[]} areOwnSaid */
function toldApart(name, traits, areOwnSaid) {
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
  /** @param {Map<string, Trait>} one @param {number} index @param {number} digits */
  const texts = (one, index, digits) =>
    [...one].map(([key, trait]) =>
      differ.includes(key) || (areOwnSaid[index] && trait?.isOwn) ? trait?.text(digits) : "",
    );
  /** @type {string[]} */
  let names = [];
  for (let digits = DIGITS[0]; digits < DIGITS[1] && count(names) < distinct; digits += 1) {
    names = traits.map((one, index) =>
      [name, ...texts(one, index, digits)].filter(Boolean).join(", "),
    );
  }
  return names.map((one, index) =>
    names.filter((other) => other === one).length === 1
      ? one
      : `${one} ${names.slice(0, index + 1).filter((other) => other === one).length}`,
  );
}

/**
 * Names of runs: those of one optimizer are told apart by what differs between them.
 *
 * @param {Catalog} catalog
 * @param {readonly Run[]} runs
 * @param {Place} place
 * @param {{ isOwnSaid?: boolean }} [options] Whether a name says all that somebody chose, also
 *   where there is no other run of the optimizer; a label says what its author wants said.
 */
export function namesOf(catalog, runs, place, { isOwnSaid = false } = {}) {
  const plain = runs.map((run) => plainName(catalog, run));
  const names = [...plain];
  for (const name of new Set(plain)) {
    const twins = plain.flatMap((other, index) => (other === name ? [index] : []));
    if (twins.length === 1 && !isOwnSaid) continue;
    const told = toldApart(
      name,
      twins.map((index) => traitsOf(catalog, runs[index], place)),
      twins.map((index) => isOwnSaid && !runs[index].label),
    );
    twins.forEach((index, at) => {
      names[index] = told[at];
    });
  }
  return names;
}
