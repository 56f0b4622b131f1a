// Changes of the course that is written, each of them a change of the state.

import { LIMITS } from "../core/course_file.js";
import { NONE } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Item} Item
 * @typedef {import("./state.js").Course} Course
 */

let nextKey = 1;

/** A course of a file, as it is written here. @param {import("../core/course_file.js").Course} course
 * @returns {Course} */
export const written = ({ title, items }) => ({
  title,
  items: items.map((item) => ({ ...item, key: nextKey++ })),
});

/** @param {Readonly<State>} state @param {(items: readonly Item[]) => readonly Item[]} change
 * @returns {Partial<State>} */
const items = ({ course }, change) => ({
  course: { ...course, items: change(course.items) },
  removed: null,
});

/** At the end. @param {string} address */
export const added = (address) => (/** @type {Readonly<State>} */ state) =>
  items(state, (all) =>
    all.length < LIMITS.items ? [...all, { key: nextKey++, address, title: "", words: "" }] : all,
  );

/** @param {number} key @param {Partial<Pick<Item, "title" | "words">>} change */
export const changed = (key, change) => (/** @type {Readonly<State>} */ state) =>
  items(state, (all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));

/** Up by -1, down by 1; at an end it stays. @param {number} key @param {-1 | 1} by */
export const moved = (key, by) => (/** @type {Readonly<State>} */ state) =>
  items(state, (all) => {
    const from = all.findIndex((one) => one.key === key);
    const to = from + by;
    if (from < 0 || to < 0 || to >= all.length) return all;
    const others = all.toSpliced(from, 1);
    return others.toSpliced(to, 0, all[from]);
  });

/** @param {number} key @param {string} title What is said to be gone. */
export const removed = (key, title) => (/** @type {Readonly<State>} */ state) => ({
  ...items(state, (all) => all.filter((one) => one.key !== key)),
  removed: title,
});

/** @param {string} title */
export const titled =
  (title) =>
  (/** @type {Readonly<State>} */ { course }) => ({
    course: { ...course, title },
    removed: null,
  });

/** @param {Course} course */
export const isEmpty = ({ title, items }) => title === "" && items.length === 0;

/** Another course; the one before is put aside. @param {Course} course */
export const replaced = (course) => (/** @type {Readonly<State>} */ state) => ({
  course,
  aside: isEmpty(state.course) ? state.aside : state.course,
  removed: null,
});

/** @param {Readonly<State>} state @returns {Partial<State>} */
export const exchanged = ({ course, aside }) => ({
  course: aside ?? NONE,
  aside: isEmpty(course) ? null : course,
  removed: null,
});
