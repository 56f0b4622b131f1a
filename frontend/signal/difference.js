// Two settings in words: what B does otherwise than A.

import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { changesIn } from "./changes.js";
import { isShared, knobsOf, NONE, PARTS } from "./knobs.js";
import { presetTitle } from "./presets.js";
import { LETTERS } from "./state.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./knobs.js").Knob} Knob
 * @typedef {Pick<import("./state.js").State, "a" | "b" | "shared" | "view">} Compared
 */

// What was set is shown as exactly as a slider sets it.
/** @param {number} value */
const number = (value) => quantity(value, 6);

// «0.01 after step 300», or that there are none.
/** @param {string} text */
const changesSaid = (text) =>
  changesIn(text)
    .map(({ step, learning_rate: rate }) => t("signal.change", { rate: number(rate), step }))
    .join(", ") || t("signal.no");

// A knob's value as people call it; a part with the numbers that somebody has set.
/** @param {Catalog} catalog @param {Knob[]} knobs @param {Knob | undefined} knob @returns {string} */
function said(catalog, knobs, knob) {
  if (!knob) return t("signal.no");
  const { key, schema, value } = knob;
  if (schema.type === "boolean") return t(value ? "signal.yes" : "signal.no");
  if (key === "changes") return changesSaid(value);
  if (!schema.labels) return number(value);
  const preset = key === "initializer" ? presetTitle(catalog, knobs) : null;
  if (preset) return preset;
  const numbers =
    key in PARTS ? knobs.filter((one) => one.touched && one.key.startsWith(`${key}.`)) : [];
  return [
    localize(schema.labels[value]),
    ...numbers.map((one) => `${localize(one.schema.titles).toLowerCase()} ${number(one.value)}`),
  ].join(", ");
}

/** @type {Record<Compared["view"], Knob["group"][]>} */
const GROUPS = { signal: ["network"], training: ["network", "training"] };

/**
 * What differs; in the view of the signal only what matters there.
 *
 * @param {Catalog} catalog
 * @param {Compared} state
 * @returns {{ key: string, title: string, a: string, b: string }[]}
 */
export function differences(catalog, state) {
  if (state.b === null) return [];
  const [ofA, ofB] = LETTERS.map((letter) => {
    const knobs = knobsOf(catalog, state, letter).filter(
      ({ key, group }) => GROUPS[state.view].includes(group) && !isShared(key),
    );
    return { knobs, at: new Map(knobs.map((knob) => [knob.key, knob])) };
  });
  const parts = new Set(
    Object.keys(PARTS).filter(
      (part) =>
        ofA.at.has(part) &&
        said(catalog, ofA.knobs, ofA.at.get(part)) !== said(catalog, ofB.knobs, ofB.at.get(part)) &&
        ofA.at.get(part)?.value !== ofB.at.get(part)?.value,
    ),
  );
  return ofA.knobs.flatMap((knob) => {
    const other = ofB.at.get(knob.key);
    const part = knob.key.split(".")[0];
    if (parts.has(part) ? knob.key !== part : other?.value === knob.value) return [];
    if (knob.key === "convention" && parts.has("optimizer")) return [];
    return [
      {
        key: knob.key,
        title: localize(knob.schema.titles),
        a: said(catalog, ofA.knobs, knob),
        b: said(catalog, ofB.knobs, other),
      },
    ];
  });
}

/**
 * What a setting is called: by what sets it apart from the other one, or by its main parts.
 *
 * @param {Catalog} catalog
 * @param {Compared} state
 * @param {import("./state.js").Letter} letter
 */
export function nameOf(catalog, state, letter) {
  const knobs = knobsOf(catalog, state, letter);
  const at = new Map(knobs.map((knob) => [knob.key, knob]));
  /** @param {string} key */
  const word = (key) => said(catalog, knobs, at.get(key));
  const different = differences(catalog, state);
  if (different.length === 0) {
    return ["activation", "initializer"].map(word).join(" · ");
  }
  const own = letter === "A" ? "a" : "b";
  // A word says by itself what it is of; a number, yes or none does not.
  /** @param {(typeof different)[number]} one */
  const named = (one) => {
    const { schema, value } = at.get(one.key) ?? { schema: {}, value: null };
    if (schema.labels && value !== NONE) return one[own];
    const isNumber = typeof value === "number";
    return `${one.title.toLowerCase()}${isNumber ? " " : ": "}${one[own]}`;
  };
  return different.map(named).join(" · ");
}
