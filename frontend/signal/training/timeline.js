// Anything against the steps: painted once, and a veil over what has not happened yet. A step
// moves the veil and paints nothing.

import { stepTicks } from "../../charts/axes.js";
import { createPane, redrawn, s } from "../../charts/chart.js";
import { measures } from "../../charts/measures.js";
import { h } from "../../core/dom.js";
import { integer } from "../../i18n/format.js";

/** How much room numbers and names take round a pane, by the size of their type. */
function room() {
  const { font } = measures();
  return {
    left: Math.round(3.6 * font),
    right: Math.round(2.6 * font),
    top: Math.round(0.5 * font),
    numbers: Math.ceil(1.4 * font),
    none: Math.round(0.45 * font),
  };
}

// Gives a canvas its size in device pixels; the context answered counts in CSS pixels.
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

// `y(height)` answers {range, ticks, format}; `paint(context, {px, py, width, height})`.
export function createTimeline(className, { name, total, y, numbers, paint, onSeek }) {
  const axes = s("svg", { class: "chart axes", "aria-hidden": "true" });
  const canvas = h("canvas", { role: "img", "aria-label": name });
  const veil = h("div", { class: "veil" });
  const pane = h("div", { class: "pane" }, canvas, veil);
  const element = h("div", { class: `timeline ${className}${numbers ? " last" : ""}` }, axes, pane);
  let box = null;
  let step = 0;

  function draw(next) {
    step = next;
    if (box !== null) veil.style.transform = `translateX(${(step / total) * box.width}px)`;
  }

  function layout() {
    const { clientWidth, clientHeight } = element;
    const { left, right, top, numbers: under, none } = room();
    const width = clientWidth - left - right;
    const height = clientHeight - top - (numbers ? under : none);
    if (width <= 0 || height <= 0) return;
    box = { left, top, width, height };
    axes.setAttribute("viewBox", `0 0 ${clientWidth} ${clientHeight}`);
    axes.replaceChildren();
    const { values: ticks } = stepTicks([0, total], Math.max(2, width / (5 * measures().font)));
    const { px, py } = createPane(axes, box, {
      x: { range: [0, total], ticks, numbers, format: integer },
      y: y(height),
    });
    for (const name of Object.keys(box)) pane.style[name] = `${box[name]}px`;
    paint(sized(canvas, width, height), { px, py, width, height, left, svg: axes });
    draw(step);
  }

  function seek(event) {
    const { left, width } = pane.getBoundingClientRect();
    onSeek(Math.round(((event.clientX - left) / width) * total));
  }

  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pane.setPointerCapture(event.pointerId);
    seek(event);
  });
  pane.addEventListener("pointermove", (event) => {
    if (pane.hasPointerCapture(event.pointerId)) seek(event);
  });
  redrawn(axes, layout);
  return { element, pane, layout, draw };
}

// A line through numbers at steps first, first + 1, …; it breaks where there is no number. Its width
// and its dashes are in widths of a usual line.
export function strokeLine(
  context,
  { px, py },
  values,
  { first = 0, from = 0, to, color, width = 1, dash = [] },
) {
  const { line } = measures();
  context.beginPath();
  let isDown = false;
  for (let i = from; i < (to ?? values.length); i += 1) {
    const at = values[i];
    if (Number.isFinite(at)) {
      const [x, y] = [px(first + i - from), py(at)];
      if (isDown) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    isDown = Number.isFinite(at);
  }
  context.lineJoin = "round";
  context.strokeStyle = color;
  context.lineWidth = line * width;
  context.setLineDash(dash.map((part) => part * line));
  context.stroke();
  context.setLineDash([]);
}
