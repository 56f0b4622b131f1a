// The state in the address: #tags=convex,ravine&runs=sgd,adam&steps=500&tuned=both&lang=ru

import { createCodec, field, flag, whole, word } from "../core/codec.js";
import { appearanceFields } from "../shell/fields.js";
import {
  defaultState,
  MOST_STARTS,
  SHOWN,
  steppingOf,
  TARGETS,
  TUNED,
  tagsOf,
  withUnknown,
} from "./state.js";

/** @typedef {import("./state.js").State} State */

const LARGEST_SEED = 2 ** 32 - 1;

/** Words of a list, each once; undefined where one is unknown. @param {readonly string[]} known */
const some = (known) => (/** @type {string} */ text) => {
  const words = text === "" ? [] : [...new Set(text.split(","))];
  return words.every((one) => known.includes(one)) ? words : undefined;
};

/** @param {string} text */
const target = (text) => TARGETS.find((one) => one === Number(text));

/** @param {import("../api/answers.js").Catalog} catalog */
export function createFields({ surfaces, optimizers, limits }) {
  const fallback = defaultState();
  const ids = steppingOf(optimizers).map(({ id }) => id);
  const runs = (/** @type {string} */ text) => {
    const found = some(ids)(text);
    return found && found.length > 0 && found.length <= limits.runs ? found : undefined;
  };
  const list = (/** @type {readonly string[]} */ words) => words.join(",");
  const codec = createCodec([
    field({
      name: "tags",
      fallback: fallback.tags,
      read: some(tagsOf(surfaces, true)),
      write: list,
    }),
    field({
      name: "unknown",
      fallback: fallback.unknown,
      read: flag,
      write: (on) => (on ? "1" : "0"),
    }),
    field({ name: "runs", fallback: fallback.runs, read: runs, write: list }),
    field({ name: "steps", fallback: fallback.steps, read: whole(2, limits.steps), always: true }),
    field({ name: "starts", fallback: fallback.starts, read: whole(1, MOST_STARTS) }),
    field({ name: "target", fallback: fallback.target, read: target }),
    field({ name: "tuned", fallback: fallback.tuned, read: word(TUNED) }),
    field({ name: "seed", fallback: fallback.seed, read: whole(0, LARGEST_SEED) }),
    field({ name: "shown", fallback: fallback.shown, read: word(SHOWN) }),
    ...appearanceFields,
  ]);
  return {
    /** @param {string} hash */
    read(hash) {
      const state = defaultState();
      const problems = codec.read(hash, state, undefined);
      const offered = withUnknown(state, state.unknown, surfaces);
      const lost = state.tags.filter((tag) => !offered.tags.includes(tag));
      if (lost.length > 0) problems.push(`tags=${lost.join(",")}`);
      return { state: { ...state, ...offered }, problems };
    },
    /** @param {Readonly<State>} state */
    write: (state) => codec.write(state, undefined),
  };
}
