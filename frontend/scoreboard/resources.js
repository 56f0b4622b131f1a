// The comparison: asked for whole, told of surface by surface, stopped when another one is wanted.

import { ApiError } from "../api/api.js";
import { follow } from "../api/events.js";
import { bodyOf, chosenOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Run} Run */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */
/** @typedef {{ done: number, total: number, seconds_left: number }} Progress */

/**
 * What is known so far: how far it is, null when it is done, and the last whole answer with its
 * runs, which may be of an earlier question.
 *
 * @typedef {{ progress: Progress | null, answer: Scoreboard | null, runs: readonly Run[] }} Known
 */

const BEGUN = { done: 0, total: 0, seconds_left: 0 };

/**
 * @param {import("../api/answers.js").Catalog} catalog
 * @returns {import("../core/resources.js").Resource<State, Known>}
 */
export function createScoreboard(catalog) {
  /** @type {Pick<Known, "answer" | "runs">} */
  let last = { answer: null, runs: [] };
  return {
    name: "scoreboard",
    key(state) {
      const question = questionOf(catalog, state);
      return question === state.stopped ? null : question;
    },
    async ask(state, { signal, part }) {
      part({ progress: BEGUN, ...last });
      const answer = await follow("scoreboard", bodyOf(state, catalog), {
        signal,
        onProgress: (/** @type {Progress} */ progress) => part({ progress, ...last }),
      });
      last = { answer, runs: state.runs };
      return { progress: null, ...last };
    },
  };
}

/** What a state asks for, as text. @param {import("../api/answers.js").Catalog} catalog
 * @param {Readonly<State>} state @returns {string} */
export const questionOf = (catalog, state) => JSON.stringify(bodyOf(state, catalog));

/** What is wrong with a formula, and with which of them; null for other refusals.
 * @param {Readonly<State>} state @param {import("../api/answers.js").Catalog} catalog
 * @param {unknown} error */
export function refusalOf(state, catalog, error) {
  const detail = error instanceof ApiError ? error.detail[0] : undefined;
  const [, list, place] = detail?.loc ?? [];
  const at = Number(place) - chosenOf(state, catalog.surfaces).length;
  return list === "surfaces" && at >= 0 && detail?.type?.startsWith("formula")
    ? { detail, at: state.formulas.flatMap((one, i) => (one.trim() === "" ? [] : [i]))[at] }
    : null;
}
