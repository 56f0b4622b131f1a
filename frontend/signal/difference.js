// Two settings in words: what B does otherwise than A.

import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { changesIn } from "./changes.js";
import { isShared, knobsOf, NONE, PARTS } from "./knobs.js";
import { presetTitle } from "./presets.js";

// What was set is shown as exactly as a slider sets it.
const number = (value) => quantity(value, 6);

// «0.01 after step 300», or that there are none.
const changesSaid = (text) =>
  changesIn(text)
    .map(({ step, learning_rate: rate }) => t("signal.change", { rate: number(rate), step }))
    .join(", ") || t("signal.no");

// A knob's value as people call it; a part with the numbers that somebody has set.
function said(catalog, knobs, { key, schema, value }) {
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

const GROUPS = { signal: ["network"], training: ["network", "training"] };

// What differs, as [{key, title, a, b}]; in the view of the signal only what matters there.
export function differences(catalog, state) {
  if (state.b === null) return [];
  const [ofA, ofB] = ["A", "B"].map((letter) => {
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
        ofA.at.get(part).value !== ofB.at.get(part).value,
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

// What a setting is called: by what sets it apart from the other one, or by its main parts.
export function nameOf(catalog, state, letter) {
  const knobs = knobsOf(catalog, state, letter);
  const at = new Map(knobs.map((knob) => [knob.key, knob]));
  const word = (key) => said(catalog, knobs, at.get(key));
  const different = differences(catalog, state);
  if (different.length === 0) {
    return ["activation", "initializer"].map(word).join(" · ");
  }
  const own = letter === "A" ? "a" : "b";
  // A word says by itself what it is of; a number, yes or none does not.
  const named = (one) => {
    const { schema, value } = at.get(one.key);
    if (schema.labels && value !== NONE) return one[own];
    const isNumber = typeof value === "number";
    return `${one.title.toLowerCase()}${isNumber ? " " : ": "}${one[own]}`;
  };
  return different.map(named).join(" · ");
}
