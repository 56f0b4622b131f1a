// What the reader does to the settings as a whole: brings a surface, opens an address, takes a
// change back, begins anew.

import { createUndo } from "../core/undo.js";
import { holdBack } from "./bringing.js";
import { chooseSurface, defaultState, SURFACE_FIELDS } from "./state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").State} State
 * @typedef {(keyof State)[]} Names
 */

/** @type {Names} */
const SETTINGS = [
  ...SURFACE_FIELDS,
  "measured",
  "starts",
  "runs",
  "steps",
  "seed",
  "precision",
  "map_precision",
  "tolerance",
  "view",
  "aspect",
  "ground",
  "curvature",
  "beside",
  "scale",
  "speed",
  "loop",
  "reveal",
  "effective",
];
// Which of several is chosen is put back with them.
/** @type {Names} */
const CHOSEN = ["selectedStart", "selectedRun"];

// How the page looks stays as it is, and so does its window.
/** @param {Catalog} catalog @param {Readonly<State>} state @returns {State} */
function resetState(catalog, { language, theme, large, size, scene, origin, phase, answer }) {
  const stays = { language, theme, large, size, scene, origin, phase, answer };
  return { ...defaultState(catalog), ...stays };
}

/**
 * @param {object} page
 * @param {Catalog} page.catalog
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {() => import("./controls/types.js").Tools["pace"]} page.pace
 * @param {(problems: string[]) => void} page.tellProblems
 * @param {() => boolean} page.isMeasuring
 */
export function createActions({ catalog, store, pace, tellProblems, isMeasuring }) {
  const undo = createUndo(store, SETTINGS, CHOSEN);

  return {
    undo: {
      undo: undo.undo,
      redo: undo.redo,
      get canUndo() {
        return undo.canUndo;
      },
      get canRedo() {
        return undo.canRedo;
      },
      quietly: undo.quietly,
      remember: undo.remember,
      // All settings as they are when the page is opened without an address.
      reset: () => store.update((state) => resetState(catalog, state)),
    },
    // What the reader brought is held back until the server has accepted it.
    /** @param {import("./types.js").Brought} change */
    bring(change) {
      const put = (/** @type {Readonly<State>} */ state) => holdBack(state, change, isMeasuring());
      if (Object.keys(change).join() === "parameters") pace().change("parameters", put);
      else store.update(put);
    },
    // What an address brought was refused: the page is that of its usual surface.
    /** @param {Error} error */
    refuse(error) {
      const { surface, points, wish } = store.get();
      const usual = chooseSurface(catalog, points === null ? catalog.surfaces[0].id : surface);
      undo.quietly(() => store.update({ ...usual, wish }));
      tellProblems([error.message]);
    },
  };
}
