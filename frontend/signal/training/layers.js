// Every layer against the steps: its gradient's norm as a heat map, its update ratio as lines.

import { text } from "../../charts/chart.js";
import { spread } from "../../charts/end_names.js";
import { measures, textWidth } from "../../charts/measures.js";
import { inks, specialColours } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { powerOfTen } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { channels, css, depthColour, paintScale, valueColour } from "./colours.js";
import { layerLine, layerName, namedRows } from "./names.js";
import { logAxis } from "./scales.js";
import { createTimeline, strokeLine } from "./timeline.js";

/**
 * @typedef {import("./model.js").Panel} Panel
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 * @typedef {import("./timeline.js").Axes} Axes
 */

const GUIDE = -3;

/** @param {string} from @param {string} to @param {(part: number) => string} colourAt */
function scaleKey(from, to, colourAt) {
  const strip = h("canvas", { class: "strip", "aria-hidden": "true" });
  paintScale(strip, colourAt);
  return h("span", { class: "key" }, from, strip, to);
}

/** @param {string} color @param {string} words */
const spotKey = (color, words) =>
  h("span", { class: "key" }, h("i", { class: "spot", style: `background:${color}` }), words);

/**
 * @param {string} name
 * @param {string} title
 * @param {(HTMLElement | null)[]} keys
 * @param {ReturnType<typeof createTimeline>} timeline
 * @returns {Panel}
 */
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

/**
 * The heat map a pixel a cell, and which special cells it has.
 *
 * @param {Run} run
 * @param {Range} range
 * @param {Scene["theme"]} theme
 */
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
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return { canvas, has };
}

/** @param {number} rows @param {number} height */
function layerTicks(rows, height) {
  const stride =
    [1, 2, 5, 10, 20].find((some) => (rows / some) * 1.2 * measures().font <= height) ?? 20;
  const layers = Array.from({ length: rows - 1 }, (_, i) => i + 1).filter(
    (layer) =>
      (layer === 1 || (layer % stride === 0 && layer > stride / 2 + 1)) &&
      (rows - layer) * height >= 1.1 * measures().font * rows,
  );
  return [...layers, rows].map((layer) => -layer);
}

/** @param {Run} run @param {Scene} scene @returns {Panel} */
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
  const [least, most] = scales.norm;
  return panel(
    "trained-heat",
    t("trained.heat"),
    [
      has.size
        ? scaleKey(powerOfTen(least), powerOfTen(most), (part) => css(valueColour(part)))
        : null,
      has.zero ? spotKey(special.zero, t("trained.zero")) : null,
      has.notFinite ? spotKey(special.notFinite, t("trained.not_finite")) : null,
    ],
    timeline,
  );
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Axes} axes
 * @param {import("../../charts/palette.js").Inks} ink
 */
function drawGuide(context, { py, width }, ink) {
  const { font, family, thin } = measures();
  const level = Math.round(py(GUIDE));
  const label = t("trained.guide");
  context.fillStyle = ink.text;
  context.fillRect(0, level - thin, width, 1.5 * thin);
  context.font = `600 ${font}px ${family}`;
  const wide = textWidth(label, font, family, 600) + 0.6 * font;
  context.fillStyle = ink.halo;
  context.fillRect(width - wide, level - 1.45 * font, wide, 1.25 * font);
  context.fillStyle = ink.text;
  context.textAlign = "right";
  context.fillText(label, width - 0.3 * font, level - 0.45 * font);
}

/**
 * Names at the ends of lines, in the room right of the pane.
 *
 * @param {Axes} axes
 * @param {Run} run
 * @param {ArrayLike<number>} values
 * @param {(row: number) => string} colourOf
 */
function drawNames({ py, height, left, width, svg }, { rows, count }, values, colourOf) {
  const { font } = measures();
  const ends = namedRows(rows)
    .map((row) => ({ row, level: py(values[(row + 1) * count - 1]) }))
    .filter(({ level }) => Number.isFinite(level))
    .sort((one, other) => one.level - other.level);
  const levels = spread(
    ends.map(({ level }) => level),
    1.05 * font,
    [0, height],
  );
  ends.forEach(({ row }, index) =>
    svg.append(
      text(left + width + 0.3 * font, levels[index] + 0.85 * font, layerName(row, rows), {
        class: "tick end-name",
        style: `fill: ${colourOf(row)}`,
      }),
    ),
  );
}

/** @param {Run} run @param {Scene} scene @returns {Panel} */
export function createRatios(run, { theme, scales, onSeek }) {
  const { rows, count } = run;
  const values = run.ratios.map(Math.log10);
  const ink = inks(theme);
  /** @param {number} row */
  const colourOf = (row) => (row === rows - 1 ? ink.text : depthColour(row, rows - 1, theme));
  const timeline = createTimeline("ratio", {
    name: t("trained.ratio"),
    total: scales.total,
    onSeek,
    numbers: true,
    y: (height) => logAxis(scales.ratio, height),
    paint(context, axes) {
      for (let row = rows - 1; row >= 0; row -= 1) {
        const { dash, width } = layerLine(row, rows);
        strokeLine(context, axes, values, {
          first: 1,
          from: row * count,
          to: (row + 1) * count,
          color: colourOf(row),
          width: (rows > 24 ? 0.6 : 0.8) * width,
          dash,
        });
      }
      drawGuide(context, axes, ink);
      drawNames(axes, run, values, colourOf);
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
