// What all surfaces come to together: shares, scores, the two charts, and whether tuning is worth it.

import { swatch } from "../charts/swatch.js";
import { h } from "../core/dom.js";
import { hundredths, percent } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { columnsOf, ofKind } from "./names.js";
import { createStaircases } from "./staircases.js";
import { SORTS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */
/** @typedef {import("./names.js").Column} Column */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

/** Ratios to the best that the chart shows. */
const RATIOS = 64;

/**
 * @param {HTMLElement} section
 * @param {{ catalog: import("../api/answers.js").Catalog,
 *   store: import("../core/store.js").Store<State> }} options
 * @returns {import("../core/panels.js").Panel<Model, any>}
 */
export function createStandings(section, { catalog, store }) {
  const profile = createStaircases("profile");
  const ecdf = createStaircases("ecdf");
  const numbers = h("section", { class: "card table standings-table" });
  section.replaceChildren(numbers, profile.element, ecdf.element);

  /** @type {["solved" | "score" | "area", (value: number) => string][]} */
  const NUMBERS = [
    ["solved", percent],
    ["score", hundredths],
    ["area", hundredths],
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

  /** @param {Column[]} columns @param {State["sort"]} sort */
  function rows(columns, sort) {
    const firsts = ofKind(columns, false);
    const ordered = sort
      ? firsts.toSorted((one, other) => other.standing[sort] - one.standing[sort])
      : firsts;
    return ordered.map((one) =>
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
        best: hundredths(told.best_at_defaults),
        low: hundredths(Math.min(...told.tuned)),
        high: hundredths(Math.max(...told.tuned)),
        beaten,
        count: told.tuned.length,
      })}</p>`;
  }

  /** @param {Scoreboard["tuning"]} tuning @param {Scoreboard} answer */
  const taken = (tuning, { surfaces }) =>
    tuning === null
      ? nothing
      : html`<p class="hint">${t("scoreboard.tuning", {
          rates: tuning.rates,
          starts: tuning.starts,
          all: surfaces[0].starts.length,
          gradients: tuning.gradients,
        })}</p>`;

  /** @param {State["sort"]} name @param {State["sort"]} sort */
  const head = (
    name,
    sort,
  ) => html`<th scope="col" aria-sort=${name === sort ? "descending" : "none"}
      ><button type="button" class="sort" title=${t(`scoreboard.${name}_help`)} data-sort=${name}
      @click=${() => store.update({ sort: name === sort ? null : name })}>${t(`scoreboard.${name}`)}</button></th>`;

  /** @param {Scoreboard} answer @param {Column[]} columns @param {State["sort"]} sort */
  const table = (answer, columns, sort) => html`<table>
      <caption class="for-screen-readers">${t("scoreboard.together")}</caption>
      <thead><tr><th scope="col">${t("scoreboard.together")}</th>
        ${SORTS.map((name) => head(name, sort))}</tr></thead>
      <tbody>${rows(columns, sort)}</tbody></table>
    ${verdict(answer)}${taken(answer.tuning, answer)}`;

  return {
    select: ({ state, last, question, theme }) =>
      last && {
        ...{ last, isOld: last.question !== question, theme, sort: state.sort },
        ...{ language: state.language, large: state.large },
      },
    show({ last: { answer, runs }, isOld, theme, sort }) {
      section.hidden = false;
      section.toggleAttribute("data-old", isOld);
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
      render(table(answer, columns, sort), numbers);
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
