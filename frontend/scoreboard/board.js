// A cell for each surface and run: from how many starts it arrived, how soon, and the way to the race.

import { at } from "../api/root.js";
import { swatch } from "../charts/swatch.js";
import { integer, percent, quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { inLooks } from "../shell/navigation.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { cellsAsCsv } from "./csv.js";
import { columnsOf, ofKind } from "./names.js";
import { questionOf } from "./resources.js";
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

  /** @param {Scoreboard["surfaces"][number]["surface"]} surface */
  const titleOf = ({ id, formula }) => formula ?? localize(titles.get(id));

  /** Surfaces, those first that a run solves soonest. @param {Scoreboard} answer @param {Column[]} columns
   * @param {number | null} order */
  function sorted({ surfaces }, columns, order) {
    const by = columns.find(({ standing }) => standing.run + 1 === order);
    if (!by) return surfaces;
    /** @param {Scoreboard["surfaces"][number]} row */
    const of = ({ cells }) => cells[by.index];
    return surfaces.toSorted(
      (one, other) =>
        (of(one).median ?? Infinity) - (of(other).median ?? Infinity) ||
        of(other).solved - of(one).solved ||
        of(other).area - of(one).area,
    );
  }

  /** @param {Scoreboard["surfaces"][number]} row @param {Column} column */
  function cell({ surface, starts, cells }, { name, index, standing }) {
    const { solved, median, learning_rate: rate, address } = cells[index];
    const words = t("scoreboard.cell", {
      run: name,
      surface: titleOf(surface),
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

  /** @param {Scoreboard} answer @param {Column[]} columns @param {number | null} order */
  const table = (answer, columns, order) => html`<table>
    <caption class="for-screen-readers">${t("scoreboard.table")}</caption>
    <thead><tr><th scope="col">${t("scoreboard.surface")}</th>
      ${columns.map(({ name, style, standing }) => {
        const place = standing.run + 1;
        const isBy = place === order;
        return html`<th scope="col" aria-sort=${isBy ? "ascending" : "none"}><button type="button" class="sort"
            title=${t("scoreboard.order", { run: name })} data-order=${place}
            @click=${() => store.update({ order: isBy ? null : place })}>${guard(
              [style.color, style.shape],
              () => swatch({ ...style, dash: [] }, { compact: true }),
            )} <span>${name}</span></button></th>`;
      })}</tr></thead>
    <tbody>${sorted(answer, columns, order).map(
      (row) => html`<tr data-surface=${row.surface.id}>
        <th scope="row" title=${t(row.minimum_known ? "scoreboard.minimum" : "scoreboard.lowest", { loss: row.minimum })}
          >${titleOf(row.surface)}${row.minimum_known ? "" : " *"}</th>
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
      }</span>
      <button type="button" class="text-button" id="board-stop"
        @click=${() => store.update((state) => ({ stopped: questionOf(catalog, state) }))}
      >${t("scoreboard.stop")}</button></div>`;

  const stopped =
    () => html`<div class="board-progress"><span role="status">${t("scoreboard.stopped")}</span>
    <button type="button" class="text-button" id="board-go-on"
      @click=${() => store.update({ stopped: null })}>${t("scoreboard.go_on")}</button></div>`;

  /** The cells as a file for a spreadsheet. @param {Scoreboard} answer @param {Column[]} columns */
  function save(answer, columns) {
    const text = cellsAsCsv(answer, columns, titleOf);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "scoreboard.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return {
    select: ({ state, answers, theme }) => ({
      known: answers.scoreboard.value,
      status: answers.scoreboard.status,
      shown: state.shown,
      order: state.order,
      theme,
      language: state.language,
    }),
    show({ known, status, theme, order }) {
      const state = store.get();
      section.hidden = false;
      const isReady = status === "ready" && known.answer !== null;
      const all = known?.answer ? columnsOf(known.answer, known.runs, catalog, theme) : [];
      const areBoth = all.length > (known?.runs.length ?? 0);
      section.setAttribute("aria-label", t("scoreboard.table"));
      section.setAttribute("aria-busy", String(!isReady));
      render(
        html`<div class="card-head"><h2>${t("scoreboard.solved_by")}</h2>
            ${areBoth ? switched(state) : nothing}
            ${
              isReady
                ? html`<button type="button" class="text-button" id="board-csv" title=${t("scoreboard.csv_help")}
                    @click=${() => save(known.answer, all)}>CSV</button>`
                : nothing
            }</div>
          ${status === "nothing" ? stopped() : nothing}
          ${known?.progress ? progressOf(known.progress) : nothing}
          ${
            known?.answer
              ? html`<div class="board-table" tabindex="0" role="region" aria-label=${t("scoreboard.table")}>
                  ${table(known.answer, ofKind(all, state.shown === "tuned"), order)}</div>
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
