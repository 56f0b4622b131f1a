// The whole state of the page: what is looked for among scenes, and the course that is written.

import { EMPTY } from "../core/course_file.js";
import { APPEARANCE } from "../shell/fields.js";

/** An item that is written: `key` tells it from others. @typedef {import("../core/course_file.js").Item
 *   & { key: number }} Item */
/** @typedef {{ title: string, items: readonly Item[] }} Course */

/**
 * @typedef {import("../shell/fields.js").Appearance & {
 *   query: string,
 *   writing: boolean,
 *   course: Course,
 *   aside: Course | null,
 *   asked: string | null,
 *   opened: { text: string, course: Course } | null,
 *   removed: string | null,
 * }} State `aside` is the course before one that was opened; `asked` is the course that the address
 *   asks for, until it is there; `opened` what it is in the address, as long as it is not changed;
 *   `removed` the title of what was just taken out.
 */

/** What «undo» is about, and what is put back with it. */
/** @type {(keyof State)[]} */
export const SETTINGS = ["course"];
/** @type {(keyof State)[]} */
export const ALONG = ["aside", "removed"];

/** @type {Course} */
export const NONE = { title: EMPTY.title, items: [] };

/** @returns {State} */
export const defaultState = () => ({
  query: "",
  writing: false,
  course: NONE,
  aside: null,
  asked: null,
  opened: null,
  removed: null,
  ...APPEARANCE,
});
