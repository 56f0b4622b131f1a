// What all surfaces come to together: shares, scores, the two charts, and whether tuning is worth it.

import { swatch } from "../charts/swatch.js";
import { h } from "../core/dom.js";
import { percent, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { columnsOf, ofKind } from "./names.js";
import { createStaircases } from "./staircases.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */
/** @typedef {import("./names.js").Column} Column */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

/** Ratios to the best that the chart shows. */
const RATIOS = 64;

/**
 * @param {HTMLElement} section
 * @param {{ catalog: import("../api/answers.js").Catalog }} options
 * @returns {import("../core/panels.js").Panel<Model, any>}
 */
export function createStandings(section, { catalog }) {
  const profile = createStaircases("profile");
  const ecdf = createStaircases("ecdf");
  const numbers = h("section", { class: "card table standings-table" });
  section.replaceChildren(numbers, profile.element, ecdf.element);

  /** @type {["solved" | "score" | "area", (value: number) => string][]} */
  const NUMBERS = [
    ["solved", percent],
    ["score", (value) => quantity(value, 2)],
    ["area", (value) => quantity(value, 2)],
  ];

  // Where both are compared: at the default, and what tuning makes of it.
  /** @param {Column} column @param {Column} [best] */
  const row = ({ name, style, standing }, best) => html`<tr>
    <th scope="row">${guard([style.color, style.shape], () => swatch({ ...style, dash: [] }, { compact: true }))}
      ${name}</th>
    ${NUMBERS.map(
      ([key, write]) =>
        html`<td>${write(standing[key])}${best ? html` <span class="arrow">→</span> ${write(best.standing[key])}` : nothing}</td>`,
    )}</tr>`;

  /** @param {Column[]} columns */
  function rows(columns) {
    const firsts = ofKind(columns, false);
    return firsts.map((one) =>
      row(
        one,
        columns.find(
          (other) =>
            other.standing.run === one.standing.run && other.standing.tuned && other !== one,
        ),
      ),
    );
  }

  /** @param {Scoreboard} answer */
  function verdict({ defaults_or_tuning: told }) {
    if (told === null) return nothing;
    const beaten = told.tuned.filter((one) => one < told.best_at_defaults).length;
    return html`<p class="hint">${t("scoreboard.dashed")}</p>
      <p class="verdict">${t("scoreboard.verdict", {
        best: quantity(told.best_at_defaults, 2),
        low: quantity(Math.min(...told.tuned), 2),
        high: quantity(Math.max(...told.tuned), 2),
        beaten,
        count: told.tuned.length,
      })}</p>`;
  }

  /** @param {Scoreboard} answer @param {Column[]} columns */
  const table = (answer, columns) => html`<table>
      <caption class="for-screen-readers">${t("scoreboard.together")}</caption>
      <thead><tr><th scope="col">${t("scoreboard.together")}</th>
        <th scope="col" title=${t("scoreboard.solved_help")}>${t("scoreboard.solved")}</th>
        <th scope="col" title=${t("scoreboard.score_help")}>${t("scoreboard.score")}</th>
        <th scope="col" title=${t("scoreboard.area_help")}>${t("scoreboard.area")}</th></tr></thead>
      <tbody>${rows(columns)}</tbody></table>
    ${verdict(answer)}`;

  return {
    select({ state, answers, theme }) {
      const known = answers.scoreboard.value;
      return known?.answer
        ? {
            ...{ answer: known.answer, runs: known.runs, theme },
            ...{ language: state.language, large: state.large },
          }
        : null;
    },
    show({ answer, runs, theme }) {
      section.hidden = false;
      section.setAttribute("aria-label", t("scoreboard.together"));
      const columns = columnsOf(answer, runs, catalog, theme);
      const areBoth = answer.defaults_or_tuning !== null;
      /** @param {"profile" | "ecdf"} kind */
      const lines = (kind) =>
        columns.map(({ name, style, standing }) => ({
          name: areBoth && standing.tuned ? `${name}, ${t("scoreboard.is_tuned")}` : name,
          style,
          stairs: standing[kind],
        }));
      render(table(answer, columns), numbers);
      profile.show({
        title: t("scoreboard.profile"),
        help: t("scoreboard.profile_help"),
        xTitle: t("scoreboard.ratio"),
        most: RATIOS,
        mark: answer.score_up_to,
        heard: [1, 2, 4, 16, RATIOS],
        lines: lines("profile"),
      });
      ecdf.show({
        title: t("scoreboard.ecdf"),
        help: t("scoreboard.ecdf_help"),
        xTitle: t("scoreboard.gradients"),
        most: answer.steps,
        mark: null,
        heard: [10, 100, answer.steps],
        lines: lines("ecdf"),
      });
    },
    hide() {
      section.hidden = true;
    },
  };
}
