// The selected run: its learning rate first, then its other numbers, whose form it is in, its rule,
// and how it is trained.

import { runStyle } from "../../charts/palette.js";
import { swatch } from "../../charts/swatch.js";
import { choice } from "../../forms/choice.js";
import { group } from "../../forms/group.js";
import { control } from "../../forms/parameter.js";
import { applies } from "../../forms/schema.js";
import { formula } from "../../forms/signs.js";
import { textInput } from "../../forms/text.js";
import { conventionName } from "../../i18n/conventions.js";
import { localize, t } from "../../i18n/i18n.js";
import { guard } from "../../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";
import { runNames } from "../names.js";
import { changeRun, defaultNumber, optimizerOf, rangeOf, selectedOf } from "../state.js";
import { OF_SURFACE, part, replaced } from "./fields.js";
import { placeOf, refusalOf } from "./refusals.js";
import { isTall, sourceOf } from "./surface.js";
import { createTraining } from "./training.js";

/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").State} State */

/**
 * @param {HTMLElement} section
 * @param {import("./types.js").Tools} tools
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>}
 */
export function createEditor(section, { catalog, store, pace }) {
  const fields = part([...OF_SURFACE, "rates", "runs", "selectedRun", "language"]);

  /** Changes a run as it is by then. @param {Run} run @param {string} name @param {(now: Run) => object} patch */
  const change = (run, name, patch) =>
    pace.change(`${run.key} ${name}`, (state) => {
      const now = state.runs.find((/** @type {Run} */ one) => one.key === run.key);
      return now ? changeRun(state, run.key, patch(now)) : {};
    });
  const training = createTraining(catalog, change);

  /** @param {State} state @param {Run} run @param {any} optimizer @param {(name: string) => string | null} wrong */
  const numbers = (state, run, optimizer, wrong) =>
    Object.entries(optimizer.parameters.properties)
      .filter(([name, schema]) => name !== "convention" && applies(schema, () => run.convention))
      .map(([name, schema]) =>
        control({
          name,
          schema,
          value: run.numbers[name] ?? defaultNumber(catalog, state, run, name),
          touched: name in run.numbers,
          range: rangeOf(catalog, state, name),
          error: wrong(name),
          identity: `${run.key} ${name}`,
          onInput: (value) =>
            change(run, name, (now) => ({ numbers: replaced(now.numbers, name, value) })),
          onReset: () =>
            change(run, name, (now) => ({ numbers: replaced(now.numbers, name, undefined) })),
        }),
      );

  /** @param {Run} run @param {any} optimizer */
  function convention(run, optimizer) {
    const names = Object.keys(optimizer.conventions);
    if (names.length === 1) return nothing;
    return choice({
      id: "convention",
      control: "convention",
      title: t("editor.convention"),
      value: run.convention,
      options: names.map((name) => ({ value: name, title: conventionName(name) })),
      onInput: (word) => store.update((state) => changeRun(state, run.key, { convention: word })),
    });
  }

  /** @param {Run} run @param {string} name */
  const label = (run, name) =>
    html`<div class="choice"><label for="label">${t("editor.label")}</label>${textInput({
      id: "label",
      kind: "label",
      maxlength: catalog.limits.label,
      value: run.label ?? "",
      placeholder: name,
      identity: `${run.key}`,
      onInput: (text) =>
        store.update((state) => changeRun(state, run.key, { label: text || null })),
    })}</div>`;

  /** The rule as the run has it: some switches change it. @param {Run} run @param {any} form */
  function ruleOf(run, form) {
    const on = Object.keys(form.switched).find((name) => run.numbers[name]);
    return on ? form.switched[on] : form;
  }

  /** @param {Run} run @param {any} form */
  const rule = (run, form) =>
    group({
      name: "rule",
      title: t("editor.rule"),
      isOpen: isTall("rule"),
      content: html`<div class="formula rule" tabindex="0" role="group" aria-label=${t("editor.rule")}>${formula(ruleOf(run, form).formula_mathml)}</div>
        <p class="note">${localize(form.note)}${
          form.parity
            ? html`<span class="parity"> ${t("editor.parity", { name: form.parity })}</span>`
            : nothing
        }</p>`,
    });

  /** @param {any} optimizer @param {any} form */
  const about = (optimizer, form) =>
    group({
      name: "about",
      title: t("editor.about"),
      content: html`<p class="summary">${localize(optimizer.summary)}</p>
        <p class="source">${t("source")}: ${sourceOf(form.source)}; ${sourceOf(optimizer.reference)}</p>`,
    });

  return {
    select: ({ state, answers, theme }) => ({
      state: fields(state),
      theme,
      refusal: refusalOf(answers),
    }),
    show({ state, theme, refusal }) {
      const run = selectedOf(state);
      const optimizer = optimizerOf(catalog, run);
      const form = optimizer.conventions[run.convention];
      const name = runNames(catalog, state)[state.runs.indexOf(run)];
      const place = placeOf(catalog, state, refusal);
      /** @param {string} one */
      const wrong = (one) => (place?.run === run.key && place?.name === one ? refusal.msg : null);
      render(
        html`<div class="card-head">${guard([run.color, theme], () => swatch(runStyle(run.color, theme), { compact: true }))}<h2>${name}</h2></div>
          ${numbers(state, run, optimizer, wrong)}
          ${convention(run, optimizer)}
          ${rule(run, form)}
          ${training(state, run)}
          ${about(optimizer, form)}
          ${label(run, name)}`,
        section,
      );
    },
  };
}
