// An initializer's numbers that have a name of their own stand in the list as if they were parts.

import { localize, t } from "../i18n/i18n.js";
import { turn } from "./state.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./knobs.js").Knob} Knob
 * @typedef {import("./state.js").State} State
 */

const OWN = "own";
const MIDDLE = 0.1;

/**
 * @typedef {{ word: string, id: string, title: import("../forms/schema.js").Text,
 *   parameters: Record<string, number> }} Word
 */

/**
 * The words of the list and what choosing one does; null for knobs without such numbers.
 *
 * @param {Catalog} catalog
 * @param {string} key
 */
export function presetsOf(catalog, key) {
  if (key !== "initializer") return null;
  /** @type {Word[]} */
  const words = catalog.initializers.flatMap(({ id, title, presets }) =>
    presets.length === 0
      ? [{ word: id, id, title, parameters: {} }]
      : [
          ...presets.map(({ title, parameters = {} }, index) => ({
            word: `${id}.${index}`,
            id,
            title,
            parameters,
          })),
          {
            word: `${id}.${OWN}`,
            id,
            title: { en: t("signal.normal_own"), ru: t("signal.normal_own") },
            parameters: Object.fromEntries(
              Object.keys(presets[0].parameters ?? {}).map((name) => [name, MIDDLE]),
            ),
          },
        ],
  );
  return {
    enum: words.map(({ word }) => word),
    labels: Object.fromEntries(words.map(({ word, title }) => [word, title])),
    /** @param {Readonly<State>} state @param {string} word @returns {Partial<State>} */
    choose(state, word) {
      const chosen = words.find((one) => one.word === word);
      if (!chosen) return {};
      const { id, parameters } = chosen;
      /** @type {[string, string | number][]} */
      const pairs = [
        ["initializer", id],
        ...Object.entries(parameters).map(
          ([name, value]) => /** @type {[string, number]} */ ([`initializer.${name}`, value]),
        ),
      ];
      /** @type {Partial<State>} */
      const patch = {};
      for (const [name, value] of pairs)
        Object.assign(patch, turn({ ...state, ...patch }, name, value));
      return patch;
    },
  };
}

/**
 * Which word of the list a setting's initializer is.
 *
 * @param {Catalog} catalog
 * @param {Knob[]} knobs Of the setting.
 */
export function chosenPreset(catalog, knobs) {
  const values = new Map(knobs.map(({ key, value }) => [key, value]));
  const id = values.get("initializer");
  const presets = catalog.initializers.find((one) => one.id === id)?.presets ?? [];
  if (presets.length === 0) return id;
  const index = presets.findIndex(({ parameters = {} }) =>
    Object.entries(parameters).every(
      ([name, value]) => values.get(`initializer.${name}`) === value,
    ),
  );
  return `${id}.${index < 0 ? OWN : index}`;
}

/**
 * What it is called if its numbers have a name of their own, such as "Large normal"; else null.
 *
 * @param {Catalog} catalog
 * @param {Knob[]} knobs
 * @returns {string | null}
 */
export function presetTitle(catalog, knobs) {
  const word = chosenPreset(catalog, knobs);
  return word.includes(".") && !word.endsWith(OWN)
    ? localize(presetsOf(catalog, "initializer")?.labels[word])
    : null;
}
