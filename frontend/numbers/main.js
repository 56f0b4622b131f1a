// Wires the page of maps over numbers: state → resources → panels. Panels know nothing of each other.

import { element } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { priceIn } from "../maps/price.js";
import { createSceneAddress } from "../scenes/address.js";
import { isHidden } from "../scenes/phases.js";
import { openPage } from "../shell/opening.js";
import { createPage } from "../wiring/page.js";
import { viewsHeader } from "../wiring/views_header.js";
import { indexAt, placeOf, viewOf } from "./axes.js";
import { createFields } from "./fields.js";
import { createDeclared } from "./resources.js";
import { createMapsScenes, createReading } from "./scenes.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { defaultState, SETTINGS, unzoomed, VIEWS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model */

/** Keys of the map, which acts by itself while it has the focus. @type {import("../shell/keys.js").Key[]} */
const OWN_KEYS = [
  {
    group: "keys.maps",
    keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    says: "keys.maps.move",
  },
  { group: "keys.maps", keys: ["Enter"], says: "keys.maps.choose" },
];

/** The pixel of a map at a place that it holds. @param {import("./resources.js").Coming} coming
 * @param {{ x: number, y: number }} place */
function pixelAt({ axes, filling: { nx, ny } }, place) {
  const [x, y] = [placeOf(axes.x.scale, place.x), placeOf(axes.y.scale, place.y)];
  const seen = viewOf(axes);
  const isInside = x >= seen.x[0] && x <= seen.x[1] && y >= seen.y[0] && y <= seen.y[1];
  return isInside ? indexAt(axes.y, ny, y) * nx + indexAt(axes.x, nx, x) : null;
}

/** The view on show, where nothing is left to be predicted.
 * @type {import("../core/panels.js").Panel<Model, { view: string, hidden: boolean, language: State["language"] }>} */
const shownView = {
  select: ({ state }) => ({
    view: state.view,
    hidden: isHidden(state),
    language: state.language,
  }),
  show({ view, hidden }) {
    document.body.dataset.view = view;
    element("stage").hidden = hidden;
    element("waiting").hidden = !hidden;
    element("waiting").textContent = t("scene.waiting");
  },
};

async function main() {
  const { notices, catalog } = await openPage();
  const reading = createReading(createFields(catalog));
  const address = createSceneAddress(catalog.scenarios, "maps.html", reading);
  const page = createPage({
    name: "maps",
    ...{ notices, catalog },
    opened: address.read(location.href),
    write: address.write,
    openAddress: (href) => scenes.openAddress(href),
    isEntry: (state, before) =>
      state.scene !== before.scene || (state.scene === null && state.view !== before.view),
    settings: SETTINGS,
    defaults: () => defaultState(catalog),
    declared: createDeclared(catalog),
    // A slider waits for the small picture of a path; a map that is not wanted any more is given up.
    isBusy: ({ path }) => path.status === "asking",
    /** @returns {Model} */
    modelOf: (state, answers) => ({ state, answers }),
  });
  const { store, pace, undo, model } = page;
  const scenes = createMapsScenes({
    ...{ catalog, store, model, pace, reading, address },
    quietly: undo.quietly,
  });
  const stage = createStage({
    ...{ catalog, store, pace },
    sections: {
      picture: element("picture"),
      legend: element("map-legend"),
      chosen: element("chosen"),
      results: element("results"),
    },
    onPoint: page.changed,
    find: pixelAt,
  });
  /** @type {import("../shell/keys.js").Key[]} */
  const zoomKeys = [
    { group: "keys.maps", keys: ["+", "="], says: "keys.maps.closer", run: stage.closer },
    { group: "keys.maps", keys: ["-"], says: "keys.maps.farther", run: stage.farther },
    {
      group: "keys.maps",
      keys: ["0"],
      says: "keys.maps.whole",
      run: () => store.update((state) => unzoomed(catalog, state)),
    },
    { group: "keys.maps", keys: ["Backspace"], says: "keys.maps.back", run: () => undo.undo() },
  ];

  page.begin({
    scenes,
    keys: [...scenes.keys, ...OWN_KEYS, ...zoomKeys],
    header: viewsHeader({
      ...{ store, scenes, views: VIEWS },
      label: () => t("maps.views"),
      titleOf: (view) => t(`maps.view.${view}`),
    }),
    panels: [
      shownView,
      createSidebar(element("sidebar"), { catalog, store, pace }),
      ...stage.panels,
    ],
    isTold: (name, error) => name === "map" && priceIn(error) !== null,
  });
}

main();
