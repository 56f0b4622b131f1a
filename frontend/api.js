// Talking to the server: typed arrays come back as JavaScript's own, refusals as
// ApiError with the field, and a stream of wishes becomes one request at a time.

const API = "api/v1";

export class ApiError extends Error {
  constructor(status, detail, retryAfter = null) {
    super(detail[0]?.msg ?? `HTTP ${status}`);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

// Answers that have been waited for longer than this are slow ones.
const SLOW = 700;
const slow = new Set();
let tell = () => {};

// `listener(true)` is called as an answer turns slow, `listener(false)` when none is any more.
export function whenSlow(listener) { tell = listener; }

// A fetch whose slowness is told.
export async function asked(path, options) {
  const one = {};
  const timer = setTimeout(() => { slow.add(one); tell(true); }, SLOW);
  try {
    return await fetch(`${API}/${path}`, options);
  } finally {
    clearTimeout(timer);
    if (slow.delete(one) && slow.size === 0) tell(false);
  }
}

// What is being compiled because an answer needs it, by name.
export const fetchPreparing = () => fetch("readyz").then((answer) => answer.json())
  .then(({ preparing }) => preparing).catch(() => []);

async function request(path, options) {
  let response;
  try {
    response = await asked(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, []);
  }
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    const detail = Array.isArray(body.detail) ? body.detail : [];
    throw new ApiError(response.status, detail, response.headers.get("retry-after"));
  }
  return response.json();
}

export const get = (path) => request(path);

export const fetchCatalog = () => get("catalog");

// Aborting `signal` throws an AbortError.
export const post = (path, body, signal = null) => request(path, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  signal,
});

const KINDS = { f4: Float32Array, f8: Float64Array, u1: Uint8Array, u2: Uint16Array };

export function decode({ dtype, bdata }) {
  const bytes = Uint8Array.from(atob(bdata), (character) => character.charCodeAt(0));
  return new KINDS[dtype](bytes.buffer);
}

// At most one call under way; while it is, only the newest wish is kept. A drag thus redraws
// as fast as the server answers, and always ends with where the finger is.
export function latest(work, onError) {
  let busy = false;
  let wish = null;
  return async function wanted(...args) {
    wish = args;
    if (busy) return;
    busy = true;
    try {
      while (wish !== null) {
        const current = wish;
        wish = null;
        try {
          await work(...current);
        } catch (error) {
          await onError(error, () => { wish ??= current; });
        }
      }
    } finally {
      busy = false;
    }
  };
}

export const pause = (milliseconds) =>
  new Promise((resolve) => { setTimeout(resolve, milliseconds); });
