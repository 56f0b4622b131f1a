// A training asked of the server, and a look at a network before it is trained.

import { ApiError, ask, isPassing } from "../../api/api.js";
import { follow } from "../../api/events.js";
import { readTraining } from "./model.js";

/**
 * @typedef {import("../state.js").Asked} Asked
 * @typedef {import("../state.js").Trained} Trained
 * @typedef {import("./model.js").Run} Run
 *
 * @typedef {object} Progress As `progress` of the stream says it.
 * @property {number} done
 * @property {number} total
 * @property {(number | null)[]} loss Of the steps since the last one.
 * @property {(number | null)[]} [accuracy]
 */

/**
 * How far a training is: steps, and the losses so far. `run` is there once it has ended.
 *
 * @typedef {object} Course
 * @property {number} done
 * @property {number} total
 * @property {number[]} losses NaN where one is not finite.
 * @property {number | null} accuracy
 * @property {Run | null} run
 */

// A training that breaks off each time it has begun is not begun for ever.
const MOST_BREAKS = 3;

/** @type {Course} */
const BEGUN = { done: 0, total: 0, losses: [], accuracy: null, run: null };

/** @param {import("../knobs.js").Catalog} catalog */
export function createAsking(catalog) {
  /** How often each one broke off after it had begun. @type {Map<string, number>} */
  const breaks = new Map();

  /** @param {string} body @param {unknown} error @param {Course} course */
  function broken(body, error, course) {
    if (!(error instanceof ApiError) || !isPassing(error)) return error;
    const many = (breaks.get(body) ?? 0) + (error.status === 0 && course.done > 0 ? 1 : 0);
    breaks.set(body, many);
    if (many < MOST_BREAKS) return error;
    breaks.delete(body);
    return new ApiError(422, [{ type: "training_breaks", msg: error.message }]);
  }

  return {
    /**
     * @param {Asked | undefined} asked
     * @param {readonly Trained[]} trained What has been trained already is not trained again.
     * @param {{ signal: AbortSignal, part: (course: Course) => void }} context
     * @returns {Promise<Course>}
     */
    async askTraining(asked, trained, { signal, part }) {
      if (!asked) throw new Error("nothing to train");
      const known = trained.find(({ body }) => body === asked.body);
      let course = BEGUN;
      if (known) return { ...course, run: known.run };
      part(course);
      const wanted = {
        ...JSON.parse(asked.body),
        frames: catalog.limits.frames,
        include: ["histograms"],
      };
      try {
        const answer = await follow("networks/training?encoding=typed", wanted, {
          signal,
          onProgress(/** @type {Progress} */ { done, total, loss, accuracy }) {
            // One event may overtake another on its way.
            if (done < course.done) return;
            const losses = [...course.losses, ...loss.map((one) => one ?? NaN)];
            course = { done, total, losses, accuracy: accuracy?.at(-1) ?? null, run: null };
            part(course);
          },
        });
        breaks.delete(asked.body);
        return { ...course, run: readTraining(answer) };
      } catch (error) {
        throw broken(asked.body, error, course);
      }
    },

    /** @param {object} body @param {AbortSignal} signal */
    async askLook(body, signal) {
      return lookOf(readTraining(await ask("networks/training?encoding=typed", body, signal)));
    },
  };
}

/** A training as it stood before its first step. @param {Run} run @returns {Run} */
const lookOf = (run) => ({
  ...run,
  count: 0,
  loss: run.loss.slice(0, 1),
  accuracy: run.accuracy?.slice(0, 1) ?? null,
  rate: run.rate.slice(0, 0),
  clipped: [],
  events: [],
  frames: run.frames.slice(0, 1),
  divergedAt: null,
});
