// What panels are given, by short names.

/**
 * @typedef {import("../types.js").Catalog} Catalog
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("../types.js").Trajectory} Trajectory
 * @typedef {import("../types.js").RacedRun} RacedRun
 * @typedef {import("../types.js").ShownRun} ShownRun
 * @typedef {import("../types.js").Race} Race
 * @typedef {import("../types.js").Picture} Picture
 * @typedef {import("../types.js").Here} Here
 * @typedef {import("../selectors.js").Looked} Looked
 * @typedef {import("../selectors.js").Selectors} Selectors
 * @typedef {import("../../api/answers.js").Outcome} Outcome
 * @typedef {import("../../api/answers.js").Minimum} Minimum
 * @typedef {import("../../scene/scene.js").View} View
 * @typedef {import("../../scene/scene.js").Point} Point
 * @typedef {import("../../charts/palette.js").Theme} Theme
 * @typedef {import("../../core/store.js").Store<State>} Store
 * @typedef {(id: string) => HTMLElement} Elements Those of the page, by their ids.
 */

/**
 * @template {object} P
 * @typedef {import("../../core/panels.js").Panel<Model, P>} Panel
 */

export {};
