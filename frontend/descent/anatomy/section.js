// The anatomy of a step on its page: the panel, what opens it, and the keys that put a step
// together.

import { t } from "../../i18n/i18n.js";
import { bodyOf, createTaken } from "./assembly.js";
import { createAnatomyPanel } from "./panel.js";

/**
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("../selectors.js").Selectors} Selectors
 * @typedef {import("../../core/store.js").Store<import("../types.js").State>} Store
 */

/** @type {import("../../scene/scene.js").Body[]} */
const NONE = [];

/** What the picture draws: nothing while the race is played.
 * @param {ReturnType<typeof createTaken>} takenOf */
export function createBodies(takenOf) {
  /** @type {{ taken: unknown, pieces: unknown, selected: unknown, bodies: typeof NONE }} */
  let last = { taken: null, pieces: null, selected: null, bodies: NONE };
  return (/** @type {Model} */ model) => {
    const { state, answers } = model;
    const taken = answers.anatomy.status === "ready" ? takenOf(model) : NONE;
    if (taken.length === 0) return NONE;
    const { pieces, selectedRun: selected } = state;
    if (taken !== last.taken || pieces !== last.pieces || selected !== last.selected) {
      const bodies = /** @type {import("./types.js").Taken[]} */ (taken).map((one) =>
        bodyOf(one, state),
      );
      last = { taken, pieces, selected, bodies };
    }
    return last.bodies;
  };
}

/**
 * @param {object} page
 * @param {HTMLElement} page.section
 * @param {Selectors} page.selectors
 * @param {Store} page.store
 * @param {import("../panels/player.js").Player} page.player
 */
export function createAnatomySection({ section, selectors, store, player }) {
  const takenOf = createTaken(selectors);
  const panel = createAnatomyPanel(section, store);
  let count = 1;

  /** @param {Model} model */
  function hintOf(model) {
    if (model.state.clock.playing || model.state.wish !== null) return t("anatomy.playing");
    const here = selectors.here(model);
    if (here === null) return t("truth.no_path");
    const isEnd = here.step >= here.trajectory.x.length - 1;
    if (isEnd) return t("anatomy.ended");
    return model.answers.anatomy.status === "ready" ? t("anatomy.none") : "";
  }

  function assemble() {
    const { anatomy, pieces, clock, steps } = store.get();
    if (clock.playing) player.pause();
    if (anatomy === null) store.update({ anatomy: "selected", pieces: 1 });
    else if (pieces === null) store.update({ pieces: 1 });
    else if (pieces < count) store.update({ pieces: pieces + 1 });
    else if (player.step < steps) {
      player.seek(player.step + 1);
      store.update({ pieces: 1 });
    }
  }
  const toggle = () =>
    store.update(({ anatomy }) => ({
      anatomy: anatomy === null ? "selected" : null,
      pieces: null,
      lit: null,
    }));

  return {
    takenOf,
    toggle,
    /** @type {import("../../shell/keys.js").Key[]} */
    keys: [
      { group: "keys.player", keys: ["a"], says: "keys.anatomy.next", run: assemble },
      { group: "keys.player", keys: ["Shift+a"], says: "keys.anatomy.toggle", run: toggle },
    ],
    /** @type {import("../panels/types.js").Panel<import("./panel.js").Props>} */
    panel: {
      select(model) {
        const { state, answers, theme } = model;
        const { anatomy, pieces, lit, language } = state;
        if (anatomy === null) return null;
        const taken = takenOf(model).find(({ run }) => run.key === state.selectedRun) ?? null;
        const isCurrent = answers.anatomy.status === "ready";
        const number = answers.anatomy.value?.step ?? 0;
        const hint = taken === null || !isCurrent ? hintOf(model) : "";
        return { taken, hint, number, anatomy, pieces, lit, isCurrent, theme, language };
      },
      show(props) {
        count = props.taken?.parts.length ?? 1;
        panel.show(props);
      },
      hide: () => panel.hide(),
    },
  };
}
