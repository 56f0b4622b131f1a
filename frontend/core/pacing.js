// A control that is being dragged changes the state as fast as the server answers, so that each
// question asked is that of the state and its answer is still wanted when it comes.

/** Milliseconds for which a change may be held back: then the state is ahead of the answers. */
const LONGEST = 150;

/**
 * @template {object} S
 * @param {import("./store.js").Store<S>} store
 * @param {() => boolean} isBusy Whether an answer is awaited.
 */
export function createPace(store, isBusy) {
  /** What is held back, by what is dragged. @type {Map<string, (state: Readonly<S>) => Partial<S>>} */
  const held = new Map();
  let since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Puts what is held back into the state. */
  function release() {
    clearTimeout(timer);
    timer = undefined;
    const changes = [...held.values()];
    held.clear();
    if (changes.length === 0) return;
    store.update((state) => {
      /** @type {Partial<S>} */
      const patch = {};
      for (const change of changes) Object.assign(patch, change({ ...state, ...patch }));
      return patch;
    });
  }

  return {
    /** Called after an answer. */
    answered() {
      if (held.size > 0 && !isBusy()) release();
    },
    release,
    /**
     * Changes the state now, or after the answer that is awaited. Of several changes by one control
     * the last one counts.
     *
     * @param {string} control
     * @param {(state: Readonly<S>) => Partial<S>} change
     */
    change(control, change) {
      if (held.size === 0) since = performance.now();
      held.set(control, change);
      const left = LONGEST - (performance.now() - since);
      if (!isBusy() || left <= 0) release();
      else timer ??= setTimeout(release, left);
    },
  };
}
