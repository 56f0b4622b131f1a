// Server-sent events as the answer to a POST, which EventSource cannot ask for.

import { ApiError, asked, awaited } from "./api.js";

const BREAK = /\r\n|\n|\r(?!$)/;

/**
 * Every event of a stream of bytes, cut anywhere. Comments are ignored, and so is what has no end
 * when the stream ends.
 *
 * @param {ReadableStream<BufferSource>} bytes
 * @returns {AsyncGenerator<{ event: string, data: string }>}
 */
export async function* eventsOf(bytes) {
  /** @type {ReadableWritablePair<string, BufferSource>} */
  const decoder = new TextDecoderStream();
  const reader = bytes.pipeThrough(decoder).getReader();
  let rest = "";
  let held = false;
  let event = "message";
  /** @type {string[]} */
  let data = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      // A long line comes in many pieces and is searched once, at its end.
      if (!held && !/[\r\n]/.test(value)) continue;
      const lines = rest.split(BREAK);
      rest = lines.pop() ?? "";
      held = rest.endsWith("\r");
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { event, data: data.join("\n") };
          event = "message";
          data = [];
          continue;
        }
        const [, name, content] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? ["", "", ""];
        if (name === "event") event = content;
        else if (name === "data") data.push(content);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} path @param {unknown} body @param {AbortSignal} signal */
const opened = (path, body, signal) =>
  asked(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });

// A connection that breaks is one thing, a mistake in who reads the events another.
/** @param {string} path @param {unknown} body @param {AbortSignal} signal */
async function* received(path, body, signal) {
  try {
    const response = await opened(path, body, signal);
    // What was known already, and had nothing to tell on its way, is answered whole.
    if (response.headers.get("content-type")?.startsWith("application/json")) {
      yield { event: "result", data: await response.text() };
      return;
    }
    yield* eventsOf(/** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body));
  } catch (error) {
    if (error instanceof ApiError || signal.aborted) throw error;
    if (error instanceof Error && error.name === "AbortError") throw error;
    throw new ApiError(0, []);
  }
}

/** @type {Record<string, number>} */
const STATUSES = { server_error: 500, too_long: 503, workers_died: 503, ending: 503 };
const OF_CLUSTER = "cluster_";

/**
 * The result of long work; aborting `signal` closes the connection, which stops the work.
 *
 * @param {string} path
 * @param {unknown} body
 * @param {{ signal: AbortSignal, onProgress: (progress: any) => void,
 *   onEvent?: (name: string, content: any) => void | Promise<void> }} options `onEvent` is told of
 *   events by other names than those of all long work; the next waits for it.
 * @returns {Promise<any>}
 */
export async function follow(path, body, { signal, onProgress, onEvent = () => {} }) {
  // What it costs is told before anything of it is done.
  const came = awaited();
  try {
    for await (const { event, data } of received(path, body, signal)) {
      const content = JSON.parse(data);
      if (event === "progress") {
        if (content.done > 0) came();
        onProgress(content);
      } else if (event === "result") return content;
      else if (event === "error") {
        const type = content.detail[0]?.type ?? "";
        const status = type.startsWith(OF_CLUSTER) ? 503 : (STATUSES[type] ?? 422);
        throw new ApiError(status, content.detail);
      } else await onEvent(event, content);
    }
    throw new ApiError(0, []);
  } finally {
    came();
  }
}
