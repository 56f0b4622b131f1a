// The whole state of the page: what is compared, on what, and for how long.

import { APPEARANCE } from "../shell/fields.js";

/** Whose learning rates are tuned. @typedef {"no" | "yes" | "both"} Tuned */
/** Which rates the table shows, where there are both. @typedef {"defaults" | "tuned"} Shown */

/**
 * @typedef {import("../shell/fields.js").Appearance & {
 *   tags: readonly string[],
 *   runs: readonly string[],
 *   steps: number,
 *   starts: number,
 *   target: number,
 *   tuned: Tuned,
 *   seed: number,
 *   shown: Shown,
 * }} State `tags` are of the surfaces, none for all of them; `runs` are ids of optimizers; `steps` is the
 *   budget, in gradients; `target` a share of the gap at the start.
 */

export const TUNED = /** @type {const} */ (["no", "yes", "both"]);
export const SHOWN = /** @type {const} */ (["defaults", "tuned"]);
/** Shares of the gap at the start at which a problem counts as solved. */
export const TARGETS = [1e-2, 1e-4, 1e-6];
/** The lecture's. */
export const LECTURE = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];
/** Starts that the page offers; more would make long addresses of races. */
export const MOST_STARTS = 20;

/** What «undo» and «reset all» are about. @type {(keyof State)[]} */
export const SETTINGS = ["tags", "runs", "steps", "starts", "target", "tuned", "seed", "shown"];

/** @returns {State} */
export const defaultState = () => ({
  tags: [],
  runs: LECTURE,
  steps: 500,
  starts: 10,
  target: 1e-4,
  tuned: "no",
  seed: 0,
  shown: "defaults",
  ...APPEARANCE,
});

/** Optimizers that take steps: a flow is solved as a whole and asks for no gradients of its own.
 * @param {import("../api/answers.js").OptimizerEntry[]} optimizers */
export const steppingOf = (optimizers) => optimizers.filter(({ id }) => id !== "gradient_flow");

/**
 * Whether a surface has something to reach: a known minimum, or perhaps one that nobody knows.
 *
 * @param {import("../api/answers.js").SurfaceEntry} surface
 */
export const hasGoal = ({ minima, minima_known: known }) => known === "none" || minima.length > 0;

/** Tags that some surface with a goal has, in the order in which surfaces are shown.
 * @param {import("../api/answers.js").SurfaceEntry[]} surfaces @returns {string[]} */
export const tagsOf = (surfaces) => [
  ...new Set(surfaces.filter(hasGoal).flatMap(({ tags }) => tags)),
];

/**
 * What the server is asked for.
 *
 * @param {Readonly<State>} state
 * @param {import("../api/answers.js").SurfaceEntry[]} surfaces
 */
export function bodyOf({ tags, runs, steps, starts, target, tuned, seed }, surfaces) {
  const chosen = surfaces.filter(
    (one) => hasGoal(one) && one.tags.some((/** @type {string} */ tag) => tags.includes(tag)),
  );
  return {
    ...(tags.length > 0 ? { surfaces: chosen.map(({ id }) => ({ id })) } : {}),
    runs: runs.map((id) => ({ optimizer: { id } })),
    steps,
    starts,
    target,
    tuned: { no: false, yes: true, both: "both" }[tuned],
    seed,
  };
}
