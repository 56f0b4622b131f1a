// The same points, three losses: what each point costs, how it is pulled, and on which curve.

import { latest } from "../api/api.js";
import { h } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { createBars } from "./bars.js";
import { createCurves } from "./curves.js";
import { createPoints } from "./points.js";
import { requestCurve, requestLosses } from "./requests.js";
import { MODES } from "./state.js";
import { createWords } from "./words.js";

// Targets and predictions of the regression lie in 0 … 6.
const MISS = 6;
const CURVES = {
  classes: [
    [1, [0.004, 0.996], 249],
    [0, [0.004, 0.996], 249],
  ],
  regression: [[0, [-MISS, MISS], 241]],
};

export function createLosses(section, catalog, store, { onError, notices }) {
  const ids = catalog.losses.map(({ id }) => id);
  const titleOf = (id) => localize(catalog.losses.find((loss) => loss.id === id).title);
  const curvesKnown = new Map();
  let parts = null;
  let answer = null;
  // The points last asked about, answered or not.
  let wished = null;

  const ask = latest(async () => {
    const { mode, [mode]: points } = store.get();
    if (!curvesKnown.has(mode)) {
      curvesKnown.set(mode, await Promise.all(CURVES[mode].map((asked) => requestCurve(...asked))));
    }
    const losses = await requestLosses(points);
    notices.close("losses");
    // Points of the other mode were asked about meanwhile.
    if (store.get().mode !== mode) return;
    answer = { mode, points, losses };
    showAnswer();
  }, onError("losses"));

  // Where the points stand on the curves: by their prediction, or by how far they miss.
  function panesOf({ mode, points, losses }) {
    const place = ([target, at], i) => ({
      number: i + 1,
      at: mode === "classes" ? at : at - target,
      target,
      costs: Object.fromEntries(
        ids.filter((id) => losses[id]).map((id) => [id, losses[id].each[i]]),
      ),
    });
    const places = points.map(place);
    return CURVES[mode].map(([target], k) => ({
      curve: curvesKnown.get(mode)[k],
      title: mode === "classes" ? `y = ${target}` : "",
      xTitle: mode === "classes" ? t("functions.by_prediction") : t("functions.by_miss"),
      places: mode === "classes" ? places.filter((one) => one.target === target) : places,
    }));
  }

  function showAnswer() {
    const { point } = store.get();
    const { mode, losses } = answer;
    for (const [id, bars] of parts.bars) {
      bars.show(losses[id], point, t("functions.no_log_loss"));
    }
    parts.curves.show({ mode, selected: point, panes: panesOf(answer) });
    parts.words.show({ ...answer, ids, titleOf, selected: point });
    section.dataset.revision = Number(section.dataset.revision) + 1;
  }

  function showPoints(state) {
    parts.points.show({ mode: state.mode, points: state[state.mode], selected: state.point });
    for (const button of parts.modes.children) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === state.mode));
    }
    const [target, at] = state[state.mode][state.point - 1];
    parts.chosen.textContent = t("functions.chosen", {
      n: state.point,
      target: quantity(target, 4),
      at: quantity(at, 4),
    });
  }

  function build() {
    const move = (index, at) =>
      store.update((state) => ({
        point: index + 1,
        [state.mode]: state[state.mode].map((pair, i) => (i === index ? [pair[0], at] : pair)),
      }));
    parts = {
      points: createPoints({ onSelect: (point) => store.update({ point }), onMove: move }),
      bars: new Map(catalog.losses.map((entry) => [entry.id, createBars(entry)])),
      curves: createCurves(ids, titleOf),
      words: createWords(),
      chosen: h("p", { class: "chosen", "aria-live": "polite" }),
      modes: h(
        "div",
        { class: "segmented", role: "group", "aria-label": t("functions.mode") },
        Object.keys(MODES).map((mode) =>
          h(
            "button",
            {
              type: "button",
              dataset: { mode },
              id: `mode-${mode}`,
              onclick: () =>
                store.update((state) => ({
                  mode,
                  point: Math.min(state.point, state[mode].length),
                })),
            },
            t(`functions.mode.${mode}`),
          ),
        ),
      ),
    };
    section.setAttribute("aria-label", t("functions.losses"));
    section.replaceChildren(
      h(
        "div",
        { class: "given" },
        h(
          "section",
          { class: "card points-card" },
          h(
            "div",
            { class: "card-head" },
            parts.modes,
            h(
              "button",
              {
                type: "button",
                class: "text-button",
                id: "points-reset",
                onclick: () =>
                  store.update(({ mode }) => ({ [mode]: MODES[mode].points, point: 6 })),
              },
              t("functions.reset"),
            ),
          ),
          h(
            "p",
            { class: "hint points-key" },
            h("span", { class: "key-target" }),
            h("span", {}, t("functions.target")),
            h("span", { class: "key-prediction" }),
            h("span", {}, t("functions.drag")),
          ),
          parts.points.element,
          parts.chosen,
        ),
        parts.words.element,
      ),
      h(
        "div",
        { class: "costs" },
        h(
          "div",
          { class: "losses-row" },
          [...parts.bars.values()].map(({ element }) => element),
        ),
        parts.curves.element,
      ),
    );
  }

  // Nothing is asked for a view that nobody sees.
  function wish(state) {
    if (state.view !== "losses") return;
    wished = state[state.mode];
    ask();
  }

  return {
    rebuild(state) {
      build();
      showPoints(state);
      if (answer?.mode === state.mode) showAnswer();
      wish(state);
    },
    show(state) {
      showPoints(state);
      if (wished !== state[state.mode]) wish(state);
      else if (answer?.points === wished) showAnswer();
    },
  };
}
