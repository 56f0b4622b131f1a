// Undo and redo of settings. Changes of the same fields in quick succession are one change: a drag is
// undone as a whole.

import { isSameList } from "./selectors.js";

/** Milliseconds after which another change of the same fields is a change of its own. */
const PAUSE = 700;
/** Changes that are remembered. */
const MOST = 100;

/**
 * @template {object} S
 * @param {import("./store.js").Store<S>} store
 * @param {(keyof S & string)[]} fields The settings, in the state.
 * @param {(keyof S & string)[]} [along] What is put back with them and is no change of its own, as
 *   which of several is chosen.
 */
export function createUndo(store, fields, along = []) {
  /** @type {Partial<S>[]} */
  let past = [];
  /** @type {Partial<S>[]} */
  let future = [];
  /** @type {string[]} */
  let last = [];
  let when = -Infinity;
  let isOurs = false;
  let isQuiet = false;

  /** @param {Readonly<S>} state @returns {Partial<S>} */
  const settings = (state) => {
    /** @type {Partial<S>} */
    const found = {};
    for (const field of [...fields, ...along]) found[field] = state[field];
    return found;
  };

  /** @param {Partial<S>[]} from @param {Partial<S>[]} to */
  function step(from, to) {
    const found = from.pop();
    if (!found) return false;
    to.push(settings(store.get()));
    isOurs = true;
    store.update(found);
    isOurs = false;
    last = [];
    return true;
  }

  /** @param {Partial<S>} before */
  function push(before) {
    past = [...past, before].slice(-MOST);
    future = [];
  }

  store.subscribe((_, changed, before) => {
    if (isOurs) return;
    const touched = fields.filter((field) => changed.has(field));
    if (touched.length === 0) return;
    const now = performance.now();
    const isSameChange = isSameList(touched, last) && now - when < PAUSE;
    last = touched;
    when = now;
    if (isQuiet || isSameChange) return;
    push(settings(before));
  });

  return {
    /** Whether anything was undone. */
    undo: () => step(past, future),
    redo: () => step(future, past),
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    /** Has what was changed quietly undone as one change. @param {Partial<S>} before The settings
     * that it changed, as they were. */
    remember(before) {
      push({ ...settings(store.get()), ...before });
      last = [];
    },
    /** Changes the state without a trace, as where an answer fills in a default.
     * @param {() => void} work */
    quietly(work) {
      const outer = isQuiet;
      isQuiet = true;
      work();
      isQuiet = outer;
      last = [];
    },
  };
}
