// How every page begins: the reader's language, the catalogue, and the state that its address asks for.

import { element } from "../core/dom.js";
import { createStore } from "../core/store.js";
import { setLanguage } from "../i18n/i18n.js";
import { followAppearance, openingLanguage } from "./appearance.js";
import { loadCatalog } from "./loading.js";
import { createNotices } from "./notices.js";
import { createProblems } from "./problems.js";

/** The page's notices and the catalogue, in the reader's language. */
export async function openPage() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  return { notices, catalog: await loadCatalog(notices) };
}

/**
 * The state of a page. From now on the document looks as it says, and what of an address cannot be
 * used is told in its language.
 *
 * @template {import("./fields.js").Appearance} S
 * @param {S} state What the address asks for.
 * @param {import("./notices.js").Notices} notices
 * @param {() => void} onSystem Called when the system's theme has become the page's.
 */
export function createState(state, notices, onSystem) {
  /** @type {import("../core/store.js").Store<S>} */
  const store = createStore(state);
  followAppearance(store, onSystem);
  return { store, tellProblems: createProblems(notices, store) };
}
