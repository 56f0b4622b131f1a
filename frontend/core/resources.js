// What comes from the server: asked for once a key, ended when another key is wanted, and shown only
// for the key that it was asked for.

/**
 * What is known of a resource.
 *
 * - `nothing`: nothing is wanted of it.
 * - `asking`: asked, not answered yet; `value` is an earlier one of the same family, or a part.
 * - `ready`: `value` is that of the key that is wanted.
 * - `waiting`: it could not be answered just now, and will be asked again by itself.
 * - `refused`: it was refused for good; there is no value.
 *
 * @template V
 * @typedef {object} Answer
 * @property {"nothing" | "asking" | "ready" | "waiting" | "refused"} status
 * @property {string | null} key What is wanted.
 * @property {V | null} value
 * @property {string | null} valueKey What `value` was asked for.
 * @property {unknown} error Why it waits or was refused; else null.
 */

/** @typedef {Record<string, Answer<any>>} Answers */

/**
 * Whether an answer is waited for: it could not be given, and is asked again just now or soon.
 *
 * @param {Answer<any>} answer
 */
export const isWaiting = ({ status, error }) =>
  status === "waiting" || (status === "asking" && error !== null);

/**
 * @template S
 * @template V
 * @typedef {object} Resource
 * @property {string} name
 * @property {(state: Readonly<S>, answers: Answers) => string | null} key All that the answer depends
 *   on; null where nothing is wanted. Asked after each change, so let it be a selector.
 * @property {(state: Readonly<S>, context: { signal: AbortSignal, part: (value: V) => void,
 *   answers: Answers }) => Promise<V>} ask `part` shows what has come so far.
 * @property {(state: Readonly<S>) => unknown} [family] A value of another family is dropped at once:
 *   the paths of one surface are never seen over another. Left out: every value may stay until the
 *   next one comes.
 * @property {(value: V, state: Readonly<S>) => void} [onReady] Called once a value has come.
 * @property {boolean} [isLong] Whether what is dragged does not wait for its answer, which comes in
 *   parts.
 */

/** @type {Answer<any>} */
const NOTHING = Object.freeze({
  status: "nothing",
  key: null,
  value: null,
  valueKey: null,
  error: null,
});

/**
 * @template {object} S
 * @param {import("./store.js").Store<S>} store
 * @param {Resource<S, any>[]} declared A resource's key may depend on the answers of those before it.
 * @param {object} options
 * @param {(error: unknown) => boolean} options.isPassing Whether the same may be answered later.
 * @param {(error: unknown, waited: number, signal: AbortSignal) => Promise<void>} options.pass Waits
 *   until it may; `waited` is for how many seconds it has been waited already.
 * @param {() => void} options.onChange Called after any answer has changed.
 * @param {(name: string, error: unknown) => void} [options.onError] Called with what is neither an
 *   answer nor a refusal: a mistake in the page.
 */
export function createResources(store, declared, { isPassing, pass, onChange, onError }) {
  /** @type {Answers} */
  const answers = Object.fromEntries(declared.map(({ name }) => [name, NOTHING]));
  /** @type {Map<string, AbortController>} */
  const underWay = new Map();
  /** When each of those that wait began to, in milliseconds. */
  /** @type {Map<string, number>} */
  const waiting = new Map();
  /** @type {Map<string, unknown>} */
  const families = new Map();

  /** @param {string} name @param {Partial<Answer<any>>} change */
  function put(name, change) {
    answers[name] = Object.freeze({ ...answers[name], ...change });
  }

  /** @param {Resource<S, any>} resource */
  async function ask(resource) {
    const { name } = resource;
    const controller = new AbortController();
    const { signal } = controller;
    underWay.set(name, controller);
    const key = answers[name].key;
    const state = store.get();
    const isWanted = () => underWay.get(name) === controller;
    try {
      const value = await resource.ask(state, {
        signal,
        answers,
        part(part) {
          if (!isWanted()) return;
          // Not the whole answer: nobody who comes back to this key has it.
          put(name, { value: part, valueKey: null });
          changed();
        },
      });
      if (!isWanted()) return;
      underWay.delete(name);
      waiting.delete(name);
      put(name, { status: "ready", value, valueKey: key, error: null });
      resource.onReady?.(value, state);
      changed();
    } catch (error) {
      if (!isWanted()) return;
      if (isPassing(error)) {
        await wait(resource, error, controller);
        return;
      }
      underWay.delete(name);
      waiting.delete(name);
      put(name, { status: "refused", value: null, valueKey: null, error });
      changed();
      onError?.(name, error);
    }
  }

  // Nothing is asked again before the server is ready for it, whatever is wanted by then.
  /** @param {Resource<S, any>} resource @param {unknown} error @param {AbortController} controller */
  async function wait(resource, error, controller) {
    const { name } = resource;
    const since = waiting.get(name) ?? performance.now();
    waiting.set(name, since);
    put(name, { status: "waiting", error });
    changed();
    try {
      await pass(error, (performance.now() - since) / 1000, controller.signal);
    } catch {
      return;
    }
    if (underWay.get(name) !== controller) return;
    underWay.delete(name);
    put(name, { status: "asking" });
    ask(resource);
    onChange();
  }

  /** @param {string} name */
  function end(name) {
    underWay.get(name)?.abort();
    underWay.delete(name);
    waiting.delete(name);
  }

  // Asks for what is wanted now and was not before, and ends what is not wanted any more.
  function want() {
    let isOther = false;
    const state = store.get();
    for (const resource of declared) {
      const { name } = resource;
      const before = answers[name];
      const key = resource.key(state, answers);
      const family = resource.family?.(state);
      if (family !== families.get(name)) {
        families.set(name, family);
        if (before.value !== null) put(name, { value: null, valueKey: null });
      }
      if (key === before.key && answers[name] === before) continue;
      isOther = true;
      if (key === before.key) continue;
      if (before.status === "waiting" && key !== null) {
        put(name, { key });
        continue;
      }
      end(name);
      if (key === null) {
        put(name, NOTHING);
        continue;
      }
      if (key === answers[name].valueKey) {
        put(name, { key, status: "ready", error: null });
        continue;
      }
      put(name, { key, status: "asking", error: null });
      ask(resource);
    }
    return isOther;
  }

  // What one answer says may decide what else is wanted.
  function changed() {
    want();
    onChange();
  }

  store.subscribe(() => {
    if (want()) onChange();
  });

  return {
    /** The present answers by name; the object stays, its fields are replaced. */
    answers,
    /** Begins: asks for what the state wants. */
    begin: changed,
    /** Whether anything is being asked just now. */
    isBusy: () =>
      declared.some(
        ({ name, isLong }) => !isLong && underWay.has(name) && answers[name].status === "asking",
      ),
    /** Asks again for what was refused. @param {string} name */
    again(name) {
      const resource = declared.find((one) => one.name === name);
      if (!resource || answers[name].status !== "refused") return;
      put(name, { status: "asking", error: null });
      ask(resource);
      onChange();
    },
  };
}
