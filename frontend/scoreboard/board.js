// A cell for each surface and run: from how many starts it arrived, how soon, and the way to the race.

import { at } from "../api/root.js";
import { swatch } from "../charts/swatch.js";
import { integer, percent, quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { inLooks } from "../shell/navigation.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { columnsOf, ofKind } from "./names.js";
import { SHOWN } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */
/** @typedef {import("./names.js").Column} Column */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

/**
 * @param {HTMLElement} section
 * @param {object} options
 * @param {import("../api/answers.js").Catalog} options.catalog
 * @param {import("../core/store.js").Store<State>} options.store
 * @returns {import("../core/panels.js").Panel<Model, any>}
 */
export function createBoard(section, { catalog, store }) {
  const titles = new Map(catalog.surfaces.map(({ id, title }) => [id, title]));

  /** @param {Scoreboard["surfaces"][number]} row @param {Column} column */
  function cell({ surface, starts, cells }, { name, index, standing }) {
    const { solved, median, learning_rate: rate, address } = cells[index];
    const words = t("scoreboard.cell", {
      run: name,
      surface: localize(titles.get(surface.id)),
      solved: Math.round(solved * starts.length),
      starts: starts.length,
      median: median === null ? t("scoreboard.never") : t("scoreboard.soon", { count: median }),
      rate: quantity(rate),
    });
    return html`<td style=${`--share: ${solved}`}>
      <a href=${address === null ? nothing : at(inLooks(address, store.get()))} title=${words}
        data-run=${standing.run}><b>${percent(solved)}</b>
        <span class="soon">${median === null ? "—" : integer(median)}</span>
        <span class="for-screen-readers">${words}</span></a></td>`;
  }

  /** @param {Scoreboard} answer @param {Column[]} columns */
  const table = (answer, columns) => html`<table>
    <caption class="for-screen-readers">${t("scoreboard.table")}</caption>
    <thead><tr><th scope="col">${t("scoreboard.surface")}</th>
      ${columns.map(
        ({ name, style }) =>
          html`<th scope="col">${guard([style.color, style.shape], () => swatch({ ...style, dash: [] }, { compact: true }))}
            <span>${name}</span></th>`,
      )}</tr></thead>
    <tbody>${answer.surfaces.map(
      (row) => html`<tr data-surface=${row.surface.id}>
        <th scope="row">${localize(titles.get(row.surface.id))}${row.minimum_known ? "" : " *"}</th>
        ${columns.map((column) => cell(row, column))}</tr>`,
    )}</tbody></table>`;

  /** @param {State} state */
  const switched = ({ shown }) => html`
    <div class="segmented" role="group" aria-label=${t("scoreboard.rates")}>
      ${SHOWN.map(
        (
          one,
        ) => html`<button type="button" id=${`shown-${one}`} aria-pressed=${String(one === shown)}
          @click=${() => store.update({ shown: one })}>${t(`scoreboard.shown.${one}`)}</button>`,
      )}</div>`;

  /** @param {import("./resources.js").Progress} progress */
  const progressOf = ({ done, total, seconds_left: left }) => html`
    <div class="board-progress">
      <progress max=${total || 1} value=${done} aria-label=${t("scoreboard.progress")}></progress>
      <span role="status">${
        total === 0
          ? t("scoreboard.begins")
          : `${t("scoreboard.of", { done, total })}${left >= 1 ? `, ${t("scoreboard.left", { count: Math.ceil(left) })}` : ""}`
      }</span></div>`;

  return {
    select: ({ state, answers, theme }) => ({
      known: answers.scoreboard.value,
      status: answers.scoreboard.status,
      shown: state.shown,
      theme,
      language: state.language,
    }),
    show({ known, status, theme }) {
      const state = store.get();
      section.hidden = false;
      const isReady = status === "ready" && known.answer !== null;
      const all = known?.answer ? columnsOf(known.answer, known.runs, catalog, theme) : [];
      const areBoth = all.length > (known?.runs.length ?? 0);
      section.setAttribute("aria-label", t("scoreboard.table"));
      section.setAttribute("aria-busy", String(!isReady));
      render(
        html`<div class="card-head"><h2>${t("scoreboard.solved_by")}</h2>
            ${areBoth ? switched(state) : nothing}</div>
          ${known?.progress ? progressOf(known.progress) : nothing}
          ${
            known?.answer
              ? html`<div class="board-table" tabindex="0" role="region" aria-label=${t("scoreboard.table")}>
                  ${table(known.answer, ofKind(all, state.shown === "tuned"))}</div>
                <p class="hint">${t("scoreboard.cell_help")}
                  ${known.answer.surfaces.every((/** @type {any} */ one) => one.minimum_known) ? nothing : t("scoreboard.unknown")}</p>`
              : nothing
          }`,
        section,
      );
      if (isReady) section.dataset.revision = String(Number(section.dataset.revision) + 1);
    },
  };
}
