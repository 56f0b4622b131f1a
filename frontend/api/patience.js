// What the server cannot answer just now is asked again, quietly: after as long as it says and a
// little more, each page another little, so that a class does not come back all at once.

import { ApiError, isPassing, pause } from "./api.js";
import { explain } from "./explaining.js";

// Seconds between two tries where the server does not say, and where it says an hour.
const LEAST = 1;
const MOST = 15;
const LONGEST = 120;
// By how much more than said is waited, at most.
const MORE = 0.5;
// Retry-After in seconds, which may also be given as a date; NaN where there is none.
/** @param {string | null} retryAfter */
function told(retryAfter) {
  if (retryAfter === null) return NaN;
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? (Date.parse(retryAfter) - Date.now()) / 1000 : seconds;
}

/** @typedef {{ wait(kind: string, message: string): number, close(kind: string): void }} Waiting */

/** Seconds until the next try, where it has been waited for some.
 * @param {{ retryAfter: string | null }} error @param {number} waited */
export function secondsUntil({ retryAfter }, waited) {
  const said = told(retryAfter);
  const least = said >= 0 ? Math.min(said, LONGEST) : Math.min(waited / 2, MOST);
  return Math.max(LEAST, least) * (1 + MORE * Math.random());
}

/**
 * How the resources of every page are asked for (core/resources.js): what passes is waited for, and
 * what is neither an answer nor a refusal is a mistake in the page.
 */
export const asking = {
  isPassing,
  /** @param {unknown} error @param {number} waited Seconds. @param {AbortSignal} signal */
  pass: (error, waited, signal) =>
    pause(1000 * secondsUntil(/** @type {ApiError} */ (error), waited), signal),
  /** @param {string} _ @param {unknown} error */
  onError(_, error) {
    if (!(error instanceof ApiError)) reportError(error);
  },
};

/**
 * What `work` answers, however often it takes; failures that do not pass are thrown. What waits is
 * told calmly, once it has for long.
 *
 * @template V
 * @param {() => Promise<V>} work
 * @param {Waiting} notices
 * @param {string} kind
 */
export async function patiently(work, notices, kind) {
  for (;;) {
    try {
      const answer = await work();
      notices.close(kind);
      return answer;
    } catch (error) {
      if (!isPassing(error)) throw error;
      const passing = /** @type {ApiError} */ (error);
      const waited = notices.wait(kind, explain(passing));
      await pause(1000 * secondsUntil(passing, waited));
    }
  }
}
