// What the server cannot answer just now is asked again, quietly: after as long as it says and a
// little more, each page another little, so that a class does not come back all at once.

import { explain } from "../shell/notices.js";
import { isPassing, pause } from "./api.js";

// Seconds between two tries where the server does not say, and where it says an hour.
const LEAST = 1;
const MOST = 15;
const LONGEST = 120;
// By how much more than said is waited, at most.
const MORE = 0.5;
// Retry-After in seconds, which may also be given as a date; NaN where there is none.
function told(retryAfter) {
  if (retryAfter === null) return NaN;
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? (Date.parse(retryAfter) - Date.now()) / 1000 : seconds;
}

// Seconds until the next try, where it has been waited for some.
export function secondsUntil({ retryAfter }, waited) {
  const said = told(retryAfter);
  const least = said >= 0 ? Math.min(said, LONGEST) : Math.min(waited / 2, MOST);
  return Math.max(LEAST, least) * (1 + MORE * Math.random());
}

// Waits until a passing failure may have passed; what waits is told calmly, once it has for long.
export function passed(error, notices, kind, signal = null) {
  const waited = notices.wait(kind, explain(error));
  return pause(1000 * secondsUntil(error, waited), signal);
}

// What `work` answers, however often it takes; failures that do not pass are thrown.
export async function patiently(work, notices, kind) {
  for (;;) {
    try {
      const answer = await work();
      notices.close(kind);
      return answer;
    } catch (error) {
      if (!isPassing(error)) throw error;
      await passed(error, notices, kind);
    }
  }
}
