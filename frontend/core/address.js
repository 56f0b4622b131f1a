// The address follows the state, and the state follows the address: back, forward and a changed link
// are applied to the page as it stands.

/** Milliseconds after a change until it is written: browsers refuse more than some hundred a minute. */
const LATER = 300;

/**
 * @template {object} S
 * @param {object} options
 * @param {import("./store.js").Store<S>} options.store
 * @param {(state: Readonly<S>) => string} options.write The state as `#…`, or as a whole address.
 * @param {() => void} options.open Puts the address of the page into the state.
 * @param {(state: Readonly<S>, before: Readonly<S>) => boolean} [options.isEntry] Whether a change is
 *   one that «back» undoes.
 * @param {(state: Readonly<S>, changed: Set<string>) => boolean} [options.isPassing] Whether a change
 *   is one of many to come, as a step of what is played: it is written with the next other one.
 * @param {(address: string) => void} [options.onWritten] Called with each address written.
 */
export function createAddress({
  store,
  write,
  open,
  isEntry = () => false,
  isPassing = () => false,
  onWritten,
}) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isOpening = false;

  /** @param {string} address @param {boolean} isNew */
  function put(address, isNew) {
    clearTimeout(timer);
    timer = undefined;
    const { href } = new URL(address, location.href);
    if (href !== location.href) history[isNew ? "pushState" : "replaceState"](null, "", href);
    onWritten?.(address);
  }

  const flush = () => put(write(store.get()), false);

  store.subscribe((state, changed, before) => {
    if (isOpening || isPassing(state, changed)) return;
    if (isEntry(state, before)) {
      put(write(before), false);
      put(write(state), true);
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(flush, LATER);
  });

  addEventListener("popstate", () => {
    clearTimeout(timer);
    timer = undefined;
    isOpening = true;
    try {
      open();
    } finally {
      isOpening = false;
    }
  });
  // What has not been written yet is not lost with the page.
  addEventListener("pagehide", () => {
    if (timer !== undefined) flush();
  });
  addEventListener("visibilitychange", () => {
    if (document.hidden && timer !== undefined) flush();
  });

  return {
    /** The address of the present state. */
    now: () => write(store.get()),
    /** Writes it at once. */
    flush,
  };
}
