// The last complete measurement: the settings that were measured, and an answer for each.

import { answersOf } from "./resources.js";

/**
 * @typedef {object} Measured
 * @property {Pick<import("./state.js").State, "a" | "b" | "shared" | "show" | "view">} settings
 * @property {import("./answers.js").SignalAnswer[]} answers In the order of the settings.
 */

/**
 * It stays on show until all answers to what is set now are there, so that two settings are always
 * compared on the same axes; a refusal clears it.
 *
 * @param {import("./resources.js").Questions} questions
 */
export function createMeasured(questions) {
  /** @type {Measured | null} */
  let last = null;

  /**
   * @param {Readonly<import("./state.js").State>} state
   * @param {import("../core/resources.js").Answers} answers
   */
  return function measured(state, answers) {
    const { a, b, shared, show, view } = state;
    if (view !== "signal") return last;
    const found = answersOf(answers, "signal", questions.signal(state));
    if (found.some(({ status }) => status === "refused")) last = null;
    if (found.length === 0 || !found.every(({ status }) => status === "ready")) return last;
    const values = found.map(({ value }) => value);
    const isKnown =
      last !== null &&
      last.settings.a === a &&
      last.settings.b === b &&
      last.settings.shared === shared &&
      last.settings.show === show &&
      last.answers.length === values.length &&
      values.every((value, index) => value === last?.answers[index]);
    if (!isKnown) last = { settings: { a, b, shared, show, view }, answers: values };
    return last;
  };
}

/**
 * Whether an answer to what is set now is awaited.
 *
 * @param {import("./resources.js").Questions} questions
 * @param {Readonly<import("./state.js").State>} state
 * @param {import("../core/resources.js").Answers} answers
 */
export const isAwaited = (questions, state, answers) =>
  state.view === "signal" &&
  answersOf(answers, "signal", questions.signal(state)).some(
    ({ status }) => status === "asking" || status === "waiting",
  );
