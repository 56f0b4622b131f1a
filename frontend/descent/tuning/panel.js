// The dialog of the search for rates: built once, it shows what was found for the state's objective.

import { isPassing } from "../../api/api.js";
import { runStyle } from "../../charts/palette.js";
import { h, iconButton } from "../../core/dom.js";
import { isWaiting } from "../../core/resources.js";
import { place, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { explain } from "../../shell/notices.js";
import { CURVES, clearChart, drawChart } from "./chart.js";
import { createDoubts, createTable } from "./table.js";

/**
 * @typedef {import("./types.js").Found} Found
 * @typedef {import("./types.js").Objective} Objective
 *
 * @typedef {object} Props
 * @property {string} objective
 * @property {Found | null} found
 * @property {boolean} isIdle There is nothing to search with no run switched on.
 * @property {boolean} isAwaited
 * @property {unknown} error
 * @property {string[]} names
 * @property {import("./types.js").Run[]} runs
 * @property {import("./types.js").State["scale"]} scale
 * @property {import("../../charts/palette.js").Theme} theme
 * @property {string | null} language
 */

export const OBJECTIVES = /** @type {Objective[]} */ (Object.keys(CURVES));

// Runs of the answer as the page names and colours them now.
/** @param {Found} found @param {Props} props @returns {import("./types.js").FoundRun[]} */
const runsOf = (found, { runs, names, theme }) =>
  found.runs.flatMap((one, index) => {
    const at = runs.findIndex(({ key }) => key === found.keys[index]);
    return at < 0 ? [] : [{ ...one, name: names[at], style: runStyle(runs[at].color, theme) }];
  });

/** @param {Found} found */
const termsOf = ({ search, start, gradient_evaluations: gradients }) =>
  t("tuning.terms", {
    rates: t("tuning.rates", { count: search.count }),
    gradients: t("tuning.gradients", { count: gradients }),
    low: quantity(search.low),
    high: quantity(search.high),
    start: place(start),
  });

/**
 * @param {object} page
 * @param {import("./types.js").Catalog} page.catalog
 * @param {HTMLDialogElement} page.dialog
 * @param {import("../panels/types.js").Selectors} page.selectors
 * @param {{ choose(objective: string): void, close(isKept: boolean): void }} page.on Told the reader's
 *   choices.
 * @returns {import("../panels/types.js").Panel<Props>}
 */
export function createTuningPanel({ catalog, dialog, selectors, on }) {
  const plot = h("div", { class: "plot" });
  /** @type {Parts | null} */
  let parts = null;
  /** @type {string | null} */
  let language = null;

  const option = (/** @type {Objective} */ name) =>
    h("option", { value: name }, t(`tuning.objective.${name}`));

  function build() {
    const choose = () => on.choose(objective.value);
    /** @param {string} label @param {import("../../core/dom.js").Properties} more */
    const button = (label, more) => h("button", { type: "button", ...more }, t(label));
    const objective = h("select", { id: "objective", onchange: choose }, OBJECTIVES.map(option));
    const built = {
      objective,
      /** What is shown. @type {Found | null | undefined} */
      found: undefined,
      message: h("p", { class: "tuning-message", role: "alert" }),
      table: h("div", { class: "table tuning-table" }),
      doubts: h("ul", { class: "tuning-doubts", role: "status" }),
      meaning: h("p", { class: "hint tuning-objective" }),
      terms: h("p", { class: "tuning-terms" }),
      keep: button("tuning.keep", {
        class: "text-button primary",
        onclick: () => on.close(true),
      }),
    };
    dialog.setAttribute("aria-label", t("tuning.title"));
    dialog.replaceChildren(
      h(
        "div",
        { class: "card-head" },
        h("h2", {}, t("tuning.title")),
        h("label", {}, `${t("tuning.objective")} `, objective),
        iconButton("close", t("tuning.restore"), () => on.close(false)),
      ),
      built.message,
      h("div", { class: "tuning-plot" }, plot),
      built.table,
      built.doubts,
      built.meaning,
      built.terms,
      h("p", { class: "hint" }, t("tuning.honest")),
      h(
        "div",
        { class: "tuning-actions" },
        button("tuning.restore", {
          class: "text-button",
          id: "untune",
          onclick: () => on.close(false),
        }),
        built.keep,
      ),
    );
    return built;
  }

  /** @typedef {ReturnType<typeof build>} Parts */

  // Over the page behind nothing could be read.
  /** @param {Parts} parts @param {unknown} error */
  function tell({ message }, error) {
    message.textContent = error ? explain(error, catalog.limits) : "";
    message.classList.toggle("calm", Boolean(error) && isPassing(error));
  }

  /** @param {Parts} parts */
  function showNothing(parts) {
    delete dialog.dataset.objective;
    parts.table.replaceChildren();
    parts.doubts.replaceChildren();
    parts.meaning.textContent = "";
    parts.terms.textContent = "";
    clearChart(plot);
  }

  /** @param {Parts} parts @param {Found} found @param {Props} props */
  function showFound(parts, found, props) {
    const runs = runsOf(found, props);
    parts.table.replaceChildren(createTable(runs));
    parts.doubts.replaceChildren(...createDoubts(runs));
    parts.meaning.textContent =
      found.search.objective === "held_loss" ? t("tuning.objective.held_loss.help") : "";
    parts.terms.textContent = termsOf(found);
    drawChart(plot, runs, found, props);
    dialog.dataset.objective = found.search.objective;
  }

  /** @param {Props} props */
  function show(props) {
    if (parts === null || props.language !== language) parts = build();
    ({ language } = props);
    parts.objective.value = props.objective;
    parts.keep.disabled = props.found === null && !props.isIdle;
    dialog.classList.toggle("waiting-paths", props.isAwaited);
    tell(parts, props.error);
    if (!dialog.open) dialog.showModal();
    if (parts.found !== props.found) showNothing(parts);
    parts.found = props.found;
    if (props.found) showFound(parts, props.found, props);
  }

  // Escape, however the browser closes by it, is no way of keeping.
  dialog.addEventListener("close", () => on.close(false));

  return {
    select(model) {
      const { state, answers, theme } = model;
      if (state.tuning === null) return null;
      const { status, value, error } = answers.search;
      return {
        objective: state.tuning.objective,
        found: status === "ready" ? value : null,
        // There is nothing to search with no run switched on.
        isIdle: status === "nothing",
        isAwaited: status === "asking" || status === "waiting",
        error: status === "refused" || (state.late && isWaiting(answers.search)) ? error : null,
        names: selectors.of.names(state),
        runs: state.runs,
        scale: state.scale,
        theme,
        language: state.language,
      };
    },
    show,
    hide() {
      if (parts) {
        parts.found = null;
        showNothing(parts);
      }
      if (dialog.open) dialog.close();
    },
  };
}
