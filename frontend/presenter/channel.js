// What a speaker's window says to the audience's, and how the two find each other: a channel of their
// own, so that two lectures in one browser do not mix.

import { keep, kept } from "../core/keeping.js";

const NAME = "steepest-audience-";
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
 * Where the speaker points: parts of the picture's width and height, or of the window's.
 * @typedef {{ kind: "pointer", at: { over: "picture" | "window", x: number, y: number } | null }} Pointer
 *
 * @typedef {Scene | Pointer | { kind: "who" | "hello" | "bye" }} Message
 */

/** The lecture that this window is the audience's of; null for the speaker's own window. */
export const audienceOf = () =>
  window.name.startsWith(NAME) ? window.name.slice(NAME.length) : null;

// The id goes with the tab, so that another page of the product goes on with the same audience.
function speakersId() {
  const known = kept(KEPT);
  if (known) return known;
  const id = [...crypto.getRandomValues(new Uint8Array(LENGTH))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  keep(KEPT, id);
  return id;
}

/** When this lecture's audience came first, in milliseconds of the clock. */
export function began() {
  const known = Number(kept(BEGAN));
  if (known > 0) return known;
  const now = Date.now();
  keep(BEGAN, String(now));
  return now;
}

/** What the audience's window of this lecture is called. */
export const audienceName = () => NAME + speakersId();

/**
 * Opens the channel of this window's lecture.
 *
 * @param {(message: Message) => void} onMessage
 */
export function openChannel(onMessage) {
  const channel = new BroadcastChannel(`steepest.${audienceOf() ?? speakersId()}`);
  channel.addEventListener("message", ({ data }) => onMessage(data));
  return {
    /** @param {Message} message */
    say: (message) => channel.postMessage(message),
  };
}
