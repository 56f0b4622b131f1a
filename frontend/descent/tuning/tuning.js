// Fair rates: which runs are tuned, and the panel that tunes them all under one budget. The rates
// are on the page while the panel is open; only keeping them keeps them, and that can be undone.

import { ApiError, isPassing, latest } from "../../api/api.js";
import { passed } from "../../api/patience.js";
import { runStyle } from "../../charts/palette.js";
import { h, iconButton } from "../../core/dom.js";
import { place, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { explain } from "../../shell/notices.js";
import { runNames } from "../names.js";
import { PATH_KEYS, requestSearch, runRequest, surfaceRequest } from "../simulation.js";
import { isTunedOpening, optimizerOf } from "../state.js";
import { CURVES, drawChart } from "./chart.js";
import { createDoubts, createTable } from "./table.js";

const OBJECTIVES = Object.keys(CURVES);

// A short name for all that a search depends on (FNV-1a), so that a mark goes when that changes.
function shortName(text) {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

const sorted = (numbers) =>
  Object.entries(numbers).sort(([one], [other]) => (one < other ? -1 : 1));

// The rate and the mark of an older run, put into what it is now.
function withRateOf(run, old) {
  const { learning_rate: _, ...numbers } = run.numbers;
  const { learning_rate: rate } = old.numbers;
  return {
    ...run,
    tuned: old.tuned,
    numbers: rate === undefined ? numbers : { ...numbers, learning_rate: rate },
  };
}

export function createTuning({ catalog, store, dialog, theme, notices }) {
  const search = { objective: OBJECTIVES[0] };
  let answer = null;
  let asking = null;
  // Runs as they were when the panel opened; null while it is closed.
  let before = null;
  // Runs as they were before the rates that were kept: {old, rate} by key.
  let undoable = new Map();

  // A surface can be a long table of points, so it is named once and not for every run.
  let named = { state: {}, name: "" };
  function termsOf(state) {
    if (PATH_KEYS.some((key) => named.state[key] !== state[key])) {
      named = {
        state,
        name: shortName(
          JSON.stringify([surfaceRequest(state), state.steps, state.seed, state.tolerance]),
        ),
      };
    }
    return named.name;
  }

  function signature(state, run, start) {
    const { optimizer, ...others } = runRequest(catalog, state, run);
    return shortName(JSON.stringify([termsOf(state), start, sorted(optimizer), others]));
  }
  const isTunedFrom = (state, run, start) =>
    run.tuned !== null && run.tuned === signature(state, run, start);
  const isTuned = (state, run) => state.starts.some((start) => isTunedFrom(state, run, start));

  function tunedRuns(state, result) {
    const best = new Map(result.runs.map((run, index) => [result.keys[index], run.best]));
    return state.runs.map((run) => {
      const found = best.get(run.key);
      if (!found) return run;
      const tuned = { ...run, numbers: { ...run.numbers, learning_rate: found.learning_rate } };
      return { ...tuned, tuned: signature(state, tuned, state.starts[state.selectedStart]) };
    });
  }

  // Over the page behind nothing could be read.
  function tell(error) {
    const message = dialog.querySelector(".tuning-message");
    message.textContent = explain(error, catalog.limits);
    message.classList.toggle("calm", isPassing(error));
  }

  // What comes back after the panel was closed, or asked for something else, is not applied.
  const ask = latest(
    async () => {
      if (before === null) return;
      const state = store.get();
      const keys = state.runs.filter(({ enabled }) => enabled).map(({ key }) => key);
      if (keys.length === 0) return;
      const { signal } = (asking = new AbortController());
      dialog.classList.add("waiting-paths");
      try {
        const found = await requestSearch(catalog, state, search, signal);
        if (signal.aborted) return;
        answer = { ...found, keys };
        store.update((now) => ({ runs: tunedRuns(now, answer) }));
        await show();
      } finally {
        dialog.classList.remove("waiting-paths");
      }
      notices.close("tuning");
    },
    async (error, again) => {
      if (error.name === "AbortError") return notices.close("tuning");
      if (!(error instanceof ApiError)) throw error;
      if (isPassing(error)) {
        if (notices.isLong("tuning")) tell(error);
        again();
        return passed(error, notices, "tuning");
      }
      notices.close("tuning");
      tell(error);
      // What is shown is still the older answer.
      if (answer)
        search.objective = dialog.querySelector("#objective").value = answer.search.objective;
    },
  );

  function askAnew() {
    asking?.abort();
    ask();
  }

  function close(keep) {
    asking?.abort();
    notices.close("tuning");
    if (before === null) return;
    const old = new Map(before.map((run) => [run.key, run]));
    before = null;
    if (keep) {
      undoable = new Map(
        store.get().runs.flatMap((run) => {
          const rate = run.numbers.learning_rate;
          const was = old.get(run.key);
          return was && was.numbers.learning_rate !== rate ? [[run.key, { old: was, rate }]] : [];
        }),
      );
      // The way back is offered among the controls, which follow the runs.
      if (undoable.size > 0) store.update((state) => ({ runs: [...state.runs] }));
    } else {
      store.update((state) => ({ runs: state.runs.map((run) => old.get(run.key) ?? run) }));
    }
    dialog.close();
  }

  // A rate that was changed since is left alone.
  const canUndo = (run) =>
    undoable.has(run.key) && undoable.get(run.key).rate === run.numbers.learning_rate;
  const isUndoable = (state) => state.runs.some(canUndo);

  function undo() {
    const kept = store.get().runs;
    const runs = kept.map((run) =>
      canUndo(run) ? withRateOf(run, undoable.get(run.key).old) : run,
    );
    undoable = new Map();
    store.update({ runs });
  }

  // Runs of the answer as the page names and colours them now.
  function shownRuns() {
    const state = store.get();
    const names = runNames(catalog, state);
    return answer.runs.flatMap((found, index) => {
      const at = state.runs.findIndex(({ key }) => key === answer.keys[index]);
      return at < 0
        ? []
        : [{ ...found, name: names[at], style: runStyle(state.runs[at].color, theme()) }];
    });
  }

  async function show() {
    const runs = shownRuns();
    const { low, high, count, objective } = answer.search;
    dialog.querySelector(".tuning-message").textContent = "";
    dialog.querySelector(".tuning-table").replaceChildren(createTable(runs));
    dialog.querySelector(".tuning-doubts").replaceChildren(...createDoubts(runs));
    dialog.querySelector(".tuning-objective").textContent =
      objective === "held_loss" ? t("tuning.objective.held_loss.help") : "";
    dialog.querySelector(".tuning-terms").textContent = t("tuning.terms", {
      rates: t("tuning.rates", { count }),
      gradients: t("tuning.gradients", { count: answer.gradient_evaluations }),
      low: quantity(low),
      high: quantity(high),
      start: place(answer.start),
    });
    await drawChart(dialog.querySelector(".plot"), runs, answer, {
      theme: theme(),
      scale: store.get().scale,
    });
    dialog.dataset.objective = objective;
  }

  function build() {
    dialog.setAttribute("aria-label", t("tuning.title"));
    dialog.replaceChildren(
      h(
        "div",
        { class: "card-head" },
        h("h2", {}, t("tuning.title")),
        h(
          "label",
          {},
          `${t("tuning.objective")} `,
          h(
            "select",
            {
              id: "objective",
              onchange: (event) => {
                search.objective = event.target.value;
                askAnew();
              },
            },
            OBJECTIVES.map((name) =>
              h(
                "option",
                { value: name, selected: name === search.objective },
                t(`tuning.objective.${name}`),
              ),
            ),
          ),
        ),
        iconButton("close", t("tuning.restore"), () => close(false)),
      ),
      h("p", { class: "tuning-message", role: "alert" }),
      h("div", { class: "tuning-plot" }, h("div", { class: "plot" })),
      h("div", { class: "table tuning-table" }),
      h("ul", { class: "tuning-doubts", role: "status" }),
      h("p", { class: "hint tuning-objective" }),
      h("p", { class: "tuning-terms" }),
      h("p", { class: "hint" }, t("tuning.honest")),
      h(
        "div",
        { class: "tuning-actions" },
        h(
          "button",
          { type: "button", class: "text-button", id: "untune", onclick: () => close(false) },
          t("tuning.restore"),
        ),
        h(
          "button",
          { type: "button", class: "text-button primary", onclick: () => close(true) },
          t("tuning.keep"),
        ),
      ),
    );
  }

  // Escape, however the browser closes by it, is no way of keeping.
  dialog.addEventListener("close", () => {
    if (!dialog.open) close(false);
  });
  document.addEventListener("keydown", (event) => {
    const { target, code, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (code !== "KeyZ" || !(ctrlKey || metaKey) || shiftKey || altKey) return;
    // In a field the keys undo what was typed.
    if (target.matches?.("input[type=text], input[type=number], textarea") || before !== null)
      return;
    if (!isUndoable(store.get())) return;
    event.preventDefault();
    undo();
  });

  return {
    isTuned,
    isUndoable,
    undo,
    // "opening" where the defaults are tuned, "all" where all runs that take part and have a rate
    // to tune are tuned from one start, else "some" or "none".
    summary(state) {
      if (isTunedOpening(catalog, state)) return "opening";
      const runs = state.runs.filter((run) => run.enabled && optimizerOf(catalog, run).tunable);
      if (!runs.some((run) => isTuned(state, run))) return "none";
      return state.starts.some((start) => runs.every((run) => isTunedFrom(state, run, start)))
        ? "all"
        : "some";
    },
    open() {
      before = store.get().runs;
      answer = null;
      build();
      delete dialog.dataset.objective;
      dialog.showModal();
      askAnew();
    },
  };
}
