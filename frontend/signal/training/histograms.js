// Distributions of what each layer hands on and of the gradient by it, at the shown step.

import { createPane, redrawn, s, text, ticksIn } from "../../charts/chart.js";
import { measures } from "../../charts/measures.js";
import { h } from "../../core/dom.js";
import { powerOfTen } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { depthColour } from "./colours.js";
import { frameAt, histogramEnds } from "./model.js";
import { placed, sized } from "./timeline.js";

/**
 * @typedef {import("./model.js").Histograms} Histograms
 * @typedef {import("./model.js").Panel} Panel
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 */

const ROW = { least: 5, most: 34, all: 240 };

function room() {
  const { font } = measures();
  return { left: 2 * font, right: 0.6 * font, top: 4, bottom: 1.5 * font, zero: 2.3 * font };
}

/** Ends that change seldom while the steps go by. @param {Range} range @returns {Range} */
function rounded([low, high]) {
  const stride = 10 ** Math.floor(Math.log10(high - low)) / 2;
  return [Math.floor(low / stride) * stride, Math.ceil(high / stride) * stride];
}

/** @param {number} layers */
function rowHeight(layers) {
  return Math.max(ROW.least, Math.min(ROW.most, ROW.all / layers));
}

/** @param {number} layers */
function layerTicks(layers) {
  const stride = [1, 2, 5, 10, 20].find((some) => some * rowHeight(layers) >= 14) ?? 20;
  return Array.from({ length: layers }, (_, i) => i + 1).filter(
    (layer) => layer === 1 || (layer % stride === 0 && layer > stride / 2 + 1),
  );
}

/** @param {Range} range @param {number} width @param {boolean} isLog */
function ticksOf(range, width, isLog) {
  const ticks = ticksIn(range, Math.max(2, width / (3.6 * measures().font)));
  if (!isLog) return ticks;
  // The first number would run into that of the zeros.
  const least = range[0] + (16 / width) * (range[1] - range[0]);
  return ticks.filter((power) => Number.isInteger(power) && power > least);
}

/**
 * One of the two pictures; zeros have a column of their own left of the logarithmic axis.
 *
 * @param {Run} run
 * @param {Scene} scene
 * @param {"activation" | "gradient"} name
 * @param {string} title
 */
function createPicture(run, scene, name, title) {
  const { theme } = scene;
  const runs = scene.runs.filter((one) => one.histograms !== null);
  const isLog = name === "gradient";
  const histograms = /** @type {Histograms} */ (run.histograms);
  const { layers, bins, zero } = histograms;
  const { edges, counts } = histograms[name];
  const axes = s("svg", { class: "chart axes", "aria-hidden": "true" });
  const canvas = h("canvas", { role: "img", "aria-label": title });
  const pane = h("div", { class: "pane" }, canvas);
  const picture = h("div", { class: "histogram" }, axes, pane);
  picture.style.height = `${layers * rowHeight(layers) + room().top + room().bottom}px`;
  const caption = h("figcaption", {}, title);
  const aside = isLog ? room().zero : 0;

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(value: number) => number} px
   * @param {number} frame
   * @param {number} layer
   * @param {number} tall
   */
  function paintRow(context, px, frame, layer, tall) {
    const base = (layer + 1) * tall;
    const from = (frame * layers + layer) * bins;
    const row = counts.subarray(from, from + bins);
    /** @param {number} bin */
    const edge = (bin) => aside + px(edges[frame * (bins + 1) + bin]);
    const most = Math.max(...row);
    context.fillStyle = depthColour(layer, layers, theme);
    row.forEach((many, bin) => {
      if (many === 0) return;
      const high = Math.max(0.75, (many / most) * tall * 0.92);
      context.fillRect(edge(bin), base - high, edge(bin + 1) - edge(bin) + 0.3, high);
    });
    if (!isLog || zero[frame][layer] === 0) return;
    let all = zero[frame][layer];
    for (const many of row) all += many;
    const high = Math.max(0.75, (zero[frame][layer] / all) * tall * 0.92);
    context.fillRect(4, base - high, aside - 16, high);
  }

  return {
    axes,
    element: h("figure", {}, caption, picture),
    /** @param {number} step */
    paint(step) {
      const { clientWidth, clientHeight } = picture;
      const around = room();
      const width = clientWidth - around.left - around.right;
      const height = clientHeight - around.top - around.bottom;
      if (width <= aside || height <= 0) return;
      const { isShared, ends } = histogramEnds(runs, name, step);
      const own = ends[runs.indexOf(run)];
      const range = isLog ? own : rounded(own);
      caption.textContent = isShared ? title : t("trained.own_axis", { title });
      axes.replaceChildren();
      const box = { left: around.left + aside, top: around.top, width: width - aside, height };
      const { px } = createPane(axes, box, {
        x: {
          range,
          ticks: ticksOf(range, box.width, isLog),
          format: isLog ? powerOfTen : undefined,
        },
        y: { range: [0, layers], ticks: [] },
      });
      const tall = height / layers;
      for (const layer of layerTicks(layers)) {
        axes.append(
          text(around.left - 5, around.top + (layer - 0.5) * tall + 4, String(layer), {
            class: "tick",
            "text-anchor": "end",
          }),
        );
      }
      if (isLog) {
        axes.append(
          text(around.left + aside / 2 - 4, around.top + height + 1.1 * measures().font, "= 0", {
            class: "tick",
            "text-anchor": "middle",
          }),
        );
      }
      placed(pane, { left: around.left, top: around.top, width, height });
      const context = sized(canvas, width, height);
      const frame = frameAt(run.frames, step);
      for (let layer = 0; layer < layers; layer += 1) paintRow(context, px, frame, layer, tall);
    },
  };
}

/**
 * @param {Run} run One with histograms.
 * @param {Scene} scene
 * @returns {Panel}
 */
export function createHistograms(run, scene) {
  const pictures = [
    createPicture(run, scene, "activation", t("trained.activations")),
    createPicture(run, scene, "gradient", t("trained.gradients")),
  ];
  const element = h(
    "details",
    { class: "card trained-histograms", open: scene.isOpen },
    h("summary", {}, h("h3", {}, t("trained.histograms"))),
    h(
      "div",
      { class: "histograms" },
      pictures.map((picture) => picture.element),
    ),
    h("p", { class: "hint" }, t("trained.histograms_hint")),
  );
  let step = 0;
  let shown = "";

  /** @param {number} next */
  function draw(next) {
    step = next;
    if (!element.open || run.frames.length === 0) return;
    const frames = scene.runs.map((one) => frameAt(one.frames, step)).join();
    if (frames === shown) return;
    shown = frames;
    for (const picture of pictures) picture.paint(step);
  }

  function layout() {
    shown = "";
    draw(step);
  }

  element.addEventListener("toggle", () => {
    scene.onOpen(element.open);
    layout();
  });
  redrawn(pictures[0].axes, layout);
  return { element, layout, draw };
}
