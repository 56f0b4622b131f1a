// The selected run: its update rule as its convention writes it, beside its sliders.

import { h, math } from "../../core/dom.js";
import { parameterControl } from "../../forms/parameter.js";
import { conventionName } from "../../i18n/conventions.js";
import { localize, t } from "../../i18n/i18n.js";
import { runNames } from "../names.js";
import { changeRun, defaultNumber, optimizerOf, rangeOf, selectedOf } from "../state.js";
import { createTraining } from "./training.js";

export function createEditor(section, catalog, store) {
  let shown = null;
  let controls = {};
  const training = createTraining(catalog, store);
  const keyOf = (state, run) =>
    `${run.key} ${run.convention} ${run.label} ${training.keyOf(state, run)}`;

  const touch = (key, name, value) =>
    store.update((state) => {
      const run = state.runs.find((one) => one.key === key);
      return changeRun(state, key, { numbers: { ...run.numbers, [name]: value } });
    });
  const reset = (key, name) =>
    store.update((state) => {
      const { [name]: _, ...numbers } = state.runs.find((one) => one.key === key).numbers;
      return changeRun(state, key, { numbers });
    });

  const nameOf = (state, run) => runNames(catalog, state)[state.runs.indexOf(run)];

  function conventionPicker(run, optimizer) {
    if (Object.keys(optimizer.conventions).length === 1) return null;
    return h(
      "label",
      { class: "convention" },
      `${t("editor.convention")} `,
      h(
        "select",
        {
          dataset: { control: "convention" },
          onchange: (event) =>
            store.update((state) => changeRun(state, run.key, { convention: event.target.value })),
        },
        Object.keys(optimizer.conventions).map((name) =>
          h("option", { value: name, selected: name === run.convention }, conventionName(name)),
        ),
      ),
    );
  }

  function build(state, run) {
    const optimizer = optimizerOf(catalog, run);
    const form = optimizer.conventions[run.convention];
    const numbers = Object.entries(optimizer.parameters.properties).filter(
      ([name]) => name !== "convention",
    );
    controls = Object.fromEntries(
      numbers.map(([name, schema]) => [
        name,
        parameterControl({
          name,
          schema,
          value: run.numbers[name] ?? defaultNumber(catalog, state, run, name),
          touched: name in run.numbers,
          range: () => rangeOf(catalog, store.get(), name),
          onInput: (value) => touch(run.key, name, value),
          onReset: () => reset(run.key, name),
        }),
      ]),
    );
    const label = h("input", {
      type: "text",
      class: "label",
      maxlength: catalog.limits.label,
      value: run.label ?? "",
      placeholder: nameOf(state, run),
      "aria-label": t("editor.label"),
      onchange: (event) =>
        store.update((now) =>
          changeRun(now, run.key, { label: event.target.value.trim() || null }),
        ),
    });
    const link = ({ citation, url }) =>
      url ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, citation) : citation;
    section.replaceChildren(
      h("div", { class: "card-head" }, label, conventionPicker(run, optimizer)),
      h(
        "div",
        { class: "formula rule", tabindex: 0, role: "group", "aria-label": t("editor.rule") },
        math(form.formula_mathml),
      ),
      h(
        "p",
        { class: "note" },
        localize(form.note),
        form.parity
          ? h("span", { class: "parity" }, ` ${t("editor.parity", { name: form.parity })}`)
          : null,
      ),
      ...Object.values(controls).map(({ element }) => element),
      ...training.build(state, run).filter(Boolean),
      h("p", { class: "summary" }, localize(optimizer.summary)),
      h(
        "p",
        { class: "source" },
        `${t("source")}: `,
        link(form.source),
        "; ",
        link(optimizer.reference),
      ),
    );
  }

  return {
    rebuild(state) {
      const run = selectedOf(state);
      shown = keyOf(state, run);
      build(state, run);
    },
    show(state) {
      const run = selectedOf(state);
      if (shown !== keyOf(state, run)) this.rebuild(state);
      for (const [name, control] of Object.entries(controls)) {
        control.set(
          run.numbers[name] ?? defaultNumber(catalog, state, run, name),
          name in run.numbers,
        );
      }
      training.show(state, run, section);
      // Without a name of its own it is called by what differs, which may just have changed.
      section.querySelector(".label").placeholder = nameOf(state, run);
    },
    tell(name, refusal) {
      controls[name]?.tell(refusal.msg);
      return name in controls;
    },
  };
}
