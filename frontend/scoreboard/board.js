// A cell for each surface and run: from how many starts it arrived, how soon, and the way to the race.

import { at } from "../api/root.js";
import { swatch } from "../charts/swatch.js";
import { isSameList } from "../core/selectors.js";
import { integer, percent, quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { inLooks } from "../shell/navigation.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { cellsAsCsv } from "./csv.js";
import { columnsOf, ofKind } from "./names.js";
import { BEGUN } from "./resources.js";
import { SHOWN } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */
/** @typedef {import("./names.js").Column} Column */
/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */
/** @typedef {{ question: string | null, last: import("./resources.js").Last | null, isOld: boolean,
 *   status: import("../core/resources.js").Answer<any>["status"],
 *   progress: import("./resources.js").Progress | null, theme: "light" | "dark",
 *   order: number | null }} Props `isOld` where the answer is of an earlier question. */

/** @param {Props["status"]} status */
const isUnderWay = (status) => status === "asking" || status === "waiting";

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
  const far = ({ done, total, seconds_left: left }) =>
    total === 0
      ? t("scoreboard.begins")
      : `${t("scoreboard.of", { done, total })}${left >= 1 ? `, ${t("scoreboard.left", { count: Math.ceil(left) })}` : ""}`;

  /** @param {Props} props */
  function told({ question, status, progress, isOld }) {
    const old = isOld ? t("scoreboard.old") : "";
    if (question === null) return `${t("scoreboard.nothing")} ${old}`;
    if (status === "nothing") return `${t("scoreboard.stopped")} ${old}`;
    if (status === "refused") return old;
    return status === "ready" ? t("scoreboard.done") : far(progress ?? BEGUN);
  }

  // One region that is heard, and one button, whatever they say.
  /** @param {Props} props */
  function line(props) {
    const { question, status, progress } = props;
    const isAsked = isUnderWay(status);
    const { done, total } = progress ?? BEGUN;
    return html`<div class="board-progress" ?data-idle=${status === "ready"}>
      ${isAsked ? html`<progress max=${total || 1} value=${done} aria-label=${t("scoreboard.progress")}></progress>` : nothing}
      <span role="status">${told(props)}</span>
      ${
        question !== null && (isAsked || status === "nothing")
          ? html`<button type="button" class="text-button" id="board-turn" data-stops=${String(isAsked)}
              @click=${() => store.update({ stopped: isAsked ? question : null })}
            >${t(isAsked ? "scoreboard.stop" : "scoreboard.go_on")}</button>`
          : nothing
      }</div>`;
  }

  /** The cells as a file for a spreadsheet. @param {Scoreboard} answer @param {Column[]} columns */
  function save(answer, columns) {
    const text = cellsAsCsv(answer, columns, titleOf);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "scoreboard.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** What the table shows, and in which language. @type {unknown[]} */
  let written = [];
  /** Of what was measured last: what fits is the same as long as all of it is. @type {unknown[]} */
  let measured = [];

  /** Names and counts go where there is no room for all columns. */
  function fit() {
    const table = /** @type {HTMLElement | null} */ (section.querySelector(".board-table"));
    if (!table) return;
    const now = [...written, table.clientWidth, getComputedStyle(table).fontSize];
    if (isSameList(now, measured)) return;
    measured = now;
    // While it is measured it is less high, which moves what is scrolled far down.
    const { scrollTop: top, scrollLeft: left } = table;
    table.toggleAttribute("data-tight", false);
    table.toggleAttribute("data-tight", table.scrollWidth > table.clientWidth);
    table.scrollTo({ top, left, behavior: "instant" });
  }
  new ResizeObserver(fit).observe(section);

  return {
    select: ({ state, answers, question, last, theme }) => ({
      ...{ question, last, isOld: last !== null && last.question !== question, theme },
      ...{ status: answers.scoreboard.status, progress: answers.scoreboard.value },
      ...{ shown: state.shown, order: state.order, language: state.language },
    }),
    /** @param {Props} props */
    show(props) {
      const { last, status, isOld, theme, order } = props;
      const state = store.get();
      section.hidden = false;
      const all = last ? columnsOf(last.answer, last.runs, catalog, theme) : [];
      const areBoth = all.length > (last?.runs.length ?? 0);
      const isTurning = document.activeElement?.id === "board-turn";
      section.setAttribute("aria-label", t("scoreboard.table"));
      render(
        html`<div class="card-head"><h2>${t("scoreboard.solved_by")}</h2>
            ${areBoth ? switched(state) : nothing}
            ${
              last
                ? html`<button type="button" class="text-button" id="board-csv" title=${t("scoreboard.csv_help")}
                    @click=${() => save(last.answer, all)}>CSV</button>`
                : nothing
            }</div>
          ${line(props)}
          ${
            last
              ? html`<div class="board-table" tabindex="0" role="region" aria-label=${t("scoreboard.table")}
                    aria-busy=${String(isUnderWay(status))} ?data-old=${isOld}>
                  ${table(last.answer, ofKind(all, state.shown === "tuned"), order)}</div>
                <p class="hint">${t("scoreboard.cell_help")}
                  ${last.answer.surfaces.every((one) => one.minimum_known) ? nothing : t("scoreboard.unknown")}</p>`
              : nothing
          }`,
        section,
      );
      written = [last, state.shown, state.language];
      fit();
      // The button is gone when all is there: what it was pressed for is next.
      if (isTurning && !section.querySelector("#board-turn"))
        /** @type {HTMLElement | null} */ (section.querySelector(".board-table"))?.focus();
      if (status === "ready")
        section.dataset.revision = String(Number(section.dataset.revision) + 1);
    },
  };
}
