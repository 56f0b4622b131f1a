// What comes before and after a scene: as the lecture goes, or as the course does that is played.

import { courseNeighbours } from "../core/course.js";
import { sceneOf } from "../core/course_file.js";
import { neighboursOf } from "./verdict.js";

/**
 * @typedef {import("./types.js").Listed} Listed
 *
 * @typedef {object} Neighbour
 * @property {string | null} id Of a scene as it is declared; null of anything else.
 * @property {string} page Which page shows it; "" where that is not known.
 * @property {string} address Below the product's own.
 * @property {import("../i18n/i18n.js").Words} title
 * @property {number | null} at Its place in the course; null in the lecture.
 *
 * @typedef {object} Around
 * @property {number} index
 * @property {number} count
 * @property {string} words The lecturer's own, of a course.
 * @property {Neighbour | null} previous
 * @property {Neighbour | null} next
 */

/** @param {Listed | null} scene @returns {Neighbour | null} */
const inLecture = (scene) =>
  scene && {
    id: scene.id,
    page: scene.page,
    address: `scene/${scene.id}`,
    title: scene.title,
    at: null,
  };

/**
 * @param {readonly Listed[]} scenarios
 * @param {import("../core/course.js").Neighbour | null} item
 * @returns {Neighbour | null}
 */
function inCourse(scenarios, item) {
  if (item === null) return null;
  const scene = scenarios.find(({ id }) => id === sceneOf(item.address));
  const isAsDeclared = item.address === `scene/${scene?.id}`;
  return { ...item, id: isAsDeclared ? (scene?.id ?? null) : null, page: scene?.page ?? "" };
}

/**
 * @param {readonly Listed[]} scenarios
 * @param {string} id
 * @returns {Around}
 */
export function aroundOf(scenarios, id) {
  const place = courseNeighbours(`scene/${id}`);
  if (place === null) {
    const { index, previous, next } = neighboursOf(scenarios, id);
    return {
      index,
      count: scenarios.length,
      words: "",
      previous: inLecture(previous),
      next: inLecture(next),
    };
  }
  return {
    index: place.at,
    count: place.count,
    words: place.words,
    previous: inCourse(scenarios, place.before),
    next: inCourse(scenarios, place.after),
  };
}
