// The comparison: asked for whole, told of surface by surface, stopped when another one is wanted.

import { follow } from "../api/events.js";
import { selector } from "../core/selectors.js";
import { bodyOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */
/** @typedef {{ done: number, total: number, seconds_left: number }} Progress */

/**
 * What is known so far: how far it is, null when it is done, and the last whole answer with the ids of
 * its runs, which may be of an earlier question.
 *
 * @typedef {{ progress: Progress | null, answer: Scoreboard | null, runs: readonly string[] }} Known
 */

const BEGUN = { done: 0, total: 0, seconds_left: 0 };

/**
 * @param {import("../api/answers.js").Catalog} catalog
 * @returns {import("../core/resources.js").Resource<State, Known>}
 */
export function createScoreboard({ surfaces }) {
  /** @type {Pick<Known, "answer" | "runs">} */
  let last = { answer: null, runs: [] };
  const key = selector(
    (/** @type {Readonly<State>} */ state) => [
      state.tags,
      state.unknown,
      state.runs,
      state.steps,
      state.starts,
      state.target,
      state.tuned,
      state.seed,
    ],
    (tags, unknown, runs, steps, starts, target, tuned, seed) =>
      JSON.stringify(bodyOf({ tags, unknown, runs, steps, starts, target, tuned, seed }, surfaces)),
  );
  return {
    name: "scoreboard",
    key,
    async ask(state, { signal, part }) {
      part({ progress: BEGUN, ...last });
      const answer = await follow("scoreboard", bodyOf(state, surfaces), {
        signal,
        onProgress: (/** @type {Progress} */ progress) => part({ progress, ...last }),
      });
      last = { answer, runs: state.runs };
      return { progress: null, ...last };
    },
  };
}
