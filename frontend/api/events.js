// Server-sent events as the answer to a POST, which EventSource cannot ask for.

import { ApiError, asked } from "./api.js";

const BREAK = /\r\n|\n|\r(?!$)/;

// Every event of a stream of bytes, cut anywhere: {event, data}. Comments are ignored, and so is
// what has no end when the stream ends.
export async function* eventsOf(bytes) {
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let held = false;
  let event = "message";
  let data = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      // A long line comes in many pieces and is searched once, at its end.
      if (!held && !/[\r\n]/.test(value)) continue;
      const lines = rest.split(BREAK);
      rest = lines.pop();
      held = rest.endsWith("\r");
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { event, data: data.join("\n") };
          event = "message";
          data = [];
          continue;
        }
        const [, name, content] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line);
        if (name === "event") event = content;
        else if (name === "data") data.push(content);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function opened(path, body, signal) {
  const response = await asked(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });
  return response.body;
}

// A connection that breaks is one thing, a mistake in who reads the events another.
async function* received(path, body, signal) {
  try {
    yield* eventsOf(await opened(path, body, signal));
  } catch (error) {
    if (error.name === "AbortError" || error instanceof ApiError) throw error;
    throw new ApiError(0, []);
  }
}

// The result of long work; aborting `signal` closes the connection, which stops the work.
export async function follow(path, body, { signal, onProgress }) {
  for await (const { event, data } of received(path, body, signal)) {
    const content = JSON.parse(data);
    if (event === "progress") onProgress(content);
    else if (event === "result") return content;
    else if (event === "error") {
      const statuses = { server_error: 500, too_long: 503 };
      throw new ApiError(statuses[content.detail[0]?.type] ?? 422, content.detail);
    }
  }
  throw new ApiError(0, []);
}
