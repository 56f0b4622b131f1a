// Who is compared: a row a run, and the numbers of the one that is open.

import { runStyle } from "../charts/palette.js";
import { swatch } from "../charts/swatch.js";
import { choice, list, toggle } from "../forms/choice.js";
import { control } from "../forms/parameter.js";
import { applies } from "../forms/schema.js";
import { conventionName } from "../i18n/conventions.js";
import { localize, t } from "../i18n/i18n.js";
import { newRun, optimizerOf, replaced } from "../runs/run.js";
import { leadOn } from "../shell/focus.js";
import { icon } from "../shell/icons.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { namesOf } from "./names.js";
import { chosenOf, steppingOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Run} Run */

const KINDS = ["lecture", "framework", "reference"];
const RATE = "learning_rate";

/** Of the run in that place. @param {number} at @returns {HTMLElement} */
const nameButton = (at) =>
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".compared-runs .run-name"))[
    at
  ];

/**
 * @param {object} options
 * @param {import("../api/answers.js").Catalog} options.catalog
 * @param {import("../core/store.js").Store<State>} options.store
 */
export function createRunsCard({ catalog, store }) {
  const { limits } = catalog;
  const optimizers = steppingOf(catalog.optimizers);

  /** @param {number} key @param {Partial<Run>} change */
  const put = (key, change) =>
    store.update(({ runs }) => ({
      runs: runs.map((run) => (run.key === key ? { ...run, ...change } : run)),
    }));

  /** @param {Run} run @param {string} name @param {unknown} value */
  const number = ({ key }, name, value) => {
    const now = store.get().runs.find((run) => run.key === key);
    if (now) put(key, { numbers: replaced(now.numbers, name, value) });
  };

  /** @param {Run} run @param {boolean} isOpen */
  const add = (run, isOpen) =>
    store.update(({ runs, edited }) =>
      runs.length < limits.runs ? { runs: [...runs, run], edited: isOpen ? run.key : edited } : {},
    );

  /** @param {number} key */
  const remove = (key) =>
    store.update(({ runs }) =>
      runs.length > 1 ? { runs: runs.filter((run) => run.key !== key), order: null } : {},
    );

  /** One's own rate begins at the default of the first surface; on a formula, which has none, at
   * that of the catalogue's. @param {Run} run */
  function firstRate({ optimizer }) {
    const { surfaces } = catalog;
    const [id] = chosenOf(store.get(), surfaces);
    return (surfaces.find((one) => one.id === id) ?? surfaces[0]).learning_rates[optimizer];
  }

  /** @param {Run} run */
  function rate(run) {
    const isOwn = RATE in run.numbers;
    return html`${toggle({
      id: "own-rate",
      title: t("scoreboard.own_rate"),
      hint: t("scoreboard.own_rate_help"),
      value: isOwn,
      onInput: (is) => number(run, RATE, is ? firstRate(run) : undefined),
    })}${isOwn ? slider(run, RATE) : nothing}`;
  }

  /** @param {Run} run @param {string} name */
  function slider(run, name) {
    const optimizer = optimizerOf(catalog, run);
    return control({
      name,
      schema: optimizer.parameters.properties[name],
      value: run.numbers[name] ?? optimizer.conventions[run.convention].defaults[name],
      touched: name in run.numbers,
      identity: `${run.key} ${name}`,
      onInput: (value) => number(run, name, value),
      onReset: () => number(run, name, undefined),
    });
  }

  /** @param {Run} run */
  function editor(run) {
    const { conventions, parameters } = optimizerOf(catalog, run);
    const names = Object.keys(conventions);
    const others = Object.entries(parameters.properties).filter(
      ([name, schema]) =>
        name !== "convention" && name !== RATE && applies(schema, () => run.convention),
    );
    return html`<div class="run-numbers">
      ${rate(run)}${others.map(([name]) => slider(run, name))}
      ${
        names.length > 1
          ? choice({
              id: "convention",
              title: t("editor.convention"),
              value: run.convention,
              options: names.map((value) => ({ value, title: conventionName(value) })),
              onInput: (convention) => put(run.key, { convention }),
            })
          : nothing
      }
      <button type="button" class="text-button" id="run-again" ?disabled=${store.get().runs.length >= limits.runs}
        @click=${(/** @type {Event} */ { currentTarget }) =>
          leadOn(
            currentTarget,
            () => add({ ...run, key: newRun(optimizerOf(catalog, run)).key }, true),
            () => nameButton(store.get().runs.length - 1),
          )}
      >${t("scoreboard.run_again")}</button></div>`;
  }

  /** @param {{ state: State, theme: "light" | "dark" }} props */
  return function card({ state, theme }) {
    const { runs, edited } = state;
    const names = namesOf(catalog, runs);
    /** @param {Run} run @param {number} at */
    const row = (run, at) => {
      const isOpen = run.key === edited;
      return html`<li data-optimizer=${run.optimizer}>
        <div class="compared-run">
          <button type="button" class="run-name" aria-expanded=${String(isOpen)}
            title=${t("scoreboard.run_numbers", { name: names[at] })}
            @click=${() => store.update({ edited: isOpen ? null : run.key })}>${guard(
              [at, theme],
              () => swatch(runStyle(at, theme), { compact: true }),
            )}<span class="run-title">${names[at]}</span></button>
          <button type="button" class="icon-button small remove" title=${t("runs.remove", { name: names[at] })}
            aria-label=${t("runs.remove", { name: names[at] })} ?disabled=${runs.length === 1}
            @click=${(/** @type {Event} */ { currentTarget }) =>
              leadOn(
                currentTarget,
                () => remove(run.key),
                () => nameButton(Math.min(at, store.get().runs.length - 1)),
              )}>${icon("close")}</button>
        </div>${isOpen ? editor(run) : nothing}</li>`;
    };
    return html`<section class="card">
      <div class="card-head"><h2>${t("scoreboard.runs")}</h2>${list({
        id: "add-run",
        kind: "add-run",
        label: t("runs.add"),
        value: "",
        disabled: runs.length >= limits.runs,
        options: [
          { value: "", title: t("runs.add") },
          ...KINDS.map((kind) => ({
            label: t(`kind.${kind}`),
            options: optimizers
              .filter((one) => one.kind === kind)
              .map(({ id, title }) => ({ value: id, title: localize(title) })),
          })),
        ],
        onInput(id) {
          const entry = optimizers.find((one) => one.id === id);
          if (entry) add(newRun(entry), false);
        },
      })}</div>
      <ul class="compared-runs">${repeat(runs, ({ key }) => key, row)}</ul></section>`;
  };
}
