// What every page has round it: header, player, keys and notices, with what this page puts in.

import { localize } from "../../i18n/i18n.js";
import { priceIn } from "../../maps/price.js";
import { createPresenter } from "../../presenter/presenter.js";
import { undoKeys } from "../../shell/changes.js";
import { createHeader } from "../../shell/header.js";
import { createKeys } from "../../shell/keys.js";
import { createAnswerNotices } from "../../shell/notices.js";
import { createPlayerBar, playerKeys } from "../../shell/player_bar.js";
import { createTour } from "../../shell/tour.js";
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
 *   copyLink(): void, again(name: string): void, address(): string, open(href: string): void,
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
  const { undo, copyLink, again } = actions;
  const tour = createTour(TOUR);
  const inLaboratory = () =>
    store.get().scene === null && !("presenting" in document.documentElement.dataset);
  const keys = createKeys([
    { group: "keys.page", keys: ["t"], says: "keys.tour", when: inLaboratory, run: tour.begin },
    ...scenes.keys,
    ...playerKeys(player, {
      step: () => player.step,
      length: () => player.length,
      isScene: () => store.get().scene !== null,
    }),
    ...undoKeys(undo),
    {
      group: "keys.page",
      keys: ["Delete"],
      says: "keys.remove_start",
      when: () => scenes.allows("start"),
      run: () => store.update((state) => removeStart(state, state.selectedStart)),
    },
  ]);
  const presenter = createPresenter({
    page: "descent",
    store,
    keys,
    notices,
    address: actions.address,
    open: actions.open,
    renew: actions.renew,
    words: scenes.words,
  });
  const header = createHeader(element("header"), {
    page: "descent",
    store,
    undo,
    keys,
    presenter: { ...presenter.buttons, openHall: scenes.openHall },
    copyLink,
    reset: undo.reset,
    select: (/** @type {Model} */ { state }) => ({
      surface: state.surface,
      scene: state.scene,
      origin: state.origin,
    }),
    middle: ({ origin }) => scenes.wayBack(origin),
    title: ({ scene }) => scenes.title(scene) ?? localize(surfaceOf(catalog, store.get()).title),
  });
  return {
    keys,
    header,
    presenter,
    tour,
    bar: createPlayerBar(element("player"), { clock: player, select: player.select, store }),
    // What a control or a dialog says needs no notice.
    notices: createAnswerNotices(notices, {
      limits: catalog.limits,
      again,
      isTold: (name, error) =>
        name === "search" ||
        (name === "map" && priceIn(error) !== null) ||
        (store.get().scene === null && controlOf(catalog, store.get(), error) !== null),
    }),
  };
}
