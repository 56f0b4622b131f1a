// The course that is played in this tab: what comes before and after the address that is open. Where
// a browser keeps nothing there is none, and scenes follow the lecture.

import { ROOT } from "../api/root.js";
import { addressOf, sceneOf } from "./course_file.js";
import { keep, kept, letGo } from "./keeping.js";

/** @typedef {import("../i18n/i18n.js").Words} Words */

/**
 * An item with the title that it is shown with: its own, or its scene's.
 * @typedef {{ address: string, title: Words, words: string }} Played
 *
 * @typedef {{ at: number, address: string, title: Words }} Neighbour `address` is below the product's own.
 *
 * @typedef {object} Place Where one is in the course.
 * @property {number} at From 0.
 * @property {number} count
 * @property {Words} title Of this item.
 * @property {string} words The lecturer's own; may be "".
 * @property {Neighbour | null} before
 * @property {Neighbour | null} after
 */

const KEY = "course";
const PLACE = "course.at";

/**
 * Begins to play a course in this tab.
 *
 * @param {readonly Played[]} items
 * @param {number} at
 */
export function playCourse(items, at) {
  keep(KEY, JSON.stringify(items));
  goTo(at);
}

/** Says at which item one is about to be. @param {number} at */
export const goTo = (at) => keep(PLACE, String(at));

/** From now on scenes follow the lecture. */
export function leaveCourse() {
  letGo(KEY);
  letGo(PLACE);
}

/** @returns {readonly Played[]} None where no course is played. */
function played() {
  try {
    return JSON.parse(kept(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} address */
const pageOf = (address) => address.replace(/#.*$/, "");

/**
 * The item that an address is: of several the one that was gone to, else the nearest after it. What is
 * changed by hand is still its scene, and the page that was gone to is still its item.
 *
 * @param {readonly { address: string }[]} items
 * @param {string} address
 * @param {number} at
 */
export function placeOf(items, address, at) {
  const scene = sceneOf(address);
  const gone = items[at]?.address ?? "?";
  if (gone === address || (scene !== null && sceneOf(gone) === scene)) return at;
  const nearest = (/** @type {(item: { address: string }) => boolean} */ is) =>
    items
      .map((item, index) => (is(item) ? index : -1))
      .filter((index) => index >= 0)
      .sort((a, b) => Math.abs(a - at) - Math.abs(b - at) || b - a)[0] ?? null;
  const exact = nearest((item) => item.address === address);
  if (exact !== null) return exact;
  if (scene !== null) return nearest((item) => sceneOf(item.address) === scene);
  return pageOf(gone) === pageOf(address) ? at : null;
}

/**
 * Where one is in the course that is played; null where none is, or the address is not of it.
 *
 * @param {string} [address] Below the product's own, or whole; that of the page if left out.
 * @returns {Place | null}
 */
export function courseNeighbours(address = location.href) {
  const items = played();
  const here = addressOf(address, ROOT);
  const at = here === null ? null : placeOf(items, here, Number(kept(PLACE) ?? 0));
  if (at === null) return null;
  goTo(at);
  /** @param {number} index @returns {Neighbour | null} */
  const item = (index) =>
    items[index] ? { at: index, address: items[index].address, title: items[index].title } : null;
  return {
    at,
    count: items.length,
    title: items[at].title,
    words: items[at].words,
    before: item(at - 1),
    after: item(at + 1),
  };
}
