// The whole state of the page: what is compared, on what, and for how long.

import { APPEARANCE } from "../shell/fields.js";

/** Whose learning rates are tuned. @typedef {"no" | "yes" | "both"} Tuned */
/** Which rates the table shows, where there are both. @typedef {"defaults" | "tuned"} Shown */

/**
 * @typedef {import("../shell/fields.js").Appearance & {
 *   tags: readonly string[],
 *   unknown: boolean,
 *   runs: readonly string[],
 *   steps: number,
 *   starts: number,
 *   target: number,
 *   tuned: Tuned,
 *   seed: number,
 *   shown: Shown,
 * }} State `tags` are of the surfaces, none for all of them; `unknown` says whether
 *   those are among them whose minimum nobody knows; `runs` are ids of optimizers; `steps` is the
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
export const SETTINGS = [
  "tags",
  "unknown",
  "runs",
  "steps",
  "starts",
  "target",
  "tuned",
  "seed",
  "shown",
];

/** @returns {State} */
export const defaultState = () => ({
  tags: [],
  unknown: false,
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

/** @typedef {import("../api/answers.js").SurfaceEntry} SurfaceEntry */

/** Surfaces that have something to reach: a known minimum, or one that nobody knows.
 * @param {readonly SurfaceEntry[]} surfaces @param {boolean} unknown */
const withGoal = (surfaces, unknown) =>
  surfaces.filter(({ minima, minima_known: known }) =>
    known === "none" ? unknown : minima.length > 0,
  );

/** Their tags, in the order in which surfaces are shown.
 * @param {readonly SurfaceEntry[]} surfaces @param {boolean} unknown @returns {string[]} */
export const tagsOf = (surfaces, unknown) => [
  ...new Set(withGoal(surfaces, unknown).flatMap(({ tags }) => tags)),
];

/** With surfaces whose minimum nobody knows, or without: tags that only they have are chosen no more.
 * @param {Pick<State, "tags">} state @param {boolean} unknown
 * @param {readonly SurfaceEntry[]} surfaces @returns {Pick<State, "tags" | "unknown">} */
export function withUnknown({ tags }, unknown, surfaces) {
  const offered = tagsOf(surfaces, unknown);
  return { unknown, tags: tags.filter((tag) => offered.includes(tag)) };
}

/** What is chosen. @param {Pick<State, "tags" | "unknown">} state
 * @param {readonly SurfaceEntry[]} surfaces */
function chosenOf({ tags, unknown }, surfaces) {
  const known = tags.filter((tag) => tagsOf(surfaces, unknown).includes(tag));
  return withGoal(surfaces, unknown).filter(
    (one) => known.length === 0 || one.tags.some((tag) => known.includes(tag)),
  );
}

/**
 * What the server is asked for.
 *
 * @param {Omit<State, "shown" | keyof import("../shell/fields.js").Appearance>} state
 * @param {readonly SurfaceEntry[]} surfaces
 */
export function bodyOf(state, surfaces) {
  const { runs, steps, starts, target, tuned, seed } = state;
  return {
    surfaces: chosenOf(state, surfaces).map(({ id }) => ({ id })),
    runs: runs.map((id) => ({ optimizer: { id } })),
    steps,
    starts,
    target,
    tuned: { no: false, yes: true, both: "both" }[tuned],
    seed,
  };
}
