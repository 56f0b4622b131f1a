// What an item of a course is called: as its lecturer says, as its scene is, or after what its address
// shows.

import { pairsOf } from "../core/codec.js";
import { sceneOf } from "../core/course_file.js";
import { t } from "../i18n/i18n.js";

/**
 * @typedef {import("../api/answers.js").Catalog} Catalog
 * @typedef {import("../i18n/i18n.js").Words} Words
 */

/** @param {string} text @returns {Words} */
const inAll = (text) => ({ en: text, ru: text });

/** @param {Catalog} catalog @param {string} address @returns {Words} */
function shownBy({ surfaces }, address) {
  const [page, hash = ""] = address.split(/#(.*)/s);
  if (page.startsWith("signal")) return inAll(t("nav.signal"));
  if (page.startsWith("functions")) return inAll(t("nav.functions"));
  const id = new Map(pairsOf(hash).pairs).get("surface");
  return surfaces.find((surface) => surface.id === id)?.title ?? inAll(t("nav.descent"));
}

/** @param {Catalog} catalog */
export function createTitles(catalog) {
  const scenes = new Map(catalog.scenarios.map((scenario) => [scenario.id, scenario]));
  return {
    /** Whether this installation has its scene. @param {{ address: string }} item */
    isKnown: ({ address }) => scenes.has(sceneOf(address) ?? "") || sceneOf(address) === null,
    /** Without the lecturer's own. @param {string} address @returns {Words} */
    given(address) {
      const id = sceneOf(address);
      return id === null ? shownBy(catalog, address) : (scenes.get(id)?.title ?? inAll(id));
    },
    /** @param {import("../core/course_file.js").Item} item @returns {Words} */
    of({ title, address }) {
      return title.trim() ? inAll(title.trim()) : this.given(address);
    },
  };
}

/** @typedef {ReturnType<typeof createTitles>} Titles */
