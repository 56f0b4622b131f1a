// The state in the address:
// #tags=convex&formula=x^4+y^2&run=sgd&run=adam,learning_rate:0.1&steps=500&tuned=both&lang=ru

import { createCodec, double, field, flag, whole, word } from "../core/codec.js";
import { runFromText, runToText } from "../runs/text.js";
import { appearanceFields } from "../shell/fields.js";
import {
  defaultState,
  MOST_FORMULAS,
  MOST_STARTS,
  runsOf,
  SHOWN,
  SORTS,
  steppingOf,
  TARGET,
  TUNED,
  tagsOf,
  withGoal,
  withUnknown,
} from "./state.js";

/** @typedef {import("./state.js").State} State */

const LARGEST_SEED = 2 ** 32 - 1;

/** Words of a list, each once; undefined where one is unknown. @param {readonly string[]} known */
const some = (known) => (/** @type {string} */ text) => {
  const words = text === "" ? [] : [...new Set(text.split(","))];
  return words.every((one) => known.includes(one)) ? words : undefined;
};

/** @typedef {import("../core/codec.js").Field<any, any, any>} Field */

/** @param {import("../api/answers.js").Catalog} catalog */
export function createFields(catalog) {
  const { surfaces, optimizers, limits } = catalog;
  const fallback = defaultState(catalog);
  const stepping = steppingOf(optimizers).map(({ id }) => id);
  const list = (/** @type {readonly string[]} */ words) => words.join(",");
  const reachable = withGoal(surfaces, true).map(({ id }) => id);

  /** @type {Field} */
  const only = {
    name: "surfaces",
    read(draft, text) {
      const found = some(reachable)(text);
      if (found !== undefined) draft.only = found;
      return found !== undefined;
    },
    write: ({ only }) => (only === null ? [] : [list(only)]),
  };

  /** @type {Field} */
  const formula = {
    name: "formula",
    read(draft, text) {
      if (draft.formulas.length >= MOST_FORMULAS || text.length > limits.formula) return false;
      draft.formulas = [...draft.formulas, text];
      return true;
    },
    write: ({ formulas }) => formulas,
  };

  // What was compared when only optimizers could be chosen: runs=sgd,adam.
  /** @type {Field} */
  const ids = {
    name: "runs",
    read(draft, text) {
      const found = some(stepping)(text);
      if (!found || found.length === 0 || found.length > limits.runs) return false;
      draft.runs = runsOf(catalog, found);
      return true;
    },
    write: () => [],
  };

  /** @type {Field} */
  const run = {
    name: "run",
    read(draft, text, context) {
      if (context.runs >= limits.runs) return false;
      const { run: found, wrong } = runFromText(catalog, text, 0);
      for (const part of wrong) context.problems.push(`run=${part}`);
      if (found === null) return true;
      if (!stepping.includes(found.optimizer)) return false;
      draft.runs = context.runs === 0 ? [found] : [...draft.runs, found];
      context.runs += 1;
      return true;
    },
    write: ({ runs }) =>
      same(runs, fallback.runs)
        ? []
        : runs.map((/** @type {import("./state.js").Run} */ one) => textOf(one)),
  };

  /** @type {Field} */
  const edited = {
    name: "edit",
    read(draft, text) {
      const found = draft.runs[Number(text) - 1];
      if (found) draft.edited = found.key;
      return Boolean(found);
    },
    write: ({ runs, edited: key }) => {
      const place = runs.findIndex((/** @type {{ key: number }} */ one) => one.key === key);
      return place < 0 ? [] : [String(place + 1)];
    },
  };

  /** As its place among the runs colours it. @param {import("./state.js").Run} one */
  function textOf(one) {
    return runToText(catalog, /** @type {any} */ ({ ...one, color: undefined }));
  }

  /** @param {readonly import("./state.js").Run[]} one @param {readonly import("./state.js").Run[]} other */
  function same(one, other) {
    return one.map(textOf).join("&") === other.map(textOf).join("&");
  }

  const codec = createCodec([
    {
      ...field({ name: "tags", fallback: fallback.tags, read: some(tagsOf(surfaces, true)) }),
      write: ({ tags }) => (tags.length > 0 ? [list(tags)] : []),
    },
    field({
      name: "unknown",
      fallback: fallback.unknown,
      read: flag,
      write: (on) => (on ? "1" : "0"),
    }),
    only,
    formula,
    ids,
    run,
    edited,
    field({ name: "steps", fallback: fallback.steps, read: whole(2, limits.steps), always: true }),
    field({ name: "starts", fallback: fallback.starts, read: whole(1, MOST_STARTS) }),
    field({
      name: "target",
      fallback: fallback.target,
      read: double(TARGET.minimum, TARGET.maximum),
    }),
    field({ name: "tuned", fallback: fallback.tuned, read: word(TUNED) }),
    field({ name: "seed", fallback: fallback.seed, read: whole(0, LARGEST_SEED) }),
    field({ name: "shown", fallback: fallback.shown, read: word(SHOWN) }),
    field({ name: "sort", fallback: fallback.sort, read: word(SORTS) }),
    field({ name: "order", fallback: fallback.order, read: whole(1, limits.runs) }),
    ...appearanceFields,
  ]);
  return {
    /** @param {string} hash */
    read(hash) {
      const state = defaultState(catalog);
      /** @type {{ runs: number, problems: string[] }} */
      const context = { runs: 0, problems: [] };
      const problems = [...codec.read(hash, state, context), ...context.problems];
      const offered =
        state.only === null
          ? withUnknown(state, state.unknown, surfaces)
          : { tags: /** @type {string[]} */ ([]) };
      // Surfaces that were picked one by one have their own tags, whatever else is said.
      const lost = state.tags.filter((tag) => !offered.tags.includes(tag));
      if (lost.length > 0) problems.push(`tags=${lost.join(",")}`);
      return { state: { ...state, ...offered }, problems };
    },
    /** @param {Readonly<State>} state */
    write: (state) => codec.write(state, undefined),
  };
}
