// One plain state object. Events change it through `update`; panels read it and are told what
// changed. Nobody else keeps state that a reload should bring back.

export function createStore(initial) {
  let state = Object.freeze(initial);
  const listeners = new Set();
  return {
    get: () => state,
    update(change) {
      const patch = typeof change === "function" ? change(state) : change;
      const keys = Object.keys(patch).filter((key) => patch[key] !== state[key]);
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
