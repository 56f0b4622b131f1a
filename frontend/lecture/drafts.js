// The course that is written stays in the browser, so that a closed tab loses nothing. What stands
// there may be of another version, or somebody else's: it is read as a file is.

import { ROOT } from "../api/root.js";
import { readCourse, writeCourse } from "../core/course_file.js";
import { written } from "./editing.js";
import { NONE } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Course} Course */

const KEYS = /** @type {const} */ ({ course: "steepest.course", aside: "steepest.course.aside" });

/** @param {string} key @returns {Course | null} */
function stored(key) {
  try {
    const text = localStorage.getItem(key);
    const { course } = text === null ? { course: null } : readCourse(text, ROOT);
    return course && written(course);
  } catch {
    return null;
  }
}

/** What was written before. @returns {Pick<State, "course" | "aside">} */
export const drafts = () => ({ course: stored(KEYS.course) ?? NONE, aside: stored(KEYS.aside) });

/**
 * Keeps what is written from now on, and follows what another tab writes.
 *
 * @param {import("../core/store.js").Store<State>} store
 */
export function keepDrafts(store) {
  let isFollowing = false;
  store.subscribe((state, changed) => {
    if (isFollowing || !(changed.has("course") || changed.has("aside"))) return;
    try {
      localStorage.setItem(KEYS.course, writeCourse(state.course));
      if (state.aside) localStorage.setItem(KEYS.aside, writeCourse(state.aside));
      else localStorage.removeItem(KEYS.aside);
    } catch {
      // Refused, or full: it can still be saved as a file.
    }
  });
  addEventListener("storage", ({ key }) => {
    if (key !== KEYS.course) return;
    isFollowing = true;
    store.update(drafts());
    isFollowing = false;
  });
}
