// Who takes part: a row a run, with its sign, whether it runs, and the way to its numbers.

import { runStyle } from "../../charts/palette.js";
import { swatch } from "../../charts/swatch.js";
import { h, iconButton } from "../../core/dom.js";
import { conventionName } from "../../i18n/conventions.js";
import { localize, t } from "../../i18n/i18n.js";
import { runNames } from "../names.js";
import { changeRun, freeColor, newRun, optimizerOf } from "../state.js";

const KINDS = ["lecture", "framework", "reference"];
const CONVENTIONS = ["lecture", "pytorch", "keras", "optax"];

// `tuning` knows which runs are tuned, and tunes them all.
export function createRuns(section, catalog, store, theme, tuning) {
  const most = catalog.limits.runs;

  function add(run) {
    store.update((state) => {
      if (state.runs.length >= most) return {};
      const added = { ...run, color: freeColor(state.runs) };
      return { runs: [...state.runs, added], selectedRun: added.key };
    });
  }

  function remove(key) {
    store.update((state) => {
      if (state.runs.length === 1) return {};
      const runs = state.runs.filter((run) => run.key !== key);
      const selectedRun = state.selectedRun === key ? runs[0].key : state.selectedRun;
      return { runs, selectedRun };
    });
  }

  function row(state, run, name) {
    const selected = run.key === state.selectedRun;
    return h(
      "li",
      {
        class: `run${selected ? " selected" : ""}${run.enabled ? "" : " off"}`,
        dataset: { run: run.key, optimizer: run.optimizer },
      },
      h("input", {
        type: "checkbox",
        ...(run.enabled ? { checked: true } : {}),
        "aria-label": t("runs.enabled", { name }),
        onchange: (event) =>
          store.update((now) => changeRun(now, run.key, { enabled: event.target.checked })),
      }),
      h(
        "button",
        {
          type: "button",
          class: "run-name",
          "aria-pressed": String(selected),
          onclick: () => store.update({ selectedRun: run.key }),
        },
        swatch(runStyle(run.color, theme())),
        h("span", { class: "run-title", title: name }, name),
        tuning.isTuned(state, run)
          ? h("span", { class: "tuned", title: t("tuning.mark.help") }, t("tuning.mark"))
          : null,
      ),
      iconButton(
        "copy",
        t("runs.duplicate", { name }),
        () => add({ ...run, key: newRun(optimizerOf(catalog, run)).key }),
        { class: "icon-button small" },
      ),
      iconButton("close", t("runs.remove", { name }), () => remove(run.key), {
        class: "icon-button small",
      }),
    );
  }

  function adder(state) {
    const select = h(
      "select",
      {
        class: "add-run",
        "aria-label": t("runs.add"),
        disabled: state.runs.length >= most,
        onchange: (event) => {
          const chosen = catalog.optimizers.find(({ id }) => id === event.target.value);
          if (chosen) add(newRun(chosen));
        },
      },
      h("option", { value: "" }, t("runs.add")),
      KINDS.map((kind) =>
        h(
          "optgroup",
          { label: t(`kind.${kind}`) },
          catalog.optimizers
            .filter((optimizer) => optimizer.kind === kind)
            .map((optimizer) => h("option", { value: optimizer.id }, localize(optimizer.title))),
        ),
      ),
    );
    return select;
  }

  function conventionForAll(state) {
    const [first] = state.runs;
    const shared =
      CONVENTIONS.includes(first.convention) &&
      state.runs.every((run) => run.convention === first.convention)
        ? first.convention
        : "";
    const changed = (run, convention) =>
      convention in optimizerOf(catalog, run).conventions ? { ...run, convention } : run;
    return h(
      "select",
      {
        class: "all-conventions",
        "aria-label": t("runs.convention"),
        title: t("runs.convention"),
        onchange: (event) =>
          store.update((now) => ({
            runs: now.runs.map((run) => changed(run, event.target.value)),
          })),
      },
      shared ? null : h("option", { value: "" }, t("runs.mixed")),
      CONVENTIONS.map((name) =>
        h("option", { value: name, selected: name === shared }, conventionName(name)),
      ),
    );
  }

  return {
    show(state) {
      const names = runNames(catalog, state);
      const focused = document.activeElement?.closest?.("[data-run]")?.dataset.run;
      section.replaceChildren(
        h(
          "div",
          { class: "card-head" },
          h("h2", {}, t("runs.title")),
          conventionForAll(state),
          adder(state),
        ),
        h(
          "ul",
          {},
          state.runs.map((run, index) => row(state, run, names[index])),
        ),
        h(
          "div",
          { class: "fairness" },
          h(
            "button",
            {
              type: "button",
              id: "tune",
              class: "text-button",
              title: t("tuning.button.help"),
              onclick: () => tuning.open(),
            },
            t("tuning.button"),
          ),
          h("span", { class: "hint" }, t(`tuning.state.${tuning.summary(state)}`)),
          tuning.isUndoable(state)
            ? h(
                "button",
                {
                  type: "button",
                  id: "undo-tuning",
                  class: "text-button",
                  title: t("tuning.undo.help"),
                  onclick: () => tuning.undo(),
                },
                t("tuning.undo"),
              )
            : null,
        ),
      );
      if (focused) section.querySelector(`[data-run="${focused}"] .run-name`)?.focus();
    },
  };
}
