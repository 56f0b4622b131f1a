// Who takes part: a row a run, with its sign, whether it runs, its learning rate, and the way to all
// its numbers.

import { runStyle } from "../../charts/palette.js";
import { swatch } from "../../charts/swatch.js";
import { list } from "../../forms/choice.js";
import { numberInput } from "../../forms/number.js";
import { conventionName } from "../../i18n/conventions.js";
import { localize, t } from "../../i18n/i18n.js";
import { icon } from "../../shell/icons.js";
import { guard } from "../../vendor/lit-html/directives/guard.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";
import { runNames } from "../names.js";
import { changeRun, defaultNumber, freeColor, newRun, optimizerOf } from "../state.js";
import { OF_SURFACE, part } from "./fields.js";
import { placeOf, refusalOf } from "./refusals.js";
import { createRowFocus, removedByKey } from "./rows.js";

const KINDS = ["lecture", "framework", "reference"];
const CONVENTIONS = ["lecture", "pytorch", "keras", "optax"];

/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").State} State */

/** @param {Run[]} runs */
function sharedConvention(runs) {
  const [first] = runs;
  const isShared = runs.every(({ convention }) => convention === first.convention);
  return isShared && CONVENTIONS.includes(first.convention) ? first.convention : "";
}

/** @param {any} catalog */
const optimizersIn = (catalog) =>
  KINDS.map((kind) => ({
    label: t(`kind.${kind}`),
    options: catalog.optimizers
      .filter((/** @type {any} */ one) => one.kind === kind)
      .map((/** @type {any} */ { id, title }) => ({ value: id, title: localize(title) })),
  }));

/** What changes which runs there are. @param {import("./types.js").Tools} tools */
function createChanges({ catalog, store }) {
  /** @param {Run} run */
  const add = (run) =>
    store.update((state) => {
      if (state.runs.length >= catalog.limits.runs) return {};
      const added = { ...run, color: freeColor(state.runs) };
      return { runs: [...state.runs, added], selectedRun: added.key };
    });
  return {
    /** @param {string} id */
    add(id) {
      const chosen = catalog.optimizers.find((/** @type {any} */ one) => one.id === id);
      if (chosen) add(newRun(chosen));
    },
    /** @param {Run} run */
    duplicate: (run) => add({ ...run, key: newRun(optimizerOf(catalog, run)).key }),
    /** @param {number} key */
    remove: (key) =>
      store.update((state) => {
        if (state.runs.length === 1) return {};
        const runs = state.runs.filter((/** @type {Run} */ run) => run.key !== key);
        return { runs, selectedRun: state.selectedRun === key ? runs[0].key : state.selectedRun };
      }),
    /** @param {string} convention */
    writeAllAs: (convention) =>
      store.update((state) => ({
        runs: state.runs.map((/** @type {Run} */ run) =>
          convention in optimizerOf(catalog, run).conventions ? { ...run, convention } : run,
        ),
      })),
  };
}

/**
 * @param {HTMLElement} section
 * @param {import("./types.js").Tools} tools
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>}
 */
export function createRuns(section, tools) {
  const { catalog, store, pace, actions } = tools;
  const changes = createChanges(tools);
  const focus = createRowFocus(section, ".run-name");
  const fields = part([
    ...OF_SURFACE,
    "rates",
    "runs",
    "selectedRun",
    "starts",
    "steps",
    "seed",
    "language",
  ]);

  /** @param {State} state @param {Run} run @param {string} name @param {string | null} error */
  function rate(state, run, name, error) {
    const schema = optimizerOf(catalog, run).parameters.properties.learning_rate;
    return numberInput({
      id: `rate-${run.key}`,
      kind: "rate",
      digits: 3,
      label: t("runs.rate", { name }),
      hint: t("runs.rate", { name }),
      schema,
      value: run.numbers.learning_rate ?? defaultNumber(catalog, state, run, "learning_rate"),
      touched: "learning_rate" in run.numbers,
      error,
      onInput: (value) =>
        pace.change(`${run.key} learning_rate`, (now) => {
          const { numbers } = now.runs.find((/** @type {Run} */ one) => one.key === run.key) ?? run;
          return changeRun(now, run.key, { numbers: { ...numbers, learning_rate: value } });
        }),
    });
  }

  /** @param {import("../../core/dom.js").IconName} name @param {string} label @param {() => void} work
   * @param {boolean} [disabled] */
  const button = (name, label, work, disabled = false) =>
    html`<button type="button" class="icon-button small" title=${label} aria-label=${label}
      ?disabled=${disabled} @click=${work}>${icon(name)}</button>`;

  /** @param {any} props @param {Run} run @param {number} index */
  function row({ state, theme, names, tuned, place, refusal }, run, index) {
    const isSelected = run.key === state.selectedRun;
    const name = names[index];
    const error = place?.run === run.key && place.name === "learning_rate" ? refusal.msg : null;
    const remove = () => {
      focus.leaving(index);
      changes.remove(run.key);
    };
    return html`<li class=${`run${isSelected ? " selected" : ""}${run.enabled ? "" : " off"}`}
      data-run=${run.key} data-optimizer=${run.optimizer} @keydown=${removedByKey(remove)}>
      <label class="box"><input type="checkbox" aria-label=${t("runs.enabled", { name })} .checked=${live(run.enabled)}
        @change=${(/** @type {Event} */ { target }) =>
          store.update((now) =>
            changeRun(now, run.key, { enabled: /** @type {HTMLInputElement} */ (target).checked }),
          )}></label>
      <button type="button" class="run-name" aria-pressed=${String(isSelected)}
        @click=${() => store.update({ selectedRun: run.key })}>${guard([run.color, theme], () =>
          swatch(runStyle(run.color, theme), { compact: true }),
        )}<span class="run-title">${name}</span>${
          tuned[index]
            ? html`<span class="tuned" title=${t("tuning.mark.help")}>${t("tuning.mark")}</span>`
            : nothing
        }</button>
      <span class="rate-of"><span class="axis" aria-hidden="true">α</span>${rate(state, run, name, error)}</span>
      ${button("copy", t("runs.duplicate", { name }), () => changes.duplicate(run))}
      ${button("close", t("runs.remove", { name }), remove, state.runs.length === 1)}
    </li>`;
  }

  /** @param {State} state */
  function head(state) {
    return html`<div class="card-head">
      <h2>${t("runs.title")}</h2>
      ${list({
        kind: "add-run",
        label: t("runs.add"),
        value: "",
        disabled: state.runs.length >= catalog.limits.runs,
        options: [{ value: "", title: t("runs.add") }, ...optimizersIn(catalog)],
        onInput: changes.add,
      })}
    </div>`;
  }

  /** @param {State} state */
  function conventions(state) {
    const shared = sharedConvention(state.runs);
    return html`<div class="choice"><label for="all-conventions">${t("runs.convention")}</label>${list(
      {
        id: "all-conventions",
        kind: "all-conventions",
        value: shared,
        options: [
          ...(shared ? [] : [{ value: "", title: t("runs.mixed") }]),
          ...CONVENTIONS.map((name) => ({ value: name, title: conventionName(name) })),
        ],
        onInput: (name) => name && changes.writeAllAs(name),
      },
    )}</div>`;
  }

  /** @param {string} summary @param {boolean} isUndoable */
  const fairness = (summary, isUndoable) =>
    html`<div class="fairness">
      <button type="button" id="tune" class="text-button" title=${t("tuning.button.help")}
        @click=${actions.tuning.open}>${t("tuning.button")}</button>
      <span class="hint">${t(`tuning.state.${summary}`)}</span>
      ${
        isUndoable
          ? html`<button type="button" id="undo-tuning" class="text-button" title=${t("tuning.undo.help")}
              @click=${actions.tuning.undo}>${t("tuning.undo")}</button>`
          : nothing
      }
    </div>`;

  return {
    select: ({ state, answers, theme, tuning }) => ({
      state: fields(state),
      theme,
      refusal: refusalOf(answers),
      tuning,
      // What is tuned, and what can be undone, may change with the runs alone.
      summary: tuning.summary(state),
      isUndoable: tuning.isUndoable(state),
    }),
    show({ state, theme, refusal, tuning, summary, isUndoable }) {
      const props = {
        state,
        theme,
        refusal,
        names: runNames(catalog, state),
        tuned: state.runs.map((/** @type {Run} */ run) => tuning.isTuned(store.get(), run)),
        place: placeOf(catalog, state, refusal),
      };
      render(
        html`${head(state)}
          <ul>${repeat(
            state.runs,
            (/** @type {Run} */ run) => run.key,
            (run, index) => row(props, run, index),
          )}</ul>
          ${conventions(state)}${fairness(summary, isUndoable)}`,
        section,
      );
      focus.shown();
    },
  };
}
