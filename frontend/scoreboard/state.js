// The whole state of the page: what is compared, on what, and for how long.

import { derived } from "../core/selectors.js";
import { requestOf } from "../runs/request.js";
import { newRun } from "../runs/run.js";
import { APPEARANCE } from "../shell/fields.js";

/** @typedef {import("../runs/run.js").Run} Run */
/** @typedef {import("../api/answers.js").Catalog} Catalog */

/** Whose learning rates are tuned. @typedef {"no" | "yes" | "both"} Tuned */
/** By what runs are sorted. @typedef {"solved" | "score" | "area"} Sort */
/** Which rates the table shows, where there are both. @typedef {"defaults" | "tuned"} Shown */

/**
 * @typedef {import("../shell/fields.js").Appearance & {
 *   tags: readonly string[],
 *   unknown: boolean,
 *   only: readonly string[] | null,
 *   formulas: readonly string[],
 *   runs: readonly Run[],
 *   edited: number | null,
 *   steps: number,
 *   starts: number,
 *   target: number,
 *   tuned: Tuned,
 *   seed: number,
 *   shown: Shown,
 *   sort: Sort | null,
 *   order: number | null,
 *   stopped: string | null,
 * }} State `tags` are of the surfaces, none for all of them; `unknown` says whether
 *   those are among them whose minimum nobody knows; `only` are ids that were picked one by one,
 *   whatever their tags; `formulas` come besides. `edited` is the key of the run whose numbers are
 *   open; `steps` is the budget, in gradients; `target` a share of the gap at the start; `sort` is
 *   by what runs are sorted, `order` by which run surfaces are; `stopped` is the question whose
 *   answer was not waited for.
 */

export const TUNED = /** @type {const} */ (["no", "yes", "both"]);
export const SHOWN = /** @type {const} */ (["defaults", "tuned"]);
export const SORTS = /** @type {const} */ (["solved", "score", "area"]);
/** Bounds of the share of the gap at the start at which a problem counts as solved. */
export const TARGET = { minimum: 1e-12, maximum: 0.5 };
/** Formulas of one's own, at most. */
export const MOST_FORMULAS = 4;
/** The lecture's. */
export const LECTURE = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];
/** Starts that the page offers; more would make long addresses of races. */
export const MOST_STARTS = 20;

/** What «undo» and «reset all» are about. @type {(keyof State)[]} */
export const SETTINGS = [
  "tags",
  "unknown",
  "only",
  "formulas",
  "runs",
  "steps",
  "starts",
  "target",
  "tuned",
  "seed",
  "shown",
  "sort",
  "order",
];

/** @param {Catalog} catalog @param {readonly string[]} ids @returns {Run[]} */
export const runsOf = ({ optimizers }, ids) =>
  ids.flatMap((id) => {
    const entry = optimizers.find((one) => one.id === id);
    return entry ? [newRun(entry)] : [];
  });

/** @param {Catalog} catalog @returns {State} */
export const defaultState = (catalog) => ({
  tags: [],
  unknown: false,
  only: null,
  formulas: [],
  runs: runsOf(catalog, LECTURE),
  edited: null,
  steps: 500,
  starts: 10,
  target: 1e-4,
  tuned: "no",
  seed: 0,
  shown: "defaults",
  sort: null,
  order: null,
  stopped: null,
  ...APPEARANCE,
});

/** Optimizers that take steps: a flow is solved as a whole and asks for no gradients of its own.
 * @param {import("../api/answers.js").OptimizerEntry[]} optimizers */
export const steppingOf = (optimizers) => optimizers.filter(({ id }) => id !== "gradient_flow");

/** @typedef {import("../api/answers.js").SurfaceEntry} SurfaceEntry */

/** Surfaces that have something to reach: a known minimum, or one that nobody knows.
 * @param {readonly SurfaceEntry[]} surfaces @param {boolean} unknown */
export const withGoal = (surfaces, unknown) =>
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

/** Ids of what is chosen of the catalogue. @param {Pick<State, "tags" | "unknown" | "only">} state
 * @param {readonly SurfaceEntry[]} surfaces */
export function chosenOf({ tags, unknown, only }, surfaces) {
  const all = withGoal(surfaces, only !== null || unknown);
  const known = tags.filter((tag) => tagsOf(surfaces, unknown).includes(tag));
  return all
    .filter((one) =>
      only !== null
        ? only.includes(one.id)
        : known.length === 0 || one.tags.some((tag) => known.includes(tag)),
    )
    .map(({ id }) => id);
}

/** With a surface, or without it. @param {State} state @param {string} id
 * @param {readonly SurfaceEntry[]} surfaces @returns {Partial<State>} */
export function picked(state, id, surfaces) {
  const before = chosenOf(state, surfaces);
  const only = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
  return { only, tags: [] };
}

/** Whether a formula has been begun. @param {string} formula */
export const isTyped = (formula) => formula.trim() !== "";

/**
 * What the server is asked for.
 *
 * @param {Readonly<State>} state
 * @param {Catalog} catalog
 */
export function bodyOf(state, catalog) {
  const { formulas, runs, steps, starts, target, tuned, seed } = state;
  return {
    surfaces: [
      ...chosenOf(state, catalog.surfaces).map((id) => ({ id })),
      ...formulas.filter(isTyped).map((formula) => ({ formula })),
    ],
    runs: runs.map((run) => requestOf(catalog, run, run.batch)),
    steps,
    starts,
    target,
    tuned: { no: false, yes: true, both: "both" }[tuned],
    seed,
  };
}

/** What of the state a question depends on. */
const ASKED = /** @type {const} */ ([
  ...["tags", "unknown", "only", "formulas", "runs"],
  ...["steps", "starts", "target", "tuned", "seed"],
]);

/**
 * What a state asks for, as text; null where there is nothing to compare.
 *
 * @param {Catalog} catalog
 * @returns {(state: Readonly<State>) => string | null}
 */
export const createQuestion = (catalog) =>
  derived(
    (state) => ASKED.map((name) => state[name]),
    (state) => {
      const body = bodyOf(state, catalog);
      return body.surfaces.length === 0 ? null : JSON.stringify(body);
    },
  );
