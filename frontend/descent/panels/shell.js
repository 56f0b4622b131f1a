// What every page has round it: header, player, keys and notices, with what this page puts in.

import { localize } from "../../i18n/i18n.js";
import { priceIn } from "../../maps/price.js";
import { createPlayerBar, playerKeys } from "../../shell/player_bar.js";
import { createTour } from "../../shell/tour.js";
import { createFrame } from "../../wiring/frame.js";
import { removeStart } from "../controls/moving.js";
import { controlOf } from "../controls/refusals.js";
import { surfaceOf } from "../state.js";

/**
 * @typedef {import("./types.js").Model} Model
 *
 * @typedef {object} Page
 * @property {import("./types.js").Catalog} catalog
 * @property {import("./types.js").Store} store
 * @property {import("./types.js").Elements} element
 * @property {import("../../shell/notices.js").Notices} notices
 * @property {import("./player.js").Player} player
 * @property {import("../../scenes/scenes.js").Scenes} scenes
 * @property {{ undo: import("../../shell/changes.js").Undo & { reset(): void },
 *   again(name: string): void, address(): string, open(href: string): void,
 *   renew(): void }} actions
 */

const TOUR = [
  { at: "#picture", says: "tour.picture" },
  { at: "#runs", says: "tour.runs" },
  { at: "#player", says: "tour.player" },
  { at: "#truth", says: "tour.truth" },
  { at: "nav.pages a", says: "tour.lecture" },
];

/** @param {Page} page */
export function createShell({ catalog, store, element, notices, player, scenes, actions }) {
  const { undo, ...on } = actions;
  const tour = createTour(TOUR);
  const inLaboratory = () =>
    store.get().scene === null && !("presenting" in document.documentElement.dataset);
  const frame = createFrame({
    name: "descent",
    ...{ store, notices, scenes, undo, ...on },
    limits: catalog.limits,
    reset: undo.reset,
    keys: [
      { group: "keys.page", keys: ["t"], says: "keys.tour", when: inLaboratory, run: tour.begin },
      {
        group: "keys.page",
        keys: ["Delete"],
        says: "keys.remove_start",
        when: () => scenes.allows("start"),
        run: () => store.update((state) => removeStart(state, state.selectedStart)),
      },
      ...scenes.keys,
      ...playerKeys(player, {
        step: () => player.step,
        length: () => player.length,
        isScene: () => store.get().scene !== null,
      }),
    ],
    header: {
      select: (/** @type {Model} */ { state }) => ({
        surface: state.surface,
        scene: state.scene,
        origin: state.origin,
      }),
      middle: ({ origin }) => scenes.wayBack(origin),
      title: ({ scene }) => scenes.title(scene) ?? localize(surfaceOf(catalog, store.get()).title),
    },
    // What a control or a dialog says needs no notice.
    isTold: (name, error) =>
      name === "search" ||
      (name === "map" && priceIn(error) !== null) ||
      (store.get().scene === null && controlOf(catalog, store.get(), error) !== null),
  });
  return {
    ...frame,
    tour,
    bar: createPlayerBar(element("player"), { clock: player, select: player.select, store }),
  };
}
