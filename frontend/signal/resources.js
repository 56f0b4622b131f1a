// What this page asks the server, as resources: each setting's signal, its network before training,
// and its training.

import { selector } from "../core/selectors.js";
import { createScenario } from "../scenes/scene.js";
import { askSignal } from "./answers.js";
import { isAskable, lookBody, signalBody, trainingBody } from "./bodies.js";
import { LETTERS, settingsOf } from "./state.js";
import { createAsking } from "./training/asking.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./state.js").Letter} Letter
 * @typedef {import("./state.js").State} State
 * @typedef {Pick<State, "a" | "b" | "shared" | "show">} Asking
 * @typedef {import("../core/resources.js").Answer<any>} Answer
 * @typedef {import("../core/resources.js").Answers} Answers
 * @typedef {import("../core/resources.js").Resource<State, any>} Resource
 */

/**
 * The body of each setting there is, as text; none while there is nothing to ask. Two settings that are alike are one question, which
 * is the first one's.
 *
 * @param {Catalog} catalog
 * @param {(catalog: Catalog, state: Asking, letter: Letter) => object} body
 */
const questions = (catalog, body) =>
  selector(
    (/** @type {Readonly<State>} */ { a, b, shared, show }) => [a, b, shared, show],
    (a, b, shared, show) =>
      isAskable(catalog, { a, b, shared })
        ? settingsOf({ b }).map((letter) =>
            JSON.stringify(body(catalog, { a, b, shared, show }, letter)),
          )
        : [],
  );

/** @param {Catalog} catalog */
export function createQuestions(catalog) {
  const signal = questions(catalog, signalBody);
  const look = questions(catalog, lookBody);
  const training = questions(catalog, trainingBody);
  return {
    signal,
    look,
    training,
    /** All that would be trained, as one text. @param {Readonly<State>} state */
    settings: (state) => training(state).join("\n"),
  };
}
/** @typedef {ReturnType<typeof createQuestions>} Questions */

/**
 * @param {Catalog} catalog
 * @param {Questions} questions
 * @returns {Resource[]}
 */
export function createDeclared(catalog, questions) {
  const { askTraining, askLook } = createAsking(catalog);
  /** @param {string[]} bodies @param {number} index */
  const ownOf = (bodies, index) =>
    index > 0 && bodies[index] === bodies[0] ? null : (bodies[index] ?? null);

  /** @type {Resource[]} */
  const ofSettings = LETTERS.flatMap((letter, index) => [
    {
      name: `signal.${letter}`,
      key: (state) => (state.view === "signal" ? ownOf(questions.signal(state), index) : null),
      ask: (state, { signal }) => askSignal(JSON.parse(questions.signal(state)[index]), signal),
    },
    {
      // What is trained takes the place of what will be; how points were read is told all the same.
      name: `look.${letter}`,
      key: (state) =>
        state.view === "training" &&
        (state.trained.length === 0 || state.shared["dataset.points"] !== undefined)
          ? ownOf(questions.look(state), index)
          : null,
      ask: (state, { signal }) => askLook(JSON.parse(questions.look(state)[index]), signal),
    },
    {
      // One after the other: the server's other threads stay free for the rest of the page.
      name: `training.${letter}`,
      key: (state, answers) => keyOfTraining(state, answers, index),
      ask: (state, context) => askTraining(state.asked?.[index], state.trained, context),
    },
  ]);
  return [createScenario(), ...ofSettings];
}

/** @param {Readonly<State>} state @param {Answers} answers @param {number} index */
function keyOfTraining({ asked }, answers, index) {
  const before = LETTERS.slice(0, index);
  const isTurn = before.every((letter) => answers[`training.${letter}`].status === "ready");
  return (isTurn && asked?.[index]?.body) || null;
}

/**
 * The answers of the settings there are, in their order.
 *
 * @param {Answers} answers
 * @param {"signal" | "look"} name
 * @param {string[]} bodies
 * @returns {Answer[]}
 */
export const answersOf = (answers, name, bodies) =>
  bodies.map((body, index) => answers[`${name}.${LETTERS[body === bodies[0] ? 0 : index]}`]);
