// Wires the Functions page: state → resources → panels. Panels know nothing of each other.

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
import { followAppearance, openingLanguage } from "../shell/appearance.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { loadCatalog } from "../shell/loading.js";
import { createAnswerNotices, createNotices } from "../shell/notices.js";
import { createProblems } from "../shell/problems.js";
import { views } from "../shell/views.js";
import { createActivations } from "./activations.js";
import { createFields } from "./fields.js";
import { createJacobians } from "./jacobians.js";
import { createLosses } from "./losses.js";
import { createDeclared } from "./resources.js";
import { createFunctionsScenes, createReading } from "./scenes.js";
import { defaultState, SETTINGS, VIEWS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Keys of controls that act by themselves. @type {import("../shell/keys.js").Key[]} */
const OWN_KEYS = [
  { group: "functions.activations", keys: ["ArrowLeft", "ArrowRight"], says: "keys.functions.z" },
  { group: "functions.losses", keys: ["ArrowUp", "ArrowDown"], says: "keys.functions.point" },
];

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const { activations, losses, limits } = catalog;
  const fields = createFields(activations);
  const reading = createReading(fields);
  const sceneAddress = createSceneAddress(catalog.scenarios, "functions.html", reading);
  const opened = sceneAddress.read(location.href);
  /** @type {import("../core/store.js").Store<State>} */
  const store = createStore(opened.state);
  followAppearance(store, () => panels.renew());
  const tellProblems = createProblems(notices, store);

  const resources = createResources(store, createDeclared(activations), {
    ...asking,
    onChange() {
      pace.answered();
      panels.changed();
    },
  });
  const pace = createPace(store, resources.isBusy);
  const undo = createUndo(store, SETTINGS);

  /** @param {string} href */
  const open = (href) => tellProblems(scenes.openAddress(href));
  const address = createAddress({
    store,
    write: sceneAddress.write,
    open: () => open(location.href),
    isEntry: (state, before) =>
      state.scene !== before.scene || (state.scene === null && state.view !== before.view),
    onWritten: (address) => address.startsWith("#") && keep("functions", address),
  });
  const model = () => ({ state: store.get(), answers: resources.answers });
  const scenes = createFunctionsScenes({
    ...{ catalog, store, model, pace, reading },
    address: sceneAddress,
    quietly: undo.quietly,
  });

  // Which half of the page is shown is no setting that one wants back.
  function reset() {
    const all = defaultState();
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, all[name]]));
    store.update({ ...settings, view: store.get().view });
  }

  const keys = createKeys([...scenes.keys, ...OWN_KEYS, ...undoKeys(undo)]);
  const presenter = createPresenter({
    page: "functions",
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
      page: "functions",
      store,
      select: (/** @type {Model} */ { state: { view, scene, origin } }) => ({
        view,
        scene,
        origin,
      }),
      middle: ({ view, origin }) => [
        scenes.wayBack(origin),
        views({
          label: t("functions.views"),
          views: VIEWS.map((id) => ({ id, title: t(`functions.${id}`) })),
          current: view,
          choose: (id) => store.update({ view: /** @type {State["view"]} */ (id) }),
        }),
      ],
      title: ({ view, scene }) => scenes.title(scene) ?? t(`functions.${view}`),
      copyLink: () => copyAddress(address.now(), notices),
      undo,
      reset,
      keys,
      presenter: { ...presenter.buttons, openHall: scenes.openHall },
    }),
    {
      select: ({ state }) => ({ view: state.view }),
      show({ view }) {
        for (const name of VIEWS) element(name).hidden = name !== view;
      },
    },
    ...createActivations(element("activations"), { activations, store, pace }),
    ...createLosses(element("losses"), { losses, store, pace }),
    createJacobians(element("jacobians"), { store }),
    ...presenter.panels,
    createAnswerNotices(notices, { limits, again: (name) => resources.again(name) }),
  ]);

  store.subscribe(panels.changed);
  resources.begin();
  presenter.begin();
  address.flush();
  tellProblems(opened.problems);
}

main();
