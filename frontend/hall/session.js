// A hall as the lecturer's page has it: opened, steered by its key, listened to. What is known of it
// is `hall` of the page's state; nothing of it goes into the address, since the key is in it.

import { ApiError, asked } from "../api/api.js";
import { at } from "../api/root.js";
import { keep, kept, letGo } from "../core/keeping.js";
import { placeOf } from "./place.js";

/**
 * @typedef {import("../api/answers.js").SeenHall} Seen
 * @typedef {import("../api/answers.js").HallCounts} Counts
 *
 * @typedef {object} Hall
 * @property {string} hall Its name.
 * @property {string} key
 * @property {string[]} addresses Of the server, as phones reach it, where the page was opened on the
 *   machine itself.
 * @property {Seen | null} seen What phones see; null until it is known.
 * @property {Counts | null} counts
 * @property {"" | "away" | "gone"} trouble Whether the server does not answer, or the hall is no more.
 * @property {boolean | null} visible Whether the answers are shown; null for once it is closed.
 *
 * @typedef {{ get(): any, update(change: any): void,
 *   subscribe(listener: (state: any, changed: Set<string>) => void): () => void }} Store
 */

/** What the tab keeps a hall under. */
export const KEPT = "hall";
/** Milliseconds between two tellings of where the lecturer is: four a second at most. */
const OFTEN = 250;
/** Milliseconds until a broken connection is tried again. */
const LATER = 2000;

/** @returns {Pick<Hall, "hall" | "key" | "addresses"> | null} */
function keptHall() {
  try {
    return JSON.parse(kept(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Hall} hall */
const keepHall = ({ hall, key, addresses }) => keep(KEPT, JSON.stringify({ hall, key, addresses }));

/** @param {string} path @param {object} body @param {string} [key] @returns {Promise<any>} */
async function post(path, body, key) {
  const headers = {
    "Content-Type": "application/json",
    ...(key ? { Authorization: `Bearer ${key}` } : {}),
  };
  const answer = await asked(path, { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
}

/** Goes on with the hall that the tab keeps, if it keeps one. @param {Store} store */
export function createSession(store) {
  /** @type {EventSource | null} */
  let events = null;
  /** Where phones were told last that the lecturer is. */
  let told = "";
  const now = () => /** @type {Hall | null} */ (store.get().hall ?? null);
  const path = () => `halls/${now()?.hall}`;

  /** @param {Partial<Hall>} change */
  function put(change) {
    const hall = now();
    if (hall) store.update({ hall: { ...hall, ...change } });
  }

  /** @param {Pick<Hall, "hall" | "key" | "addresses">} opened */
  function enter({ hall, key, addresses }) {
    /** @type {Hall} */
    const entered = { hall, key, addresses, seen: null, counts: null, trouble: "", visible: null };
    told = "";
    store.update({ hall: entered });
    keepHall(entered);
    listen();
  }

  function listen() {
    events?.close();
    const hall = now();
    if (hall === null) return;
    const source = new EventSource(at(`api/v1/${path()}/events`));
    events = source;
    const on = (/** @type {string} */ name, /** @type {(content: any) => void} */ take) =>
      source.addEventListener(name, (event) => {
        if (events === source) take(JSON.parse(/** @type {MessageEvent} */ (event).data));
      });
    on("hall", (seen) => {
      const known = now()?.seen?.round === seen.round;
      put({ seen, trouble: "", ...(known ? {} : { counts: null, visible: null }) });
    });
    on("counts", (counts) => put({ counts }));
    on("end", () => {
      source.close();
      put({ trouble: "gone" });
    });
    source.onerror = () => {
      source.close();
      if (events !== source) return;
      put({ trouble: "away" });
      setTimeout(() => events === source && again(), LATER);
    };
  }

  // A hall that has expired closes the connection as well: who asks is told which it is.
  async function again() {
    try {
      await asked(path());
      listen();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) put({ trouble: "gone" });
      else setTimeout(listen, LATER);
    }
  }

  /** @param {string} what @param {object} [body] */
  async function steer(what, body = {}) {
    const hall = now();
    if (hall === null) return;
    try {
      const { scene, step, transfer, ...seen } = await post(`${path()}/${what}`, body, hall.key);
      put({ seen, trouble: "" });
    } catch (error) {
      put({ trouble: error instanceof ApiError && error.status === 404 ? "gone" : "away" });
    }
  }

  let isPlanned = false;
  // Where the lecturer is, for phones that follow; what changed meanwhile is told with the next.
  function tell() {
    const place = placeOf(store.get());
    const hall = now();
    if (hall === null || hall.trouble === "gone" || isPlanned || JSON.stringify(place) === told) {
      return;
    }
    told = JSON.stringify(place);
    isPlanned = true;
    post(`${path()}/place`, place, hall.key).catch(() => {});
    setTimeout(() => {
      isPlanned = false;
      tell();
    }, OFTEN);
  }

  store.subscribe((_, changed) => {
    if (["hall", "clock", "scene", "phase"].some((name) => changed.has(name))) tell();
  });
  const before = keptHall();
  if (before) enter(before);

  return {
    /** Opens a hall. */
    async open() {
      enter(await post("halls", {}));
    },
    /** Asks what the page asks. @param {string} scene @param {boolean} transfer */
    ask: (scene, transfer) => steer("questions", transfer ? { scene, transfer } : { scene }),
    /** Asks a question of one's own. @param {import("./own.js").Asked} asked */
    own: (asked) => steer("questions", asked),
    close: () => steer("close"),
    /** @param {import("../api/answers.js").HallAnswer | null} result What came out. */
    show: (result) => steer("show", result === null ? {} : { result }),
    again: () => steer("again"),
    /** Shows the answers or hides them. @param {boolean} visible */
    look: (visible) => put({ visible }),
    leave() {
      events?.close();
      events = null;
      letGo(KEPT);
      store.update({ hall: null });
    },
  };
}
