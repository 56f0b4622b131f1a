// What panels are given: the model, and what selectors find in it.

/**
 * @typedef {import("../types.js").Catalog} Catalog
 * @typedef {import("../types.js").State} State
 * @typedef {import("../../api/answers.js").Outcome} Outcome
 * @typedef {import("../../api/answers.js").Minimum} Minimum
 * @typedef {import("../../scene/scene.js").View} View
 * @typedef {import("../../scene/scene.js").Point} Point
 * @typedef {import("../../charts/palette.js").Theme} Theme
 * @typedef {import("../../core/store.js").Store<State>} Store
 * @typedef {(id: string) => HTMLElement} Elements Those of the page, by their ids.
 */

/**
 * The state, what resources have answered, and the theme that is seen.
 *
 * @typedef {object} Model
 * @property {State} state
 * @property {import("../../core/resources.js").Answers} answers
 * @property {Theme} theme
 * @property {import("../controls/types.js").Tuning} tuning
 */

/**
 * @template {object} P
 * @typedef {import("../../core/panels.js").Panel<Model, P>} Panel
 */

/**
 * One run from one start.
 *
 * @typedef {import("../../charts/runs.js").Trajectory & { converged_at: number | null,
 *   outcome: Outcome, outcomes: Outcome[], final: { loss: number } }} Trajectory
 */

/** A run of the race as the server walked it. @typedef {{ key: number, optimizer: { id: string },
 *   trajectories: Trajectory[] }} Walked */
/** The same as the page names and colours it. @typedef {Walked & { name: string,
 *   style: import("../../charts/palette.js").RunStyle }} ShownRun */

/**
 * The paths that there are.
 *
 * @typedef {object} Race
 * @property {number} steps
 * @property {number} tolerance
 * @property {Minimum[]} minima
 * @property {any} [standardised]
 * @property {Walked[]} runs
 */

/**
 * A picture's heights, and what it is of.
 *
 * @typedef {object} OfPicture
 * @property {View} range
 * @property {boolean} apart Whether each axis has a scale of its own.
 * @property {string} surface
 * @property {string} key Which tells its surface from others.
 * @property {string} ground
 * @property {[string, string]} names
 * @property {boolean} penalised
 * @property {Record<string, number>} rates The surface's default rates.
 * @property {any} points Of a surface of data.
 * @property {import("../../api/answers.js").Reading | null} reading
 *
 * @typedef {import("../../scene/scene.js").Grid & OfPicture} Picture
 */

/**
 * Where the selected run stands: `at` is null where that is out of reach.
 *
 * @typedef {object} Here
 * @property {ShownRun} run
 * @property {Trajectory} trajectory
 * @property {number} step
 * @property {number | undefined} rate Of the step about to be taken.
 * @property {Point | null} at
 */

/** What is looked up there, and the batch of the next step. @typedef {Here & { at: Point,
 *   batch: { size: number, step: number, seed: number } | null }} Looked */

/**
 * @typedef {object} Selectors
 * @property {{ surface(state: State): string, range(state: State): View | null,
 *   apart(state: State): boolean, names(state: State): string[] }} of What is asked of the state alone.
 * @property {(model: Model) => Picture | null} grid
 * @property {(model: Model) => Race | null} race
 * @property {(model: Model) => unknown} failure Why there is no race; null while it is awaited.
 * @property {(model: Model) => ShownRun[]} runs
 * @property {(model: Model) => number} shownStart
 * @property {(model: Model) => number} step
 * @property {(model: Model) => Here | null} here
 * @property {(model: Model) => Looked | null} looked
 */

export {};
