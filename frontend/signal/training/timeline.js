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

/**
 * @typedef {import("../../charts/chart.js").Box} Box
 * @typedef {import("../../charts/chart.js").PaneAxis} PaneAxis
 * @typedef {(value: number) => number} Place
 *
 * @typedef {object} Axes Where numbers stand in a pane of this size, in CSS pixels.
 * @property {Place} px
 * @property {Place} py
 * @property {number} width
 * @property {number} height
 * @property {number} left Of the pane, in `svg`.
 * @property {SVGElement} svg
 */

/**
 * @typedef {object} Options
 * @property {string} name
 * @property {number} total The last step of the axis.
 * @property {(height: number) => PaneAxis} y
 * @property {boolean} numbers Whether steps are told under it.
 * @property {(context: CanvasRenderingContext2D, axes: Axes) => void} paint
 * @property {(step: number) => void} onSeek
 */

/**
 * Gives a canvas its size in device pixels; the context answered counts in CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Puts an element where a box is. @param {HTMLElement} element @param {Box} box */
export function placed(element, { left, top, width, height }) {
  Object.assign(element.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/** @param {string} className @param {Options} options */
export function createTimeline(className, { name, total, y, numbers, paint, onSeek }) {
  const axes = s("svg", { class: "chart axes", "aria-hidden": "true" });
  const canvas = h("canvas", { role: "img", "aria-label": name });
  const veil = h("div", { class: "veil" });
  const pane = h("div", { class: "pane" }, canvas, veil);
  const element = h("div", { class: `timeline ${className}${numbers ? " last" : ""}` }, axes, pane);
  /** @type {Box | null} */
  let box = null;
  let step = 0;

  /** @param {number} next */
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
    axes.replaceChildren();
    const { values: ticks } = stepTicks([0, total], Math.max(2, width / (5 * measures().font)));
    const { px, py } = createPane(axes, box, {
      x: { range: [0, total], ticks, numbers, format: integer },
      y: y(height),
    });
    placed(pane, box);
    paint(sized(canvas, width, height), { px, py, width, height, left, svg: axes });
    draw(step);
  }

  /** @param {PointerEvent} event */
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

/**
 * A line through numbers at steps first, first + 1, …; it breaks where there is no number.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Pick<Axes, "px" | "py">} axes
 * @param {ArrayLike<number>} values
 * @param {object} style
 * @param {number} [style.first]
 * @param {number} [style.from] Which of the values are drawn.
 * @param {number} [style.to]
 * @param {string} style.color
 * @param {number} [style.width] In widths of a usual line, as the dashes.
 * @param {number[]} [style.dash]
 */
export function strokeLine(
  context,
  { px, py },
  values,
  { first = 0, from = 0, to = values.length, color, width = 1, dash = [] },
) {
  const { line } = measures();
  context.beginPath();
  let isDown = false;
  for (let i = from; i < to; i += 1) {
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
