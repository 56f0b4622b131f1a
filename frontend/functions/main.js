// Wires the Functions page: state → resources → panels. Panels know nothing of each other.

import { element } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { createSceneAddress } from "../scenes/address.js";
import { openPage } from "../shell/opening.js";
import { createPage } from "../wiring/page.js";
import { viewsHeader } from "../wiring/views_header.js";
import { createActivations } from "./activations.js";
import { createFields } from "./fields.js";
import { createJacobians } from "./jacobians.js";
import { createLosses } from "./losses.js";
import { createDeclared } from "./resources.js";
import { createFunctionsScenes, createReading } from "./scenes.js";
import { defaultState, SETTINGS, VIEWS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model */

/** Keys of controls that act by themselves. @type {import("../shell/keys.js").Key[]} */
const OWN_KEYS = [
  { group: "functions.activations", keys: ["ArrowLeft", "ArrowRight"], says: "keys.functions.z" },
  { group: "functions.losses", keys: ["ArrowUp", "ArrowDown"], says: "keys.functions.point" },
];

/** @type {import("../core/panels.js").Panel<Model, { view: string }>} */
const shownView = {
  select: ({ state }) => ({ view: state.view }),
  show({ view }) {
    for (const name of VIEWS) element(name).hidden = name !== view;
  },
};

async function main() {
  const { notices, catalog } = await openPage();
  const { activations, losses } = catalog;
  const reading = createReading(createFields(activations));
  const address = createSceneAddress(catalog.scenarios, "functions.html", reading);
  const page = createPage({
    name: "functions",
    ...{ notices, catalog },
    opened: address.read(location.href),
    write: address.write,
    openAddress: (href) => scenes.openAddress(href),
    isEntry: (state, before) =>
      state.scene !== before.scene || (state.scene === null && state.view !== before.view),
    settings: SETTINGS,
    defaults: defaultState,
    declared: createDeclared(activations),
    /** @returns {Model} */
    modelOf: (state, answers) => ({ state, answers }),
  });
  const { store, pace, undo, model } = page;
  const scenes = createFunctionsScenes({
    ...{ catalog, store, model, pace, reading, address },
    quietly: undo.quietly,
  });

  page.begin({
    scenes,
    keys: [...scenes.keys, ...OWN_KEYS],
    header: viewsHeader({
      ...{ store, scenes, views: VIEWS },
      label: () => t("functions.views"),
      titleOf: (view) => t(`functions.${view}`),
    }),
    panels: [
      shownView,
      ...createActivations(element("activations"), { activations, store, pace }),
      ...createLosses(element("losses"), { losses, store, pace }),
      createJacobians(element("jacobians"), { store }),
    ],
  });
}

main();
