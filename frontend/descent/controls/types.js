// What the controls are made with.

/** The page's state. @typedef {import("../types.js").State} State */
/** @typedef {import("../types.js").Run} Run */
/** What the server declares. @typedef {any} Catalog */
/** Why the server refused a request: where, and in words. @typedef {{ loc?: (string | number)[], msg?: string, type?: string, [more: string]: any }} Refusal */

/**
 * @typedef {object} Tuning
 * @property {(state: State, run: Run) => boolean} isTuned
 * @property {(state: State) => boolean} isUndoable
 * @property {(state: State) => string} summary
 */

/**
 * @typedef {object} Model
 * @property {State} state
 * @property {import("../../core/resources.js").Answers} answers
 * @property {string} theme
 * @property {Tuning} tuning
 */

/** @typedef {(state: Readonly<State>) => Partial<State>} Change */

/**
 * @typedef {object} Tools
 * @property {Catalog} catalog
 * @property {import("../../core/store.js").Store<State>} store
 * @property {{ change: (control: string, change: Change) => void }} pace Changes by what is dragged.
 * @property {{ bring: (change: object) => void, tuning: { open: () => void, undo: () => void } }} actions
 *   `bring` asks the server about what the reader typed before the page shows it.
 */

export {};
