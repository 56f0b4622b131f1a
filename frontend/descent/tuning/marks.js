// Which runs have tuned rates: a mark names all that the search depended on, and goes when any of
// that changes. Kept rates can be taken back, run by run.

import { runRequest, surfaceRequest } from "../simulation.js";
import { isTunedOpening, optimizerOf, SURFACE_FIELDS } from "../state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Run} Run
 * @typedef {import("./types.js").State} State
 * @typedef {State["kept"] extends Map<number, infer Kept> ? Kept : never} Kept
 */

/** @type {(keyof State)[]} */
const TERMS = [...SURFACE_FIELDS, "steps", "seed", "tolerance"];

// A short name for all that a search depends on (FNV-1a), so that a mark goes when that changes.
/** @param {string} text */
function shortName(text) {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** @param {Record<string, unknown>} numbers */
const sorted = (numbers) =>
  Object.entries(numbers).sort(([one], [other]) => (one < other ? -1 : 1));

// The rate and the mark of an older run, put into what it is now.
/** @param {Run} run @param {Run} old @returns {Run} */
function withRateOf(run, old) {
  const { learning_rate: _, ...numbers } = run.numbers;
  const { learning_rate: rate } = old.numbers;
  return {
    ...run,
    tuned: old.tuned,
    numbers: rate === undefined ? numbers : { ...numbers, learning_rate: rate },
  };
}

// A rate that was changed since is left alone.
/** @param {Pick<State, "kept">} state @param {Run} run */
function canUndo({ kept }, run) {
  const one = kept.get(run.key);
  return one !== undefined && one.rate === run.numbers.learning_rate;
}

/** @param {State} state */
const isUndoable = (state) => state.runs.some((run) => canUndo(state, run));

// Takes back the rates that were kept; what else was changed since stays.
/** @param {State} state */
export const withoutKept = (state) => ({
  runs: state.runs.map((run) =>
    canUndo(state, run) ? withRateOf(run, /** @type {Kept} */ (state.kept.get(run.key)).old) : run,
  ),
  kept: /** @type {State["kept"]} */ (new Map()),
});

// What has to be remembered of the rates that are kept, to take them back.
/** @param {Run[]} before @param {Run[]} runs @returns {State["kept"]} */
export function keptOf(before, runs) {
  const old = new Map(before.map((run) => [run.key, run]));
  return new Map(
    runs.flatMap((run) => {
      const rate = run.numbers.learning_rate;
      const was = old.get(run.key);
      return was && was.numbers.learning_rate !== rate ? [[run.key, { old: was, rate }]] : [];
    }),
  );
}

/** @param {Catalog} catalog */
export function createMarks(catalog) {
  // A surface can be a long table of points, so it is named once and not for every run.
  /** @type {{ state: State | null, name: string }} */
  let named = { state: null, name: "" };
  /** @param {State} state */
  function termsOf(state) {
    if (TERMS.some((key) => named.state?.[key] !== state[key])) {
      const { steps, seed, tolerance } = state;
      const text = JSON.stringify([surfaceRequest(state), steps, seed, tolerance]);
      named = { state, name: shortName(text) };
    }
    return named.name;
  }

  /** @param {State} state @param {Run} run @param {number[]} start */
  function signature(state, run, start) {
    const { optimizer, ...others } = runRequest(catalog, state, run);
    return shortName(JSON.stringify([termsOf(state), start, sorted(optimizer), others]));
  }
  /** @param {State} state @param {Run} run @param {number[]} start */
  const isTunedFrom = (state, run, start) =>
    run.tuned !== null && run.tuned === signature(state, run, start);
  /** @param {State} state @param {Run} run */
  const isTuned = (state, run) => state.starts.some((start) => isTunedFrom(state, run, start));

  return {
    isTuned,
    isUndoable,
    /** The runs with the rates that a search has found, and their marks.
     * @param {State} state @param {import("./types.js").Found} found */
    tunedRuns(state, found) {
      const best = new Map(found.runs.map((run, index) => [found.keys[index], run.best]));
      return state.runs.map((run) => {
        const one = best.get(run.key);
        if (!one) return run;
        const tuned = { ...run, numbers: { ...run.numbers, learning_rate: one.learning_rate } };
        return { ...tuned, tuned: signature(state, tuned, state.starts[state.selectedStart]) };
      });
    },
    // "opening" where the defaults are tuned, "all" where all runs that take part and have a rate
    // to tune are tuned from one start, else "some" or "none".
    /** @param {State} state */
    summary(state) {
      if (isTunedOpening(catalog, state)) return "opening";
      const runs = state.runs.filter((run) => run.enabled && optimizerOf(catalog, run).tunable);
      if (!runs.some((run) => isTuned(state, run))) return "none";
      return state.starts.some((start) => runs.every((run) => isTunedFrom(state, run, start)))
        ? "all"
        : "some";
    },
  };
}
