// Which scenes are meant by what is typed, in either language: each of its words must be in the scene's
// title, question or section.

/** @typedef {import("../api/answers.js").ListedScenario} Scenario */

/** Letters alone count: not their case, nor accents, nor the dots of ё. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {{ en?: string, ru?: string }} text */
const both = ({ en = "", ru = "" }) => `${en} ${ru}`;

/** All that a scene can be found by. @param {Scenario} scenario */
const soughtIn = ({ id, title, question, section }) =>
  plain([id.replaceAll("_", " "), both(title), both(question), both(section.title)].join(" "));

/**
 * @template {Scenario} T
 * @param {readonly T[]} scenarios
 * @param {string} query
 */
export function found(scenarios, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return scenarios.filter((scenario) => {
    const text = soughtIn(scenario);
    return words.every((word) => text.includes(word));
  });
}

/**
 * Scenes by their sections, in the lecture's order.
 *
 * @template {Scenario} T
 * @param {readonly T[]} scenarios
 */
export function bySection(scenarios) {
  /** @type {Map<number, { section: T["section"], scenes: T[] }>} */
  const parts = new Map();
  for (const scenario of scenarios) {
    const { section } = scenario;
    const part = parts.get(section.number);
    if (part) part.scenes.push(scenario);
    else parts.set(section.number, { section, scenes: [scenario] });
  }
  return [...parts.values()];
}
