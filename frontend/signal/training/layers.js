// Every layer against the steps: its gradient's norm as a heat map, its update ratio as lines.

import { inks } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { t } from "../../i18n/i18n.js";
import { channels, css, depthColour, paintScale, specialColours, valueColour } from "./colours.js";
import { logAxis, tenTo } from "./scales.js";
import { createTimeline, strokeLine } from "./timeline.js";

const GUIDE = -3;

function scaleKey(from, to, colourAt) {
  const strip = h("canvas", { class: "strip", "aria-hidden": "true" });
  paintScale(strip, colourAt);
  return h("span", { class: "key" }, from, strip, to);
}

const spotKey = (color, text) =>
  h("span", { class: "key" }, h("i", { class: "spot", style: `background:${color}` }), text);

function panel(name, title, keys, timeline) {
  return {
    layout: timeline.layout,
    draw: timeline.draw,
    element: h(
      "section",
      { class: `card ${name}` },
      h("div", { class: "panel-head" }, h("h3", {}, title), h("span", { class: "keys" }, keys)),
      timeline.element,
    ),
  };
}

// The heat map a pixel a cell, and which special cells it has.
function heatOf({ norms, rows, count }, [low, high], theme) {
  const image = new ImageData(Math.max(1, count), rows);
  const special = specialColours(theme);
  const [zero, notFinite] = [channels(special.zero), channels(special.notFinite)];
  const table = Array.from({ length: 256 }, (_, i) => valueColour(i / 255));
  const has = { size: false, zero: false, notFinite: false };
  norms.forEach((norm, i) => {
    let colour = notFinite;
    if (norm === 0) {
      colour = zero;
      has.zero = true;
    } else if (Number.isFinite(norm)) {
      has.size = true;
      colour = table[Math.round(255 * Math.min(1, (Math.log10(norm) - low) / (high - low)))];
    } else has.notFinite = true;
    image.data.set([...colour, 255], 4 * i);
  });
  const canvas = h("canvas", { width: image.width, height: rows });
  canvas.getContext("2d").putImageData(image, 0, 0);
  return { canvas, has };
}

function layerTicks(rows, height) {
  const stride = [1, 2, 5, 10, 20].find((some) => (rows / some) * 15 <= height) ?? 20;
  const layers = Array.from({ length: rows - 1 }, (_, i) => i + 1).filter(
    (layer) =>
      (layer === 1 || (layer % stride === 0 && layer > stride / 2 + 1)) &&
      (rows - layer) * height >= 14 * rows,
  );
  return [...layers, rows].map((layer) => -layer);
}

export function createHeat(run, { theme, scales, onSeek, reading }) {
  const { canvas, has } = heatOf(run, scales.norm, theme);
  const special = specialColours(theme);
  const timeline = createTimeline("heat", {
    name: t("trained.heat"),
    total: scales.total,
    onSeek,
    numbers: true,
    y: (height) => ({
      range: [-run.rows - 0.5, -0.5],
      ticks: layerTicks(run.rows, height),
      format: (at) => (-at === run.rows ? t("trained.output") : String(-at)),
    }),
    paint(context, { px, height }) {
      context.imageSmoothingEnabled = false;
      if (run.count > 0) context.drawImage(canvas, 0, 0, px(run.count), height);
    },
  });
  timeline.pane.addEventListener("pointermove", (event) => {
    const { left, top, width, height } = timeline.pane.getBoundingClientRect();
    const step = Math.ceil(((event.clientX - left) / width) * scales.total);
    const row = Math.floor(((event.clientY - top) / height) * run.rows);
    if (step < 1 || step > run.count || row < 0 || row >= run.rows) reading.hide();
    else reading.show(run, row, step, event);
  });
  timeline.pane.addEventListener("pointerleave", reading.hide);
  return panel(
    "trained-heat",
    t("trained.heat"),
    [
      has.size ? scaleKey(...scales.norm.map(tenTo), (part) => css(valueColour(part))) : null,
      has.zero ? spotKey(special.zero, t("trained.zero")) : null,
      has.notFinite ? spotKey(special.notFinite, t("trained.not_finite")) : null,
    ],
    timeline,
  );
}

function drawGuide(context, { py, width }, ink) {
  const level = Math.round(py(GUIDE));
  const label = t("trained.guide");
  context.fillStyle = ink.text;
  context.fillRect(0, level - 1, width, 1.5);
  context.font = "600 12px system-ui, sans-serif";
  const wide = context.measureText(label).width + 8;
  context.fillStyle = ink.halo;
  context.fillRect(width - wide, level - 19, wide, 17);
  context.fillStyle = ink.text;
  context.textAlign = "right";
  context.fillText(label, width - 4, level - 6);
}

export function createRatios(run, { theme, scales, onSeek }) {
  const { rows, count } = run;
  const values = run.ratios.map(Math.log10);
  const ink = inks(theme);
  const timeline = createTimeline("ratio", {
    name: t("trained.ratio"),
    total: scales.total,
    onSeek,
    numbers: true,
    y: (height) => logAxis(scales.ratio, height),
    paint(context, axes) {
      const line = (row, color, width) =>
        strokeLine(context, axes, values, {
          first: 1,
          from: row * count,
          to: (row + 1) * count,
          color,
          width,
        });
      context.setLineDash([3, 3]);
      line(rows - 1, ink.text, 1.4);
      context.setLineDash([]);
      const width = rows > 24 ? 1 : 1.5;
      for (let row = 0; row < rows - 1; row += 1) {
        line(row, depthColour(row, rows - 1, theme), width);
      }
      drawGuide(context, axes, ink);
    },
  });
  return panel(
    "trained-ratio",
    t("trained.ratio"),
    [
      rows > 2
        ? scaleKey(t("trained.layer", { layer: 1 }), String(rows - 1), (part) =>
            depthColour(part * 127, 128, theme),
          )
        : spotKey(depthColour(0, 1, theme), t("trained.layer", { layer: 1 })),
      h("span", { class: "key" }, h("i", { class: "dashes" }), t("trained.output_layer")),
      values.every(Number.isFinite) ? null : h("span", { class: "key" }, t("trained.ratio_zero")),
    ],
    timeline,
  );
}
