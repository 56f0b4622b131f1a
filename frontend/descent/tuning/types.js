// What the search for rates is made of.

/**
 * @typedef {import("../types.js").Catalog} Catalog
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../types.js").State} State
 */

/** What a rate is judged by. @typedef {"held_loss" | "final_loss" | "best_loss" |
 *   "steps_to_tolerance"} Objective */

/**
 * What was found: the server's answer, and which runs it is of.
 *
 * @typedef {import("../../api/answers.js").Search & { keys: number[],
 *   search: { objective: Objective, low: number, high: number, count: number } }} Found
 */

/** A run of it as the page names and colours it now.
 * @typedef {import("../../api/answers.js").SearchedRun & { name: string,
 *   style: import("../../charts/palette.js").RunStyle }} FoundRun */

export {};
