// What a step that is taken apart is to this page.

/**
 * Steps of runs, by their keys; null where a run takes no such step.
 *
 * @typedef {object} Anatomy
 * @property {number} step
 * @property {{key: number, step: import("../../api/answers.js").StepAnatomy | null}[]} runs
 *
 * One part of a step as it is put together: its pieces, then the scaling, then the step itself.
 * @typedef {object} Part
 * @property {import("../../charts/roles.js").PartRole} role
 * @property {string | null} formula MathML with its letters marked.
 * @property {[number, number]} value
 *
 * @typedef {object} Taken A step that is taken apart.
 * @property {import("../types.js").ShownRun} run
 * @property {import("../../api/answers.js").StepAnatomy} step
 * @property {Part[]} parts
 */

export {};
