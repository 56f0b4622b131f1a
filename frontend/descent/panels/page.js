// The page itself as panels: what its parts are called, what is waited for, and the step and the
// revision that are drawn.

import { t } from "../../i18n/i18n.js";
import { plotlyReady } from "../../shell/plotly.js";

export function createNames({ element }) {
  return {
    select: ({ state }) => ({ language: state.language }),
    show() {
      for (const id of ["picture", "losses", "rates", "fit", "table", "truth"]) {
        element(id).setAttribute("aria-label", t(`${id}.label`));
      }
      document.querySelector(".spinner").setAttribute("aria-label", t("waiting"));
    },
  };
}

// What is awaited is marked.
export function createWaiting({ picture }) {
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
export function createStep({ picture, selectors, moving }) {
  return {
    select: (model) => ({ step: selectors.step(model) }),
    show({ step }) {
      for (const panel of moving) panel.draw(step);
      picture.dataset.step = step;
    },
  };
}

// Counts the races that were drawn, each with all that shows it.
export function createRevision({ picture, selectors }) {
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
      picture.dataset.revision = Number(picture.dataset.revision) + 1;
    },
  };
}
