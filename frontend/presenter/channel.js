// What a speaker's window says to the audience's, and how the two find each other: a channel of their
// own, so that two lectures in one browser do not mix.

import { audienceOf } from "../core/audience.js";
import { keep, kept } from "../core/keeping.js";

const KEPT = "lecture-id";
const BEGAN = "lecture-began";
/** Bits of chance in an id: two lectures in one browser never meet. */
const LENGTH = 16;

/**
 * Where the speaker is and how it looks; what the audience's page is a function of.
 *
 * @typedef {object} Scene
 * @property {"scene"} kind
 * @property {string} address The page and the state, as its address has them.
 * @property {Record<string, unknown>} fields What of the state no address has: the clock and the rest.
 *
 * Where the speaker points.
 * @typedef {{ kind: "pointer", at: import("../core/pointed.js").Place | null }} Pointer
 *
 * What the audience may see of the hall.
 * @typedef {{ kind: "hall", hall: ReturnType<typeof import("../hall/told.js").toldOf> }} Hall
 *
 * @typedef {Scene | Pointer | Hall | { kind: "who" | "hello" | "bye" }} Message
 */

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(LENGTH))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** @type {string | null} */
let own = null;
/** The lecture of this tab; another page of the product goes on with it, and with its audience. */
export function lecture() {
  own ??= kept(KEPT) ?? newId();
  keep(KEPT, own);
  return own;
}

/** When this lecture's audience came first, in milliseconds of the clock. */
export function began() {
  const known = Number(kept(BEGAN));
  if (known > 0) return known;
  const now = Date.now();
  keep(BEGAN, String(now));
  return now;
}

/**
 * Opens the channel of this window's lecture.
 *
 * @param {(message: Message) => void} onMessage
 */
export function openChannel(onMessage) {
  /** @type {BroadcastChannel} */
  let channel;
  try {
    channel = new BroadcastChannel(`steepest.${audienceOf() ?? lecture()}`);
  } catch {
    // Refused, as storage may be: there is this window alone.
    return { say() {} };
  }
  channel.addEventListener("message", ({ data }) => onMessage(data));
  return {
    /** @param {Message} message */
    say: (message) => channel.postMessage(message),
  };
}
