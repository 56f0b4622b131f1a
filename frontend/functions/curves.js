// What one example costs, by its prediction: all losses over one another, and the points on them.

import { createPane, lineThrough, paneRoom, redrawn, roomOf, s, text } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { coordinate, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { apart, leaves, spotOf } from "./spots.js";

/** The highest cost that is shown. */
const MOST = { classes: 5, regression: 9 };
/** Places of a curve that are read aloud. */
const HEARD = 9;

/** @typedef {import("./requests.js").Curve} Curve */
/** @typedef {{ at: number, number: number, target: number, costs: Record<string, number> }} Place */
/** @typedef {{ title: string, xTitle: string, curve: Curve, places: Place[] }} CurvePane */
/** @typedef {{ mode: import("./state.js").Mode, selected: number, panes: CurvePane[] }} CurvesScene */

/**
 * @param {string[]} ids The losses in their order.
 * @param {(id: string) => string} titleOf
 */
export function createCurves(ids, titleOf) {
  const axes = s("g");
  const lines = s("g");
  const marks = s("g");
  const svg = s("svg", { class: "chart", "aria-hidden": "true" }, axes, lines, marks);
  const picture = h("div", { class: "curves-picture" }, svg);
  const element = h("section", { class: "card curves" });
  /** @type {CurvesScene | null} */
  let scene = null;

  /** @param {Curve} curve */
  const shownOf = ({ costs }) => ids.filter((id) => id in costs);

  // Where each curve ends, or leaves the picture, its name.
  /** @param {ReturnType<typeof createPane>} pane @param {Curve} curve */
  function names({ px, py, left, top, width, height }, { x, costs }) {
    const { font } = measures();
    const shown = shownOf({ x, costs });
    const ends = shown.map((id) => leaves(costs[id], MOST[scene?.mode ?? "classes"]));
    const levels = apart(
      // A little over the curve.
      ends.map(({ value }) => py(value) - 0.6 * font),
      1.15 * font,
      [0.8 * font, height - 0.3 * font],
    );
    return shown.map((id, k) => {
      const at = px(x[ends[k].index]);
      const isLeft = at < width / 2;
      return text(
        left + Math.min(width - 5, Math.max(5, at + (isLeft ? 5 : -5))),
        top + levels[k] + 0.3 * font,
        titleOf(id),
        { class: `curve-name ${id}`, "text-anchor": isLeft ? "start" : "end" },
      );
    });
  }

  /** @param {ReturnType<typeof createPane>} pane @param {CurvePane} of @param {number} selected */
  function drawPlaces({ px, py, left, top, width, height }, { curve, places }, selected) {
    const { font } = measures();
    const over = s("svg", { x: left, y: top, width, height, class: "pane over" });
    const shown = shownOf(curve);
    for (const { at, number, costs } of places) {
      const chosen = number === selected ? " selected" : "";
      const x = px(at);
      const size = (chosen ? 0.34 : 0.23) * font;
      over.append(
        s("path", { class: `cursor${chosen}`, d: `M${x} 0v${height}` }),
        ...shown
          .filter((id) => costs[id] !== undefined)
          .map((id) =>
            s("path", {
              class: `spot ${id}${chosen}`,
              d: spotOf(ids.indexOf(id), x, Math.max(size, py(costs[id])), size),
            }),
          ),
      );
      marks.append(
        text(left + x, top - 0.25 * font, String(number), {
          class: `tick${chosen}`,
          "text-anchor": "middle",
        }),
      );
    }
    marks.append(over);
  }

  /** @param {import("../charts/chart.js").Box} box @param {CurvePane} of */
  function drawPane(box, of) {
    if (scene === null) return;
    const { font } = measures();
    const { x, costs } = of.curve;
    const pane = createPane(axes, box, {
      x: { range: [x[0], x[x.length - 1]] },
      y: { range: [0, MOST[scene.mode]] },
    });
    const middle = { class: "pane-name", "text-anchor": "middle" };
    axes.append(
      text(box.left + box.width / 2, box.top + 1.15 * font, of.title, middle),
      text(box.left + box.width / 2, box.top + box.height + 2.3 * font, of.xTitle, {
        class: "tick",
        "text-anchor": "middle",
      }),
    );
    pane.pane.append(
      ...shownOf(of.curve).map((id) =>
        s("path", { class: `curve ${id}`, d: lineThrough(x, costs[id], pane) }),
      ),
    );
    lines.append(pane.pane, ...names(pane, of.curve));
    drawPlaces(pane, of, scene.selected);
  }

  function draw() {
    for (const group of [axes, lines, marks]) group.replaceChildren();
    if (scene === null) return;
    const { width, height } = roomOf(svg);
    if (width === 0 || height === 0) return;
    const { panes, mode } = scene;
    const { font } = measures();
    const { left } = paneRoom({ range: [0, MOST[mode]] }, height);
    const [top, right, bottom] = [1.2 * font, 0.6 * font, 2.6 * font];
    // Beside one another where the picture is wide, else one over the other.
    const isStacked = height > width;
    const wide = isStacked ? width : width / panes.length;
    const high = isStacked ? height / panes.length : height;
    panes.forEach((pane, i) =>
      drawPane(
        {
          left: (isStacked ? 0 : i * wide) + left,
          top: (isStacked ? i * high : 0) + top,
          width: Math.max(0, wide - left - right),
          height: Math.max(0, high - top - bottom),
        },
        pane,
      ),
    );
  }

  /** @param {string} id @param {number} index */
  const key = (id, index) => html`<span class=${`key ${id}`}>
    <svg class="sample" viewBox="0 0 26 8" aria-hidden="true"><path class=${`curve ${id}`} d="M1 4h24"></path>
      <path class=${`spot ${id}`} d=${spotOf(index, 13, 4, 3)}></path></svg>
    ${titleOf(id)}</span>`;

  /** @param {CurvePane} pane */
  function table({ title, xTitle, curve }) {
    const { x, costs } = curve;
    const at = Array.from({ length: HEARD }, (_, k) =>
      Math.round((k * (x.length - 1)) / (HEARD - 1)),
    );
    const shown = shownOf(curve);
    return html`<div class="for-screen-readers"><table>
      <caption>${t("functions.curves")} ${title}</caption>
      <thead><tr><th scope="col">${xTitle}</th>${shown.map((id) => html`<th scope="col">${titleOf(id)}</th>`)}</tr></thead>
      <tbody>${at.map(
        (i) => html`<tr><th scope="row">${coordinate(x[i])}</th>
          ${shown.map((id) => html`<td>${quantity(costs[id][i], 3)}</td>`)}</tr>`,
      )}</tbody></table></div>`;
  }

  redrawn(svg, draw);
  return {
    element,
    /** @param {CurvesScene | null} next */
    show(next) {
      scene = next;
      element.dataset.panes = String(next?.panes.length ?? 0);
      const shown = ids.filter((id) => next?.panes.some(({ curve }) => id in curve.costs));
      render(
        html`<div class="curves-head"><h2>${t("functions.curves")}</h2>
            <div class="legend">${shown.map((id) => key(id, ids.indexOf(id)))}</div></div>
          ${picture}
          ${next === null ? nothing : next.panes.map(table)}`,
        element,
      );
      draw();
    },
  };
}
