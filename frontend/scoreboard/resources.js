// The comparison: asked for whole, told of surface by surface, stopped when another one is wanted.

import { ApiError, pause } from "../api/api.js";
import { follow } from "../api/events.js";
import { bodyOf, chosenOf, createQuestion, isTyped } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Run} Run */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */
/** @typedef {{ done: number, total: number, seconds_left: number }} Progress */

/** A whole answer, its runs, and the question that it was given to.
 * @typedef {{ question: string, answer: Scoreboard, runs: readonly Run[] }} Last */

export const BEGUN = { done: 0, total: 0, seconds_left: 0 };
/** Milliseconds for which what is typed or dragged rests before a comparison begins. */
const REST = 300;

/** @param {import("../api/answers.js").Catalog} catalog */
export function createScoreboard(catalog) {
  /** @type {Last | null} */
  let last = null;
  let isFirst = true;
  const question = createQuestion(catalog);

  /** How far it is; null when it is done. @type {import("../core/resources.js").Resource<State, Progress | null>} */
  const resource = {
    name: "scoreboard",
    key(state) {
      const asked = question(state);
      return asked === state.stopped ? null : asked;
    },
    async ask(state, { signal, part }) {
      const asked = /** @type {string} */ (question(state));
      if (asked === last?.question) return null;
      part(BEGUN);
      if (!isFirst) await pause(REST, signal);
      isFirst = false;
      const answer = await follow("scoreboard", bodyOf(state, catalog), {
        signal,
        onProgress: part,
      });
      last = { question: asked, answer, runs: state.runs };
      return null;
    },
  };
  return {
    resource,
    question,
    /** The last whole answer, which may be of an earlier question. */
    last: () => last,
  };
}

/** What is wrong with a formula, and with which of them; null for other refusals.
 * @param {Readonly<State>} state @param {import("../api/answers.js").Catalog} catalog
 * @param {unknown} error */
export function refusalOf(state, catalog, error) {
  const detail = error instanceof ApiError ? error.detail[0] : undefined;
  const [, list, place] = detail?.loc ?? [];
  const at = Number(place) - chosenOf(state, catalog.surfaces).length;
  return list === "surfaces" && at >= 0 && detail?.type?.startsWith("formula")
    ? { detail, at: state.formulas.flatMap((one, i) => (isTyped(one) ? [i] : []))[at] }
    : null;
}
