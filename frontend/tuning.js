// Fair rates: which runs are tuned, and the panel that tunes them all under one budget.

import { ApiError } from "./api.js";
import { h, iconButton } from "./dom.js";
import { coordinate, integer, plain, quantity } from "./format.js";
import { localize, t } from "./i18n.js";
import { inks, runStyle } from "./palette.js";
import { lossAxis } from "./panels/losses.js";
import { swatch } from "./panels/swatch.js";
import { requestSearch, runRequest, surfaceRequest } from "./simulation.js";
import { isTunedOpening, optimizerOf, runNames } from "./state.js";

const OBJECTIVES = ["final_loss", "best_loss", "steps_to_tolerance"];
const CURVES = { final_loss: "loss", best_loss: "best_loss",
  steps_to_tolerance: "steps_to_tolerance" };

// A short name for all that a search depends on (FNV-1a), so that a mark goes when that changes.
function shortName(text) {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

export function createTuning({ catalog, store, dialog, theme, explain }) {
  const search = { objective: "final_loss" };
  let answer = null;
  let before = null;

  const signature = (state, run) => shortName(JSON.stringify([surfaceRequest(state),
    state.starts[0], state.steps, state.seed, state.tolerance, runRequest(catalog, state, run)]));
  const isTuned = (state, run) => run.tuned !== null && run.tuned === signature(state, run);
  const tunable = (run) => optimizerOf(catalog, run).tunable;

  function apply(state, result) {
    const best = new Map(result.runs.map((run, index) => [result.keys[index], run.best]));
    return { runs: state.runs.map((run) => {
      const found = best.get(run.key);
      if (!found) return run;
      const tuned = { ...run,
        numbers: { ...run.numbers, learning_rate: Number(found.learning_rate.toPrecision(6)) } };
      return { ...tuned, tuned: signature(state, tuned) };
    }) };
  }

  async function run() {
    dialog.classList.add("waiting-paths");
    const state = store.get();
    const keys = state.runs.filter(({ enabled }) => enabled).map(({ key }) => key);
    try {
      if (keys.length === 0) return;
      answer = { ...await requestSearch(catalog, state, search), keys };
      store.update((now) => apply(now, answer));
      await show();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      dialog.querySelector(".tuning-message").textContent =
        explain(error, catalog.limits).message;
    } finally {
      dialog.classList.remove("waiting-paths");
    }
  }

  function restore() {
    store.update((state) => ({ runs: state.runs.map((one) => {
      const old = before.find(({ key }) => key === one.key);
      return old ? { ...one, numbers: old.numbers, tuned: old.tuned } : one;
    }) }));
    dialog.close();
  }

  // Runs of the answer as the page names and colours them now.
  function named() {
    const state = store.get();
    const names = runNames(catalog, state, localize);
    return answer.runs.flatMap((found, index) => {
      const at = state.runs.findIndex(({ key }) => key === answer.keys[index]);
      return at < 0 ? [] : [{ ...found, name: names[at],
        style: runStyle(state.runs[at].color, theme()) }];
    });
  }

  function layout(runs, axis) {
    const ink = inks(theme());
    const steps = search.objective === "steps_to_tolerance";
    const shared = { zeroline: false, gridcolor: ink.grid, linecolor: ink.faint, ticks: "outside",
      ticklen: 4, tickcolor: ink.faint, fixedrange: true, exponentformat: "power" };
    const critical = runs.flatMap((one) => one.critical_learning_rate === null ? [] : [one]);
    const title = steps ? "tuning.axis.steps" : axis.kind === "linear" ? "losses.linear"
      : axis.offset === 0 ? "tuning.axis.loss" : "losses.gap";
    return {
      margin: { l: 64, r: 14, t: 24, b: 42 }, paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)", font: { color: ink.text, size: 12, family: "inherit" },
      xaxis: { ...shared, type: "log", dtick: 1, title: { text: t("tuning.axis.rate"), standoff: 4 },
        range: [Math.log10(answer.search.low), Math.log10(answer.search.high)] },
      yaxis: { ...shared, type: axis.kind, nticks: 7, title: { text: t(title), standoff: 6 },
        ...(axis.range ? { range: axis.range } : {}) },
      shapes: critical.map((one) => ({ type: "line", yref: "paper", y0: 0, y1: 1,
        x0: one.critical_learning_rate, x1: one.critical_learning_rate,
        line: { color: one.style.color, width: 1.5, dash: "dash" } })),
      annotations: critical.slice(0, 1).map((one) => ({ yref: "paper", y: 1.005, yanchor: "bottom",
        x: Math.log10(one.critical_learning_rate), text: t("tuning.critical"), showarrow: false,
        font: { color: ink.text, size: 12 } })),
      showlegend: false, dragmode: false, hovermode: false, separators: t("format.separators"),
    };
  }

  // The axis of the losses panel, with room for what explodes to leave through the top.
  function axisOf(runs) {
    if (search.objective === "steps_to_tolerance") return { kind: "log", offset: 0 };
    const curves = runs.filter(({ curve }) => curve !== null).map(({ curve }) =>
      curve[CURVES[search.objective]].filter((value) => value !== null));
    const axis = lossAxis(curves.map((loss) => ({ loss })), answer.surface.minima);
    const values = curves.flat().map((value) => value - axis.offset);
    const good = values.filter((value) => axis.kind === "linear" || value > 0).sort((a, b) => a - b);
    if (good.length === 0) return axis;
    const top = good[Math.floor(0.8 * (good.length - 1))];
    if (axis.kind === "linear") {
      const span = top - good[0] || 1;
      return { ...axis, range: [good[0] - 0.06 * span, top + 0.3 * span] };
    }
    const low = Math.log10(Math.max(good[0], 1e-14 * top, 1e-300));
    const high = Math.log10(top);
    return { ...axis, range: [low - 0.06 * (high - low) - 0.1, high + 0.12 * (high - low) + 0.1] };
  }

  function traces(runs, axis) {
    const name = CURVES[search.objective];
    const raised = (value) => value === null || axis.kind === "linear" ? value
      : Math.max(value - axis.offset, 10 ** (axis.range?.[0] ?? -300));
    return runs.filter(({ curve }) => curve !== null).flatMap((one) => [
      { x: one.curve.learning_rate, y: one.curve[name].map(raised), mode: "lines",
        connectgaps: false, hoverinfo: "skip",
        line: { color: one.style.color, width: 2, dash: one.style.dash.length ? "dash" : "solid" } },
      ...(one.best ? [{ x: [one.best.learning_rate], y: [raised(one.best[name])], mode: "markers",
        hoverinfo: "skip", cliponaxis: false,
        marker: { color: one.style.color, size: 10, line: { width: 1.5, color: inks(theme()).halo } },
      }] : []),
    ]);
  }

  function table(runs) {
    const head = ["run", "rate", "final", "best", "steps"];
    return h("table", {},
      h("thead", {}, h("tr", {}, head.map((name) =>
        h("th", { scope: "col" }, t(`tuning.column.${name}`))))),
      h("tbody", {}, runs.map(({ name, style, best, curve }) => h("tr", {},
        h("th", { scope: "row", class: "column-run" }, swatch(style, { compact: true }), name),
        best ? [quantity(best.learning_rate), quantity(best.loss), quantity(best.best_loss),
          integer(best.steps_to_tolerance)].map((text) => h("td", {}, text))
          : h("td", { colspan: 4 }, t(curve ? "tuning.all_diverged" : "tuning.nothing"))))));
  }

  async function show() {
    const runs = named();
    const { low, high, count } = answer.search;
    const [x, y] = answer.start;
    dialog.querySelector(".tuning-message").textContent = "";
    dialog.querySelector(".tuning-table").replaceChildren(table(runs));
    dialog.querySelector(".tuning-terms").textContent = t("tuning.terms", {
      steps: integer(answer.gradient_evaluations), count: integer(count), low: plain(low),
      high: plain(high), start: `(${coordinate(x)}; ${coordinate(y)})`,
    });
    const axis = axisOf(runs);
    await Plotly.react(dialog.querySelector(".plot"), traces(runs, axis), layout(runs, axis),
      { displayModeBar: false, staticPlot: true, responsive: true });
    dialog.dataset.objective = answer.search.objective;
  }

  function build() {
    dialog.setAttribute("aria-label", t("tuning.title"));
    dialog.replaceChildren(
      h("div", { class: "card-head" }, h("h2", {}, t("tuning.title")),
        h("label", {}, `${t("tuning.objective")} `,
          h("select", { id: "objective", onchange: (event) => {
            search.objective = event.target.value;
            run();
          } }, OBJECTIVES.map((name) => h("option", { value: name,
            selected: name === search.objective }, t(`tuning.objective.${name}`))))),
        iconButton("close", t("notice.close"), () => dialog.close())),
      h("p", { class: "tuning-message", role: "alert" }),
      h("div", { class: "tuning-plot" }, h("div", { class: "plot" })),
      h("div", { class: "table tuning-table" }),
      h("p", { class: "tuning-terms" }),
      h("p", { class: "hint" }, t("tuning.honest")),
      h("div", { class: "tuning-actions" },
        h("button", { type: "button", class: "text-button", id: "untune", onclick: restore },
          t("tuning.restore")),
        h("button", { type: "button", class: "text-button primary", onclick: () => dialog.close() },
          t("tuning.keep"))));
  }

  return {
    isTuned,
    // "opening" where defaults are tuned, else "all", "some" or "none" of the runs that take part and have a rate to tune.
    summary(state) {
      if (isTunedOpening(catalog, state)) return "opening";
      const runs = state.runs.filter((one) => one.enabled && tunable(one));
      const tuned = runs.filter((one) => isTuned(state, one)).length;
      if (runs.length === 0 || tuned === 0) return "none";
      return tuned === runs.length ? "all" : "some";
    },
    async open() {
      before = store.get().runs;
      answer = null;
      build();
      delete dialog.dataset.objective;
      dialog.showModal();
      await run();
    },
  };
}
