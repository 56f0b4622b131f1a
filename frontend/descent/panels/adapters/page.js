// The page itself as panels: language and theme, what its parts are called, what is waited for,
// and the step and the revision that are drawn.

import { t } from "../../../i18n/i18n.js";
import { applyAppearance } from "../../../shell/appearance.js";

export function createAppearance({ element, store }) {
  return {
    select: ({ state, theme }) => ({ language: state.language, theme, large: state.large }),
    show() {
      applyAppearance(store.get());
      for (const id of ["picture", "losses", "rates", "fit", "table", "truth"]) {
        element(id).setAttribute("aria-label", t(`${id}.label`));
      }
      document.querySelector(".spinner").setAttribute("aria-label", t("waiting"));
    },
  };
}

// What is awaited is marked until it is drawn.
export function createWaiting({ picture, drawing }) {
  let wanted = {};
  const isAwaited = ({ status }) => status === "asking" || status === "waiting";
  return {
    select: ({ answers }) => ({ grid: isAwaited(answers.grid), paths: isAwaited(answers.paths) }),
    async show(props) {
      wanted = props;
      for (const name of ["grid", "paths"]) {
        if (props[name]) picture.classList.add(`waiting-${name}`);
      }
      await drawing.done();
      if (wanted !== props) return;
      for (const name of ["grid", "paths"]) {
        picture.classList.toggle(`waiting-${name}`, props[name]);
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
export function createRevision({ picture, selectors, drawing }) {
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
      await drawing.done();
      picture.dataset.revision = Number(picture.dataset.revision) + 1;
    },
  };
}
