// The panels of this page, in the order in which they are shown.

import { createColumn } from "../../charts/column.js";
import { createFit } from "../../charts/fit.js";
import { createLosses } from "../../charts/losses.js";
import { createRates } from "../../charts/rates.js";
import { createTooltip } from "../../charts/tooltip.js";
import { createGraph } from "../../graph/dialog.js";
import { t } from "../../i18n/i18n.js";
import { rounded } from "../../scene/geometry.js";
import { createPicture } from "../../scene/picture.js";
import { rounded as placeOf } from "../../scenes/cross.js";
import { createAnatomySection, createBodies } from "../anatomy/section.js";
import { addStart, moveStart, removeStart } from "../controls/moving.js";
import { isMapped } from "../maps/asked.js";
import { createMapPanels } from "../maps/panels.js";
import { mapsAddress } from "../maps.js";
import { createSidebar } from "../sidebar.js";
import { FORMULA, LECTURE, LECTURE_START, NEW_RACE, namesOf } from "../state.js";
import { createTuningPanel } from "../tuning/panel.js";
import { createCharts } from "./charts.js";
import { createEventsPanel } from "./events.js";
import { createGraphPanel } from "./graph.js";
import { createNames, createRevision, createStep, createWaiting } from "./page.js";
import { createPicturePanel } from "./picture.js";
import { createTablePanel, createTruthPanel } from "./race.js";
import { createShell } from "./shell.js";
import { createTable } from "./table.js";
import { createTruth } from "./truth.js";
import { createWelcome } from "./welcome.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../../scene/scene.js").View} View
 * @typedef {ReturnType<typeof import("../tuning/tuning.js").createTuning>} Tuning
 *
 * What a page's panels are made with.
 * @typedef {import("./shell.js").Page & {
 *   pace: import("../controls/types.js").Tools["pace"],
 *   selectors: import("./types.js").Selectors,
 *   tuning: Tuning,
 *   scenes: import("../../scenes/scenes.js").Scenes,
 *   actions: { bring(change: import("../types.js").Brought): void },
 * }} Page
 */

// A view that coordinates can be told apart in, and that the server takes.
/** @param {View} view @param {number} most */
const isInLimits = ({ x, y }, most) =>
  [...x, ...y].every((v) => Math.abs(v) <= most) &&
  [x, y].every(([low, high]) => high - low > 1e-9 * Math.max(1e-3, Math.abs(low)));

// The run from a place of a map is played.
/** @param {import("./types.js").Store} store @param {import("../../scene/scene.js").Point} place */
const runFrom = (store, place) =>
  store.update((state) => ({ ...moveStart(state, null, place), ...NEW_RACE }));

// What the reader does to the picture. What is dragged changes the state at the pace of answers.
/** @param {Page} page @returns {import("../../scene/picture.js").On} */
function onPicture({ catalog, store, pace, scenes }) {
  const { limits } = catalog;
  const mayMove = () => scenes.allows("start");
  return {
    view(range) {
      if (!isInLimits(range, limits.coordinate)) return false;
      pace.change("view", () => ({ view: rounded(range) }));
      return true;
    },
    part: (lit) => store.update({ lit }),
    fitView: () => store.update({ view: null }),
    aspect: (aspect) => store.update({ aspect, view: null }),
    selectStart: (selectedStart) => store.update({ selectedStart }),
    // A start that was dragged may be gone by the time that it is put down.
    moveStart(index, point) {
      if (index === null && scenes.takesTap()) return scenes.predict(placeOf(point));
      if (!mayMove()) return;
      if (index === null && isMapped(store.get())) return runFrom(store, point);
      pace.change("start", (state) =>
        (index ?? 0) < state.starts.length ? moveStart(state, index, point) : {},
      );
    },
    addStart: (point) =>
      mayMove() && store.update((state) => addStart(state, point, limits.starts)),
    removeStart: (index) => mayMove() && store.update((state) => removeStart(state, index)),
  };
}

// Follows the window: the picture has as many points as it has room for.
/**
 * @param {import("./types.js").Store} store
 * @param {HTMLElement} section
 * @param {ReturnType<typeof createPicture>} picture
 */
function watchSize(store, section, picture) {
  const measure = () => {
    const size = picture.size();
    const known = store.get().size;
    if (size.width !== known?.width || size.height !== known?.height) store.update({ size });
  };
  measure();
  new ResizeObserver(measure).observe(section);
}

/** @param {Page} page */
export function createDescentPanels(page) {
  const { catalog, store, pace, selectors, element, notices, player, tuning, actions } = page;
  const { scenes } = page;
  const section = element("picture");
  const tooltip = createTooltip(element("tooltip"), () => namesOf(catalog, store.get()));
  const picture = createPicture(section, element("legend"), { tooltip, on: onPicture(page) });
  const toStep = { tooltip, on: { step: player.seek }, column: createColumn() };
  const losses = createLosses(element("losses"), toStep);
  const rates = createRates(element("rates"), toStep);
  const fit = createFit(element("fit"));
  const table = createTable(element("table"), {
    onSelect: (selectedRun) => store.update({ selectedRun }),
    onReveal: (reveal) => store.update({ reveal }),
  });
  const anatomy = createAnatomySection({ section: element("anatomy"), selectors, store, player });
  const truth = createTruth(element("truth"), {
    graph() {
      player.pause();
      store.update({ graph: true });
    },
    anatomy() {
      player.pause();
      anatomy.toggle();
    },
    rates: () => store.update(({ effective }) => ({ effective: !effective })),
    maps: () => mapsAddress(catalog, store.get()),
  });
  const closeGraph = () => store.update({ graph: false });
  const shell = createShell(page);
  shell.keys.add(anatomy.keys);
  const graph = createGraph({
    dialog: /** @type {HTMLDialogElement} */ (element("graph")),
    limits: catalog.limits,
    keys: shell.keys,
    on: {
      close: closeGraph,
      lecture: () => actions.bring({ surface: FORMULA, formula: LECTURE, starts: [LECTURE_START] }),
      outOfReach() {
        notices.show("graph", t("graph.out_of_reach"), { error: true });
        closeGraph();
      },
    },
  });

  const charts = { losses, rates, fit };
  const maps = createMapPanels({
    ...{ catalog, element, selectors, store },
    runFrom: (place) => scenes.allows("start") && runFrom(store, place),
  });
  /** @type {import("./types.js").Panel<any>[]} */
  const panels = [
    ...scenes.panels,
    createNames({ element }),
    shell.header,
    ...createSidebar({ catalog, store, pace, element, actions: { ...actions, tuning } }),
    shell.bar,
    createPicturePanel({
      catalog,
      section,
      picture,
      selectors,
      mapOf: maps.mapOf,
      bodiesOf: createBodies(anatomy.takenOf),
    }),
    ...maps.panels,
    ...createCharts({ catalog, element, charts, selectors }),
    createTablePanel({ catalog, table, selectors }),
    createEventsPanel(element("events"), { selectors, seek: player.seek }),
    anatomy.panel,
    {
      select: ({ state }) => ({ anatomy: state.anatomy !== null, effective: state.effective }),
      show: truth.press,
    },
    createTruthPanel({ catalog, truth, selectors }),
    createStep({
      picture: section,
      selectors,
      moving: [picture, losses, rates, fit, table, maps.moving],
    }),
    // What was under the pointer is of the surface before.
    {
      select: ({ state }) => ({ surface: selectors.of.surface(state) }),
      show: () => tooltip.hide(),
    },
    ...shell.panels,
    createWelcome({ section: element("welcome"), store, undo: actions.undo, tour: shell.tour }),
    createGraphPanel({ catalog, graph, notices, selectors }),
    createTuningPanel({
      catalog,
      dialog: /** @type {HTMLDialogElement} */ (element("tuning")),
      selectors,
      on: { choose: tuning.choose, close: tuning.close },
    }),
    createWaiting({ picture: section }),
    createRevision({ picture: section, selectors }),
  ];
  return {
    panels,
    begin: shell.begin,
    watchSize: () => watchSize(store, section, picture),
  };
}
