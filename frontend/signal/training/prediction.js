// What the network predicts after a step: the decision boundary over the points, or a curve.

import { createPane, redrawn, s } from "../../charts/chart.js";
import { measures } from "../../charts/measures.js";
import { inks, runStyle, scaleOf, traceMarker } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { coordinate, integer } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { channels, mixed } from "./colours.js";
import { boundary } from "./contour.js";
import { frameAt } from "./model.js";
import { placed, sized } from "./timeline.js";

/**
 * @typedef {import("./model.js").Classes} Classes
 * @typedef {import("./model.js").Course} Course
 * @typedef {import("./model.js").Curve} Curve
 * @typedef {import("./model.js").Numbers} Numbers
 * @typedef {import("./model.js").Panel} Panel
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 * @typedef {Scene["theme"]} Theme
 *
 * @typedef {{ x: Range, y: Range }} Ranges
 * @typedef {{ width: number, height: number }} Size
 * @typedef {Size & Pick<import("./timeline.js").Axes, "px" | "py">} Place
 * @typedef {(over: CanvasRenderingContext2D, place: Place, index: number) => void} Paint One frame.
 */

const CLASSES = [2, 3];
const STRENGTH = 0.62;

/** From the one class over the ground to the other; 256 colours. @param {Theme} theme */
function fieldColours(theme) {
  const ground = channels(scaleOf(theme)[0][1]);
  const ends = CLASSES.map((index) => channels(runStyle(index, theme).color));
  return Array.from({ length: 256 }, (_, i) => {
    const lean = (2 * i) / 255 - 1;
    return mixed(ground, ends[lean < 0 ? 0 : 1], STRENGTH * Math.abs(lean));
  });
}

/** @param {Run} run @param {Scene["scales"]} scales @returns {Ranges} */
function rangesOf(run, scales) {
  /** @param {Numbers} values @returns {Range} */
  const ends = (values) => [values[0], values[values.length - 1]];
  return run.kind === "curve"
    ? { x: ends(run.probes.x), y: scales.fit }
    : { x: ends(run.probes.x), y: ends(run.probes.y) };
}

/** @param {Course & Classes} run @param {Theme} theme @returns {Paint} */
function fieldOf(run, theme) {
  const { x, y } = run.probes;
  const colours = fieldColours(theme);
  const size = x.length * y.length;
  const small = h("canvas", { width: x.length, height: y.length });
  const context = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
  const frames = run.frames.map((_, index) => {
    const values = run.predictions.subarray(index * size, (index + 1) * size);
    const image = new ImageData(x.length, y.length);
    // Rows of a picture go down, those of the grid up.
    values.forEach((value, i) => {
      const row = y.length - 1 - Math.floor(i / x.length);
      const colour = colours[Math.round(255 * Math.max(0, Math.min(1, value)))] ?? [128, 128, 128];
      image.data.set([...colour, 255], 4 * (row * x.length + (i % x.length)));
    });
    return { image, line: boundary(values, x, y) };
  });
  return (over, { px, py, width, height }, index) => {
    const { image, line } = frames[index];
    context.putImageData(image, 0, 0);
    // A pixel's middle stands where its prediction was made, so the outer half is cut off.
    const [wide, high] = [width / (x.length - 1), height / (y.length - 1)];
    over.imageSmoothingEnabled = true;
    over.imageSmoothingQuality = "high";
    over.drawImage(small, -wide / 2, -high / 2, width + wide, height + high);
    over.beginPath();
    for (const [x0, y0, x1, y1] of line) {
      over.moveTo(px(x0), py(y0));
      over.lineTo(px(x1), py(y1));
    }
    over.strokeStyle = inks(theme).text;
    over.lineWidth = measures().line;
    over.lineCap = "round";
    over.stroke();
  };
}

/** @param {Course & Curve} run @param {Scene["style"]} style @returns {Paint} */
function curveOf(run, style) {
  const { x } = run.probes;
  return (over, { px, py }, index) => {
    over.beginPath();
    x.forEach((at, i) => over.lineTo(px(at), py(run.predictions[index * x.length + i])));
    over.strokeStyle = style.color;
    over.lineWidth = 1.1 * measures().line;
    over.lineJoin = "round";
    over.stroke();
  };
}

/** @param {CanvasRenderingContext2D} context @param {Place} place @param {Run} run @param {Theme} theme */
function paintPoints(context, { px, py }, { points, kind }, theme) {
  const ink = inks(theme);
  const { mark } = measures();
  points.x.forEach((at, i) => {
    const label = "label" in points ? points.label[i] : 0;
    traceMarker(context, label === 1 ? "square" : "circle", px(at), py(points.y[i]), 0.6 * mark);
    context.fillStyle = kind === "classes" ? runStyle(CLASSES[label], theme).color : ink.faint;
    context.fill();
    context.strokeStyle = ink.halo;
    context.lineWidth = 1;
    context.stroke();
  });
}

/** @param {number} label @param {Theme} theme */
const classKey = (label, theme) =>
  h(
    "span",
    { class: "key" },
    h("i", {
      class: label === 1 ? "square" : "dot",
      style: `background:${runStyle(CLASSES[label], theme).color}`,
    }),
    t("trained.class", { label }),
  );

// How many times one feature's range may be the other's for both to have one scale.
const APART = 4;

/**
 * Both features have one scale, unless their units are apart; a curve takes all the room.
 *
 * @param {Size} free
 * @param {Ranges} ranges
 * @param {boolean} isCurve
 * @returns {Size}
 */
function sizeIn(free, { x, y }, isCurve) {
  const [wide, high] = [x[1] - x[0], y[1] - y[0]];
  if (isCurve) return free;
  if (Math.max(wide, high) > APART * Math.min(wide, high)) {
    const side = Math.min(free.width, free.height);
    return { width: side, height: side };
  }
  const unit = Math.min(free.width / wide, free.height / high);
  return { width: unit * wide, height: unit * high };
}

/** @param {Run} run @param {Scene} scene @returns {Panel} */
export function createPrediction(run, { theme, scales, style }) {
  const isCurve = run.kind === "curve";
  const axes = s("svg", { class: "chart axes", "aria-hidden": "true" });
  const moving = h("canvas", {
    role: "img",
    "aria-label": isCurve ? t("trained.fit") : t("trained.boundary"),
  });
  const still = h("canvas", { "aria-hidden": "true" });
  const pane = h("div", { class: "pane" }, moving, still);
  const picture = h("div", { class: `prediction ${run.kind}` }, axes, pane);
  const after = h("output", { class: "after", "aria-live": "off" });
  const element = h(
    "section",
    { class: "card trained-prediction", dataset: { kind: run.kind } },
    h(
      "div",
      { class: "panel-head" },
      h("h3", {}, isCurve ? t("trained.fit") : t("trained.boundary")),
      after,
      isCurve ? null : h("span", { class: "keys" }, classKey(0, theme), classKey(1, theme)),
    ),
    picture,
  );
  const paint = run.kind === "curve" ? curveOf(run, style) : fieldOf(run, theme);
  /** @type {Place | null} */
  let place = null;
  const context = /** @type {CanvasRenderingContext2D} */ (moving.getContext("2d"));
  let shown = -1;
  let step = 0;

  /** @param {number} next */
  function draw(next) {
    step = next;
    if (place === null || run.frames.length === 0) return;
    const index = frameAt(run.frames, step);
    if (index === shown) return;
    shown = index;
    context.clearRect(0, 0, place.width, place.height);
    paint(context, place, index);
    after.textContent = t("trained.after", { step: integer(run.frames[index]) });
    element.dataset.frame = String(run.frames[index]);
  }

  function layout() {
    const ranges = rangesOf(run, scales);
    const { font } = measures();
    const room = { left: 3 * font, right: 0.8 * font, top: 0.6 * font, bottom: 1.6 * font };
    const free = {
      width: picture.clientWidth - room.left - room.right,
      height: picture.clientHeight - room.top - room.bottom,
    };
    if (free.width <= 0 || free.height <= 0) return;
    const { width, height } = sizeIn(free, ranges, isCurve);
    const box = { left: room.left + (free.width - width) / 2, top: room.top, width, height };
    axes.replaceChildren();
    const { px, py } = createPane(axes, box, {
      x: { range: ranges.x, format: coordinate },
      y: { range: ranges.y },
    });
    placed(pane, box);
    place = { px, py, width, height };
    sized(moving, width, height);
    paintPoints(sized(still, width, height), place, run, theme);
    shown = -1;
    draw(step);
  }

  redrawn(axes, layout);
  return { element, layout, draw };
}
