// A course as a file: an ordered list of scenes and laboratory addresses with the lecturer's own words.
//
//   {"steepest": "course", "version": 1, "title": "Momentum, one hour", "items": [
//     {"address": "scene/momentum_in_a_ravine"},
//     {"address": "./#surface=beale&run=sgd", "title": "A hard one", "words": "Ask before playing."}]}
//
// Addresses are relative to the product's own, so that a course is at home on every installation.
// Anything may stand in a file that somebody sends: what is read is texts and addresses of this
// product, within limits; all else is refused with its place, and fields that are unknown are left out.

import { withLooks } from "./looks.js";

export const KIND = "course";
export const VERSION = 1;

/** What a course may be at most: the file and the rest in characters. */
export const LIMITS = Object.freeze({
  file: 300_000,
  items: 200,
  title: 200,
  words: 4000,
  address: 8000,
});

/** @typedef {{ address: string, title: string, words: string }} Item */
/** @typedef {{ title: string, items: readonly Item[] }} Course */

/**
 * What is wrong with a file: a kind (`course.wrong.<kind>` is its text), of which item, from 1, and of
 * which field of it; `said` is what stands there, shortened, `most` what is allowed.
 *
 * @typedef {{ kind: string, item?: number, field?: string, said?: string, most?: number }} Problem
 */

/** @type {Readonly<Course>} */
export const EMPTY = Object.freeze({ title: "", items: Object.freeze([]) });

const PAGES = ["", "index.html", "signal.html", "functions.html", "maps.html"];
const SCENE = /^scene\/[a-z0-9_]+$/;
/** Characters of what is wrong that are told. */
const TOLD = 80;

/**
 * An address of this product as a course has it, relative to its root; null for any other. In which
 * language and theme somebody saw it is left out: that is the choice of who plays it.
 *
 * @param {string} text As pasted or read: relative, or whole with the root that the page has.
 * @param {string} root
 */
export function addressOf(text, root) {
  if (text.length > LIMITS.address || !URL.canParse(text.trim(), root)) return null;
  const base = new URL(root);
  const { origin, pathname, hash } = new URL(text.trim(), base);
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return null;
  const path = pathname.slice(base.pathname.length);
  if (!SCENE.test(path) && !PAGES.includes(path)) return null;
  return withLooks((path === "" || path === "index.html" ? "./" : path) + hash);
}

/** The scene that an address opens; null for one of the laboratory. @param {string} address */
export const sceneOf = (address) => /^scene\/([a-z0-9_]+)/.exec(address)?.[1] ?? null;

// What would be seen as something else than it is: controls, and what turns the direction of writing.
/** @param {string} text */
const harmless = (text) => text.replace(/(?!\n)\p{Cc}|\p{Bidi_Control}/gu, "");

/** @param {unknown} value */
const told = (value) => harmless(JSON.stringify(value) ?? "").slice(0, TOLD);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A text within its limit; "" where there is none.
 *
 * @param {Record<string, unknown>} of
 * @param {"title" | "words"} field
 * @param {(problem: Problem) => void} tell
 */
function textOf(of, field, tell) {
  const text = of[field] ?? "";
  if (typeof text !== "string") tell({ kind: "text", field, said: told(text) });
  else if (text.length > LIMITS[field]) tell({ kind: "long", field, most: LIMITS[field] });
  else return harmless(text);
  return "";
}

/**
 * @param {unknown} given
 * @param {string} root
 * @param {(problem: Problem) => void} tell
 * @returns {Item}
 */
function itemOf(given, root, tell) {
  const item = { address: "", title: "", words: "" };
  if (!isRecord(given)) {
    tell({ kind: "item", said: told(given) });
    return item;
  }
  const { address } = given;
  const known = typeof address === "string" ? addressOf(address, root) : null;
  if (known === null) tell({ kind: "address", field: "address", said: told(address) });
  return {
    address: known ?? "",
    title: textOf(given, "title", tell),
    words: textOf(given, "words", tell),
  };
}

/**
 * A course out of a file's text, or all that is wrong with it.
 *
 * @param {string} text
 * @param {string} root The product's own address.
 * @returns {{ course: Course | null, problems: Problem[] }}
 */
export function readCourse(text, root) {
  /** @type {Problem[]} */
  const problems = [];
  const refused = (/** @type {Problem} */ problem) => ({ course: null, problems: [problem] });
  if (text.length > LIMITS.file) return refused({ kind: "file", most: LIMITS.file });
  let file;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return refused({ kind: "json", said: harmless(/** @type {Error} */ (error).message) });
  }
  if (!isRecord(file) || file.steepest !== KIND) return refused({ kind: "form" });
  if (file.version !== VERSION) return refused({ kind: "version", said: told(file.version) });
  const { items } = file;
  if (!Array.isArray(items)) return refused({ kind: "list", field: "items", said: told(items) });
  if (items.length > LIMITS.items) return refused({ kind: "many", most: LIMITS.items });
  const course = {
    title: textOf(file, "title", (problem) => problems.push(problem)),
    items: items.map((one, index) =>
      itemOf(one, root, (problem) => problems.push({ ...problem, item: index + 1 })),
    ),
  };
  return { course: problems.length === 0 ? course : null, problems };
}

/** A course as the text of a file; what is empty is left out. @param {Course} course */
export function writeCourse({ title, items }) {
  const said = (/** @type {string} */ name, /** @type {string} */ text) =>
    text === "" ? {} : { [name]: text };
  return JSON.stringify(
    {
      steepest: KIND,
      version: VERSION,
      ...said("title", title),
      items: items.map(({ address, title: own, words }) => ({
        address,
        ...said("title", own),
        ...said("words", words),
      })),
    },
    null,
    2,
  );
}
