// Which runs have tuned rates: a mark names all that the search depended on, and goes when any of
// that changes. Kept rates can be taken back, run by run.

import { runRequest, surfaceRequest } from "../simulation.js";
import { isTunedOpening, optimizerOf } from "../state.js";

const TERMS = [
  ...["surface", "parameters", "formula", "points", "reading", "columns"],
  ...["steps", "seed", "tolerance"],
];

// A short name for all that a search depends on (FNV-1a), so that a mark goes when that changes.
function shortName(text) {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

const sorted = (numbers) =>
  Object.entries(numbers).sort(([one], [other]) => (one < other ? -1 : 1));

// The rate and the mark of an older run, put into what it is now.
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
const canUndo = ({ kept }, run) =>
  kept.has(run.key) && kept.get(run.key).rate === run.numbers.learning_rate;

const isUndoable = (state) => state.runs.some((run) => canUndo(state, run));

// Takes back the rates that were kept; what else was changed since stays.
export const withoutKept = (state) => ({
  runs: state.runs.map((run) =>
    canUndo(state, run) ? withRateOf(run, state.kept.get(run.key).old) : run,
  ),
  kept: new Map(),
});

// What has to be remembered of the rates that are kept, to take them back.
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

export function createMarks(catalog) {
  // A surface can be a long table of points, so it is named once and not for every run.
  let named = { state: {}, name: "" };
  function termsOf(state) {
    if (TERMS.some((key) => named.state[key] !== state[key])) {
      const { steps, seed, tolerance } = state;
      const text = JSON.stringify([surfaceRequest(state), steps, seed, tolerance]);
      named = { state, name: shortName(text) };
    }
    return named.name;
  }

  function signature(state, run, start) {
    const { optimizer, ...others } = runRequest(catalog, state, run);
    return shortName(JSON.stringify([termsOf(state), start, sorted(optimizer), others]));
  }
  const isTunedFrom = (state, run, start) =>
    run.tuned !== null && run.tuned === signature(state, run, start);
  const isTuned = (state, run) => state.starts.some((start) => isTunedFrom(state, run, start));

  return {
    isTuned,
    isUndoable,
    // The runs with the rates that a search has found, and their marks.
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
