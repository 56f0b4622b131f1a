// The points: targets stand still, predictions are dragged or moved by the arrow keys.

import { createPane, paneRoom, redrawn, roomOf, s, text } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { coordinate } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { clamped, MODES } from "./state.js";

/** How far from a point's column it may be taken, in lines of type. */
const REACHED = 2.2;
/** Beyond the least and the largest prediction, as a part of what lies between. */
const MARGIN = 0.06;
/** Steps of ten that each key goes. @type {Record<string, number>} */
const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };

/** @typedef {{ mode: import("./state.js").Mode, points: import("./state.js").Pair[],
 *   selected: number }} PointsProps */

/**
 * @param {object} on
 * @param {(point: number) => void} on.select
 * @param {(index: number, at: number) => void} on.move By the keyboard.
 * @param {(index: number, at: number) => void} on.drag
 * @param {() => void} on.drop
 */
export function createPoints({ select, move, drag, drop }) {
  const axes = s("g");
  const marks = s("g");
  const svg = s("svg", { class: "chart points-chart", role: "group" }, axes, marks);
  const element = h("div", { class: "points-picture" }, svg);
  /** @type {PointsProps | null} */
  let scene = null;
  /** @type {ReturnType<typeof createPane> | null} */
  let pane = null;
  /** @type {number | null} */
  let dragged = null;

  /** @param {PointsProps} of @returns {[number, number]} */
  function rangeOf({ mode }) {
    const [low, high] = MODES[mode].shown;
    const room = MARGIN * (high - low);
    return [low - room, high + room];
  }

  /** @param {PointsProps} of @param {number} index */
  const columnAt = ({ points }, index) =>
    pane === null ? 0 : ((index + 0.5) / points.length) * pane.width + pane.left;

  /** @param {PointsProps} of @param {number} i @param {number} x @param {number} y */
  function handleOf({ mode, points }, i, x, y) {
    const { font } = measures();
    const [target, at] = points[i];
    const handle = s(
      "g",
      {
        class: "handle",
        role: "slider",
        tabindex: 0,
        "data-point": i + 1,
        "aria-label": t("functions.prediction", { n: i + 1 }),
        "aria-orientation": "vertical",
        "aria-valuemin": MODES[mode].least,
        "aria-valuemax": MODES[mode].most,
        "aria-valuenow": at,
        "aria-valuetext": t("functions.prediction_is", { at: coordinate(at), target }),
      },
      s("circle", { class: "hit", cx: x, cy: y, r: Math.max(12, 1.1 * font) }),
      s("circle", { class: "prediction", cx: x, cy: y, r: 0.46 * font }),
    );
    handle.addEventListener("keydown", (event) => {
      if (!Object.hasOwn(KEYS, event.key)) return;
      event.preventDefault();
      move(i, clamped(mode, at + 10 * MODES[mode].step * KEYS[event.key]));
    });
    handle.addEventListener("focus", () => select(i + 1));
    return handle;
  }

  /** @param {PointsProps} of */
  function drawPoints(of) {
    if (pane === null) return;
    const { font } = measures();
    const { top, py, height } = pane;
    const half = 0.8 * font;
    of.points.forEach(([target, at], i) => {
      const x = columnAt(of, i);
      const [wanted, y] = [top + py(target), top + py(at)];
      marks.append(
        s(
          "g",
          { class: `point${i + 1 === of.selected ? " selected" : ""}` },
          s("path", { class: "miss", d: `M${x} ${wanted}V${y}` }),
          s("path", { class: "target", d: `M${x - half} ${wanted}h${2 * half}` }),
          handleOf(of, i, x, y),
          text(x, top + height + 1.1 * font, String(i + 1), {
            class: "tick number",
            "text-anchor": "middle",
          }),
        ),
      );
    });
  }

  function draw() {
    if (scene === null) return;
    const { width, height } = roomOf(svg);
    if (width === 0 || height === 0) return;
    const { activeElement } = document;
    const focused = marks.contains(activeElement)
      ? /** @type {SVGElement} */ (activeElement).dataset.point
      : null;
    axes.replaceChildren();
    marks.replaceChildren();
    const y = { range: rangeOf(scene) };
    const { left, bottom } = paneRoom(y, height);
    const top = 0.5 * measures().font;
    const box = { left, top, width: width - left - top, height: height - top - bottom };
    pane = createPane(axes, box, { x: { range: [0, 1], ticks: [] }, y });
    drawPoints(scene);
    if (!focused) return;
    /** @type {SVGElement | null} */ (marks.querySelector(`[data-point="${focused}"]`))?.focus();
  }

  /** @param {PointerEvent} event */
  function moved(event) {
    if (scene === null || pane === null || dragged === null) return;
    const { top } = svg.getBoundingClientRect();
    const [low, high] = rangeOf(scene);
    const part = (event.clientY - top - pane.top) / pane.height;
    drag(dragged, clamped(scene.mode, high - part * (high - low)));
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || scene === null) return;
    const { left } = svg.getBoundingClientRect();
    const of = scene;
    const distances = of.points.map((_, i) => Math.abs(columnAt(of, i) + left - event.clientX));
    const nearest = distances.indexOf(Math.min(...distances));
    if (distances[nearest] > REACHED * measures().font) return;
    event.preventDefault();
    dragged = nearest;
    svg.setPointerCapture(event.pointerId);
    select(nearest + 1);
    moved(event);
  });
  svg.addEventListener("pointermove", moved);
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, () => {
      if (dragged === null) return;
      dragged = null;
      drop();
    });
  }

  redrawn(svg, draw);
  return {
    element,
    /** @param {PointsProps} next */
    show(next) {
      scene = next;
      svg.setAttribute("aria-label", t("functions.points"));
      draw();
    },
  };
}
