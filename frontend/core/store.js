// One plain state object. Events change it through `update`; everything else is a function of it.

/**
 * @template {object} S
 * @typedef {(state: S, changed: Set<string>, before: S) => void} Listener
 */

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {() => Readonly<S>} get
 * @property {(change: Partial<S> | ((state: Readonly<S>) => Partial<S>)) => void} update Puts a patch
 *   into the state; listeners are told which fields are others now, and nothing where none is.
 * @property {(listener: Listener<S>) => () => void} subscribe Answers what ends it.
 */

/**
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  /** @type {Readonly<S>} */
  let state = Object.freeze(initial);
  /** @type {Set<Listener<S>>} */
  const listeners = new Set();
  return {
    get: () => state,
    update(change) {
      const patch = typeof change === "function" ? change(state) : change;
      const keys = /** @type {(keyof S & string)[]} */ (Object.keys(patch)).filter(
        (key) => patch[key] !== state[key],
      );
      if (keys.length === 0) return;
      const before = state;
      state = Object.freeze({ ...state, ...patch });
      for (const listener of [...listeners]) listener(state, new Set(keys), before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
