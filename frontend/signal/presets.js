// An initializer's numbers that have a name of their own stand in the list as if they were parts.

import { localize, t } from "../i18n/i18n.js";
import { describe } from "./knobs.js";
import { turn } from "./state.js";

const OWN = "own";
const MIDDLE = 0.1;

// The words of the list and what choosing one does; null for knobs without such numbers.
export function presetsOf(catalog, key) {
  if (key !== "initializer") return null;
  const words = catalog.initializers.flatMap(({ id, title, presets }) =>
    presets.length === 0
      ? [{ word: id, id, title, parameters: {} }]
      : [
          ...presets.map((preset, index) => ({ ...preset, word: `${id}.${index}`, id })),
          {
            word: `${id}.${OWN}`,
            id,
            title: { en: t("signal.normal_own"), ru: t("signal.normal_own") },
            parameters: Object.fromEntries(
              Object.keys(presets[0].parameters).map((name) => [name, MIDDLE]),
            ),
          },
        ],
  );
  return {
    enum: words.map(({ word }) => word),
    labels: Object.fromEntries(words.map(({ word, title }) => [word, title])),
    choose(state, word) {
      const { id, parameters } = words.find((one) => one.word === word);
      const pairs = [
        ["initializer", id],
        ...Object.entries(parameters).map(([name, value]) => [`initializer.${name}`, value]),
      ];
      return pairs.reduce(
        (patch, [name, value]) => ({ ...patch, ...turn({ ...state, ...patch }, name, value) }),
        {},
      );
    },
  };
}

// Which word of the list a setting's initializer is.
export function chosenPreset(catalog, values) {
  const knobs = new Map(describe(catalog, values).map(({ key, value }) => [key, value]));
  const id = knobs.get("initializer");
  const { presets } = catalog.initializers.find((one) => one.id === id);
  if (presets.length === 0) return id;
  const index = presets.findIndex(({ parameters }) =>
    Object.entries(parameters).every(([name, value]) => knobs.get(`initializer.${name}`) === value),
  );
  return `${id}.${index < 0 ? OWN : index}`;
}

// What it is called if its numbers have a name of their own, such as "Large normal"; else null.
export function presetTitle(catalog, values) {
  const word = chosenPreset(catalog, values);
  return word.includes(".") && !word.endsWith(OWN)
    ? localize(presetsOf(catalog, "initializer").labels[word])
    : null;
}
