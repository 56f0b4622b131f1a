// The points: targets stand still, predictions are dragged or moved by the arrow keys.

import { createPane, fitted, redrawn, s, text } from "../charts/chart.js";
import { h } from "../core/dom.js";
import { coordinate } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { clamped, MODES } from "./state.js";

const ROOM = { left: 30, right: 10, top: 10, bottom: 16 };
const REACHED = 30;
const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };

export function createPoints({ onSelect, onMove }) {
  const axes = s("g");
  const marks = s("g");
  const svg = s("svg", { class: "chart points-chart", role: "group" }, axes, marks);
  const element = h("div", { class: "points-picture" }, svg);
  let scene = null;
  let pane = null;
  let dragged = null;

  const columnAt = (index) => ((index + 0.5) / scene.points.length) * pane.width + pane.left;

  function draw() {
    if (scene === null) return;
    const { width, height } = fitted(svg);
    if (width === 0 || height === 0) return;
    const focused = marks.contains(document.activeElement)
      ? document.activeElement.dataset.point
      : null;
    axes.replaceChildren();
    marks.replaceChildren();
    const { mode, points, selected } = scene;
    const {
      shown: [low, high],
    } = MODES[mode];
    const room = 0.06 * (high - low);
    pane = createPane(
      axes,
      {
        left: ROOM.left,
        top: ROOM.top,
        width: width - ROOM.left - ROOM.right,
        height: height - ROOM.top - ROOM.bottom,
      },
      { x: { range: [0, 1], ticks: [] }, y: { range: [low - room, high + room] } },
    );
    const py = (value) => pane.top + pane.py(value);
    points.forEach(([target, at], i) => {
      const x = columnAt(i);
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
          "aria-valuetext": t("functions.prediction_is", {
            at: coordinate(at),
            target: coordinate(target),
          }),
        },
        s("circle", { class: "hit", cx: x, cy: py(at), r: 15 }),
        s("circle", { class: "prediction", cx: x, cy: py(at), r: 6.5 }),
      );
      handle.addEventListener("keydown", (event) => {
        if (!(event.key in KEYS)) return;
        event.preventDefault();
        const stride = 10 * MODES[mode].step * KEYS[event.key];
        onMove(i, clamped(mode, scene.points[i][1] + stride));
      });
      handle.addEventListener("focus", () => onSelect(i + 1));
      marks.append(
        s(
          "g",
          { class: `point${i + 1 === selected ? " selected" : ""}` },
          s("path", { class: "miss", d: `M${x} ${py(target)}V${py(at)}` }),
          s("path", { class: "target", d: `M${x - 11} ${py(target)}h22` }),
          handle,
          text(x, height - 3, String(i + 1), { class: "tick number", "text-anchor": "middle" }),
        ),
      );
    });
    if (focused) marks.querySelector(`[data-point="${focused}"]`)?.focus();
  }

  function moved(event) {
    const { top } = svg.getBoundingClientRect();
    const {
      shown: [low, high],
    } = MODES[scene.mode];
    const room = 0.06 * (high - low);
    const part = (event.clientY - top - pane.top) / pane.height;
    onMove(dragged, clamped(scene.mode, high + room - part * (high - low + 2 * room)));
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const { left } = svg.getBoundingClientRect();
    const x = event.clientX - left;
    const distances = scene.points.map((_, i) => Math.abs(columnAt(i) - x));
    const nearest = distances.indexOf(Math.min(...distances));
    if (distances[nearest] > REACHED) return;
    event.preventDefault();
    dragged = nearest;
    svg.setPointerCapture(event.pointerId);
    onSelect(nearest + 1);
    moved(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (dragged !== null) moved(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, () => {
      dragged = null;
    });
  }

  redrawn(svg, draw);
  return {
    element,
    show(next) {
      scene = next;
      svg.setAttribute("aria-label", t("functions.points"));
      draw();
    },
  };
}
