// Wires the page of maps over numbers: state → resources → panels. Panels know nothing of each other.

import { asking } from "../api/patience.js";
import { createAddress } from "../core/address.js";
import { keep } from "../core/keeping.js";
import { createPace } from "../core/pacing.js";
import { createPanels } from "../core/panels.js";
import { createResources } from "../core/resources.js";
import { createStore } from "../core/store.js";
import { createUndo } from "../core/undo.js";
import { setLanguage, t } from "../i18n/i18n.js";
import { createPresenter } from "../presenter/presenter.js";
import { createSceneAddress } from "../scenes/address.js";
import { isHidden } from "../scenes/phases.js";
import { followAppearance, openingLanguage } from "../shell/appearance.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { loadCatalog } from "../shell/loading.js";
import { createAnswerNotices, createNotices } from "../shell/notices.js";
import { createProblems } from "../shell/problems.js";
import { views } from "../shell/views.js";
import { placeOf, viewOf } from "./axes.js";
import { createFields } from "./fields.js";
import { indexAt } from "./picture.js";
import { createDeclared } from "./resources.js";
import { createMapsScenes, createReading } from "./scenes.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { defaultState, SETTINGS, unzoomed, VIEWS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

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

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const reading = createReading(createFields(catalog));
  const sceneAddress = createSceneAddress(catalog.scenarios, "maps.html", reading);
  const opened = sceneAddress.read(location.href);
  /** @type {import("../core/store.js").Store<State>} */
  const store = createStore(opened.state);
  followAppearance(store, () => panels.renew());
  const tellProblems = createProblems(notices, store);

  const resources = createResources(store, createDeclared(catalog), {
    ...asking,
    onChange() {
      pace.answered();
      panels.changed();
    },
  });
  // A slider waits for the small picture of a path; a map that is not wanted any more is given up.
  const pace = createPace(store, () => ["asking"].includes(resources.answers.path.status));
  const undo = createUndo(store, SETTINGS);

  /** @param {string} href */
  const open = (href) => tellProblems(scenes.openAddress(href));
  const address = createAddress({
    store,
    write: sceneAddress.write,
    open: () => open(location.href),
    isEntry: (state, before) =>
      state.scene !== before.scene || (state.scene === null && state.view !== before.view),
    onWritten: (address) => address.startsWith("#") && keep("maps", address),
  });
  const model = () => ({ state: store.get(), answers: resources.answers });
  const scenes = createMapsScenes({
    ...{ catalog, store, model, pace, reading },
    address: sceneAddress,
    quietly: undo.quietly,
  });

  // Which map is shown is no setting that one wants back.
  function reset() {
    const all = defaultState(catalog);
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, all[name]]));
    store.update({ ...settings, view: store.get().view });
  }

  const stage = createStage({
    ...{ catalog, store, pace },
    sections: {
      picture: element("picture"),
      legend: element("map-legend"),
      chosen: element("chosen"),
      results: element("results"),
    },
    onPoint: () => panels.changed(),
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
  const keys = createKeys([...scenes.keys, ...OWN_KEYS, ...zoomKeys, ...undoKeys(undo)]);
  const presenter = createPresenter({
    page: "maps",
    store,
    keys,
    notices,
    address: address.now,
    open,
    renew: () => panels.renew(),
    words: scenes.words,
  });
  const panels = createPanels(model, [
    ...scenes.panels,
    createHeader(element("header"), {
      page: "maps",
      store,
      select: (/** @type {Model} */ { state: { view, scene, origin } }) => ({
        view,
        scene,
        origin,
      }),
      middle: ({ view, origin }) => [
        scenes.wayBack(origin),
        views({
          label: t("maps.views"),
          views: VIEWS.map((id) => ({ id, title: t(`maps.view.${id}`) })),
          current: view,
          choose: (id) => store.update({ view: /** @type {State["view"]} */ (id) }),
        }),
      ],
      title: ({ view, scene }) => scenes.title(scene) ?? t(`maps.view.${view}`),
      copyLink: () => copyAddress(address.now(), notices),
      undo,
      reset,
      keys,
      presenter: { ...presenter.buttons, openHall: scenes.openHall },
    }),
    {
      select: (/** @type {Model} */ { state }) => ({
        view: state.view,
        hidden: isHidden(state),
        language: state.language,
      }),
      /** @param {{ view: string, hidden: boolean }} props */
      show({ view, hidden }) {
        document.body.dataset.view = view;
        element("stage").hidden = hidden;
        element("waiting").hidden = !hidden;
        element("waiting").textContent = t("scene.waiting");
      },
    },
    createSidebar(element("sidebar"), { catalog, store, pace, tell: tellProblems }),
    ...stage.panels,
    ...presenter.panels,
    createAnswerNotices(notices, {
      limits: catalog.limits,
      again: (name) => resources.again(name),
    }),
  ]);

  store.subscribe(panels.changed);
  presenter.begin();
  resources.begin();
  address.flush();
  tellProblems(opened.problems);
}

main();
