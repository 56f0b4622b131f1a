// Talking to the server: typed arrays come back as JavaScript's own, refusals as ApiError with the
// field.

import { at } from "./root.js";

const API = at("api/v1");
// The page names the version of all answers where it has the catalogue asked for; an answer whose
// address names it is kept for as long as there is no other.
/** @type {HTMLLinkElement | null} */
const CATALOG = document.querySelector('link[rel="preload"][href*="api/v1/catalog"]');
const VERSION = CATALOG ? new URL(CATALOG.href).search.slice(1) : "";
/** @param {string} path */
const versioned = (path) => (VERSION ? `${path}${path.includes("?") ? "&" : "?"}${VERSION}` : path);
// Longer addresses do not pass everything that may stand between here and the server.
const LONGEST = 4000;
// The server ends every work within a minute; what has not begun to answer by then will not.
const PATIENCE = 120_000;

/**
 * What a refusal says: of which field, in words, and what kind it is.
 *
 * @typedef {{ loc?: (string | number)[], msg?: string, type?: string, values?: any }} Detail
 */

export class ApiError extends Error {
  /** @param {number} status @param {Detail[]} detail @param {string | null} [retryAfter] */
  constructor(status, detail, retryAfter = null) {
    super(detail[0]?.msg ?? `HTTP ${status}`);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

const OVERLOADED = [408, 425, 429, 502, 503, 504];

// What would end the same way again, soon at least.
const LASTING = ["too_long", "workers_died", "cluster_failed", "cluster_differs"];

/** Whether a failure says nothing of what was asked: the same may well be answered later.
 * @param {unknown} error */
export const isPassing = (error) =>
  error instanceof ApiError &&
  (error.status === 0 || OVERLOADED.includes(error.status)) &&
  !LASTING.includes(error.detail[0]?.type ?? "");

// Answers that have been waited for longer than this are slow ones.
const SLOW = 700;
const slow = new Set();
/** @type {(isSlow: boolean) => void} */
let tell = () => {};

/** Begins to wait for an answer, whose slowness is told. @returns {() => void} It has come, or will not. */
export function awaited() {
  const one = {};
  const timer = setTimeout(() => {
    slow.add(one);
    tell(true);
  }, SLOW);
  return () => {
    clearTimeout(timer);
    if (slow.delete(one) && slow.size === 0) tell(false);
  };
}

/** @param {(isSlow: boolean) => void} listener Called with true as an answer turns slow, with false
 *   when none is any more. */
export function whenSlow(listener) {
  tell = listener;
}

/** @typedef {Omit<RequestInit, "signal"> & { signal?: AbortSignal | null }} Options */

/**
 * A fetch whose slowness is told, and whose failure is an ApiError: of status 0 where nothing was
 * answered. Aborting `signal` throws an AbortError.
 *
 * @param {string} path
 * @param {Options} [options]
 */
export async function asked(path, { signal = null, ...options } = {}) {
  const ended = new AbortController();
  const end = () => ended.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener("abort", end);
  const timer = setTimeout(end, PATIENCE);
  const came = awaited();
  let response;
  try {
    response = await fetch(`${API}/${path}`, { ...options, signal: ended.signal });
  } catch {
    signal?.throwIfAborted();
    throw new ApiError(0, []);
  } finally {
    clearTimeout(timer);
    came();
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => null);
  throw new ApiError(
    response.status,
    Array.isArray(body?.detail) ? body.detail : [],
    response.headers.get("retry-after"),
  );
}

/** What is being compiled because an answer needs it, by name. @returns {Promise<string[]>} */
export const fetchPreparing = () =>
  fetch(at("preparing"))
    .then((answer) => answer.json())
    .then(({ preparing }) => preparing)
    .catch(() => []);

/** @param {string} path @param {Options} [options] @returns {Promise<any>} */
async function get(path, options) {
  const response = await asked(path, options);
  return response.json().catch((error) => {
    options?.signal?.throwIfAborted();
    // Cut off on the way.
    if (error instanceof TypeError) throw new ApiError(0, []);
    throw error;
  });
}

export const fetchCatalog = () => get(versioned("catalog"));

/** A scene of the lecture. @param {string} id @param {AbortSignal | null} [signal]
 * @returns {Promise<import("./answers.js").Scenario>} */
export const fetchScenario = (id, signal = null) => get(versioned(`scenarios/${id}`), { signal });

/**
 * What POST would be asked with `body`: by GET while it fits into an address, so that browsers and
 * proxies keep the answer. Aborting `signal` throws an AbortError.
 *
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal | null} [signal]
 */
export function ask(path, body, signal = null) {
  const text = JSON.stringify(body);
  // Commas and colons may stand in a query as they are.
  const query = encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");
  const address = versioned(`${path}${path.includes("?") ? "&" : "?"}request=${query}`);
  if (address.length <= LONGEST - API.length) {
    return get(address, { signal });
  }
  const headers = { "Content-Type": "application/json" };
  return get(path, { method: "POST", headers, body: text, signal });
}

const KINDS = {
  ...{ f4: Float32Array, f8: Float64Array },
  ...{ i1: Int8Array, i2: Int16Array, i4: Int32Array },
  ...{ u1: Uint8Array, u2: Uint16Array, u4: Uint32Array },
};

/** @typedef {{ dtype: keyof typeof KINDS, bdata: string }} Packed An array as the server sends it. */

// Where a browser has it: fifty times as quick on 140 kB.
/** @type {(text: string) => Uint8Array<ArrayBuffer>} */
const bytesOf =
  /** @type {any} */ (Uint8Array).fromBase64?.bind(Uint8Array) ??
  ((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));

/** @param {Packed} packed */
export const decode = ({ dtype, bdata }) => new KINDS[dtype](bytesOf(bdata).buffer);

/** Aborting `signal` ends it by an AbortError.
 * @param {number} milliseconds @param {AbortSignal | null} [signal] @returns {Promise<void>} */
export const pause = (milliseconds, signal = null) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
