// The page itself as panels: what its parts are called, what is waited for, and the step and the
// revision that are drawn.

import { t } from "../../i18n/i18n.js";
import { plotlyReady } from "../../shell/plotly.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Selectors} Selectors
 */
/** @template {object} P @typedef {import("./types.js").Panel<P>} Panel */

/** @param {{ element: import("./types.js").Elements }} page
 * @returns {Panel<{ language: string | null }>} */
export function createNames({ element }) {
  return {
    select: ({ state }) => ({ language: state.language }),
    show() {
      for (const id of ["picture", "losses", "rates", "fit", "table", "truth"]) {
        element(id).setAttribute("aria-label", t(`${id}.label`));
      }
      document.querySelector(".spinner")?.setAttribute("aria-label", t("waiting"));
    },
  };
}

// What is awaited is marked.
/** @param {{ picture: HTMLElement }} page @returns {Panel<{ grid: boolean, paths: boolean }>} */
export function createWaiting({ picture }) {
  /** @param {import("../../core/resources.js").Answer<any>} answer */
  const isAwaited = ({ status }) => status === "asking" || status === "waiting";
  return {
    select: ({ answers }) => ({ grid: isAwaited(answers.grid), paths: isAwaited(answers.paths) }),
    show(props) {
      for (const [name, is] of Object.entries(props)) {
        picture.classList.toggle(`waiting-${name}`, is);
      }
    },
  };
}

// Moves what moves, and nothing else.
/**
 * @param {{ picture: HTMLElement, selectors: Selectors,
 *   moving: { draw(step: number): void }[] }} page
 * @returns {Panel<{ step: number }>}
 */
export function createStep({ picture, selectors, moving }) {
  return {
    select: (model) => ({ step: selectors.step(model) }),
    show({ step }) {
      for (const panel of moving) panel.draw(step);
      picture.dataset.step = String(step);
    },
  };
}

// Counts the races that were drawn, each with all that shows it.
/** @param {{ picture: HTMLElement, selectors: Selectors }} page @returns {Panel<object>} */
export function createRevision({ picture, selectors }) {
  /** @type {object | null} */
  let last = null;
  return {
    select(model) {
      const race = selectors.race(model);
      if (race === null) last = null;
      else if (model.answers.paths.status === "ready") {
        const { scale, reveal, language } = model.state;
        const selectedStart = selectors.shownStart(model);
        last = { race, selectedStart, scale, reveal, language, theme: model.theme };
      }
      return last;
    },
    async show() {
      await plotlyReady;
      picture.dataset.revision = String(Number(picture.dataset.revision) + 1);
    },
  };
}
