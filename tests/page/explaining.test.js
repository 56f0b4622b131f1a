// What a failure is taken for, by its type: whether the same is asked for again, and what is said of it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, test } from "node:test";

/** Answers each question by what it asks for: an event in a stream, or a refusal before one. */
const server = createServer(async (request, response) => {
  const { how, status, type } = JSON.parse((await request.toArray()).join(""));
  const body = JSON.stringify({ detail: [{ type, msg: "in English" }] });
  if (how === "event") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.end(`event: error\ndata: ${body}\n\n`);
  } else {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(body);
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
after(() => server.close());

globalThis.document = {
  baseURI: `http://127.0.0.1:${server.address().port}/`,
  documentElement: {},
  querySelector: () => null,
};
const { follow } = await import("../../frontend/api/events.js");
const { isPassing } = await import("../../frontend/api/api.js");
const { explain } = await import("../../frontend/api/explaining.js");
const { setLanguage } = await import("../../frontend/i18n/i18n.js");
setLanguage("en");

/** What asking for it ends in. @returns {Promise<unknown>} */
const failed = (asked) =>
  follow("maps/basins", asked, { signal: new AbortController().signal, onProgress() {} }).then(
    () => assert.fail("answered"),
    (error) => error,
  );

// As the server tells them (server/api/errors, server/maps/running): status, whether it passes, and
// words of the text that nothing else has.
const FAILURES = [
  ["too_long", 503, "lasts", /took too long|longer than/i],
  ["workers_died", 503, "lasts", /one and the same piece/],
  ["cluster_away", 503, "passes", /cluster .* does not answer/],
  ["cluster_empty", 503, "passes", /no workers/],
  ["cluster_failed", 503, "lasts", /worker of the cluster failed/],
  ["cluster_differs", 503, "lasts", /another version of Steepest/],
  ["server_error", 500, "lasts", /500/],
  ["overloaded", 503, "passes", /busy/],
  ["unknown_surface", 422, "lasts", /refused/],
];

for (const [type, status, lasting, words] of FAILURES) {
  for (const how of type === "overloaded" ? ["refusal"] : ["event", "refusal"]) {
    test(`${type} as ${how} ${lasting}`, async () => {
      const error = await failed({ how, status, type });
      assert.equal(error.status, status);
      assert.equal(isPassing(error), lasting === "passes");
      assert.match(explain(error), words);
    });
  }
}
