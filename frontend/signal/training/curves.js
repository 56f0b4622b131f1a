// Loss, accuracy and, where it varies, the learning rate against the steps.

import { measures } from "../../charts/measures.js";
import { inks, specialColours } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { percent, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { drawEvents } from "./events.js";
import { linearAxis, logAxis } from "./scales.js";
import { createTimeline, strokeLine } from "./timeline.js";

/**
 * @typedef {import("./model.js").Panel} Panel
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 * @typedef {import("./timeline.js").Axes} Axes
 *
 * @typedef {{ id: string, title: string } & Pick<import("./timeline.js").Options, "y" | "paint">} Series
 */

/**
 * What a clipped step led to, and where a run left the finite range.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Axes} axes
 * @param {Run} run
 * @param {ArrayLike<number>} values
 * @param {ReturnType<typeof coloursOf>} colours
 */
function markEvents(context, axes, { clipped, divergedAt, count }, values, colours) {
  const { line } = measures();
  context.fillStyle = colours.clipped;
  for (const step of clipped) {
    if (!(step < values.length)) continue;
    context.beginPath();
    context.arc(axes.px(step), axes.py(values[step]), 0.9 * line, 0, 2 * Math.PI);
    context.fill();
  }
  // A single point has no line.
  if (count === 0) {
    context.fillStyle = colours.line;
    context.beginPath();
    context.arc(0, Math.max(2 * line, axes.py(values[0])), 2 * line, 0, 2 * Math.PI);
    context.fill();
  }
  if (divergedAt === null) return;
  context.fillStyle = colours.diverged;
  context.globalAlpha = 0.14;
  context.fillRect(axes.px(count), 0, axes.width, axes.height);
  context.globalAlpha = 1;
  context.fillRect(axes.px(count), 0, 2, axes.height);
}

/**
 * Where the learning rate was changed on the way.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Axes} axes
 * @param {Run} run
 * @param {Scene["theme"]} theme
 */
function markChanges(context, axes, { changes }, theme) {
  const { text, halo } = inks(theme);
  const { font, family, thin } = measures();
  context.font = `600 ${font}px ${family}`;
  for (const { step, learning_rate: rate } of changes) {
    const x = axes.px(step);
    const words = `α = ${quantity(rate)}`;
    const isLeft = x + context.measureText(words).width + 8 > axes.width;
    context.strokeStyle = text;
    context.lineWidth = thin;
    context.setLineDash([2 * thin, 3 * thin]);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, axes.height);
    context.stroke();
    context.setLineDash([]);
    context.textAlign = isLeft ? "right" : "left";
    context.textBaseline = "top";
    context.lineWidth = 3;
    context.strokeStyle = halo;
    context.strokeText(words, x + (isLeft ? -4 : 4), 2);
    context.fillStyle = text;
    context.fillText(words, x + (isLeft ? -4 : 4), 2);
  }
}

/** @param {Pick<Scene, "theme" | "style">} scene */
const coloursOf = ({ theme, style }) => ({
  line: style.color,
  clipped: inks(theme).text,
  diverged: specialColours(theme).notFinite,
});

/** @param {Run} run @param {Scene} scene @returns {Series} */
function lossOf(run, { theme, scales, style }) {
  const { isLog } = scales;
  const values = isLog ? run.loss.map(Math.log10) : run.loss;
  return {
    id: "loss",
    title: isLog ? t("trained.loss_log") : t("trained.loss"),
    y: (height) =>
      isLog
        ? logAxis(scales.loss, height)
        : linearAxis(scales.loss, height, (at) => quantity(at, 2)),
    paint(context, axes) {
      strokeLine(context, axes, values, { color: style.color });
      markEvents(context, axes, run, values, coloursOf({ theme, style }));
      markChanges(context, axes, run, theme);
      drawEvents(context, axes, run, values, { theme, style });
    },
  };
}

/** @param {Run} run @param {Scene} scene @returns {Series} */
const accuracyOf = ({ accuracy }, { style }) => ({
  id: "accuracy",
  title: t("trained.accuracy"),
  y: () => ({ range: [-0.04, 1.04], ticks: [0, 0.5, 1], format: (share) => percent(share) }),
  paint: (context, axes) => {
    if (accuracy) strokeLine(context, axes, accuracy, { color: style.color, width: 0.8 });
  },
});

/** @param {Run} run @param {[number, number]} range @param {Scene} scene @returns {Series} */
const rateOf = ({ rate }, range, { theme }) => ({
  id: "learning-rate",
  title: t("trained.rate"),
  y: () => ({ range, ticks: [0, range[1] / 1.08], format: (at) => quantity(at, 2) }),
  paint: (context, axes) =>
    strokeLine(context, axes, rate, { first: 1, color: inks(theme).text, width: 0.8 }),
});

/** @param {Run} run @param {Scene} scene @returns {Panel} */
export function createCurves(run, scene) {
  const { scales, onSeek } = scene;
  const series = [
    lossOf(run, scene),
    ...(scales.hasAccuracy ? [accuracyOf(run, scene)] : []),
    ...(scales.rate ? [rateOf(run, scales.rate, scene)] : []),
  ];
  const timelines = series.map(({ id, title, y, paint }, index) =>
    createTimeline(id, {
      name: title,
      total: scales.total,
      onSeek,
      numbers: index === series.length - 1,
      y,
      paint,
    }),
  );
  const clipped =
    run.clipping &&
    h(
      "span",
      { class: "key" },
      h("i", { class: "dot", style: `background:${coloursOf(scene).clipped}` }),
      t("trained.clipped", { count: run.clipped.length, steps: run.count }),
    );
  const element = h(
    "section",
    { class: "card trained-curves" },
    timelines.map((timeline, index) => [
      h(
        "div",
        { class: "panel-head" },
        h("h3", {}, series[index].title),
        index === 0 && clipped ? h("span", { class: "keys" }, clipped) : null,
      ),
      timeline.element,
    ]),
  );
  return {
    element,
    layout: () => timelines.forEach((timeline) => timeline.layout()),
    draw: (step) => timelines.forEach((timeline) => timeline.draw(step)),
  };
}
