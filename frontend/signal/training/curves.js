// Loss, accuracy and, where it varies, the learning rate against the steps.

import { measures } from "../../charts/measures.js";
import { inks, specialColours } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { percent, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { linearAxis, logAxis } from "./scales.js";
import { createTimeline, strokeLine } from "./timeline.js";

// What a clipped step led to, and where a run left the finite range.
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

// Where the learning rate was changed on the way.
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

export function createCurves(run, scene) {
  const { theme, scales, style, onSeek } = scene;
  const { total, isLog } = scales;
  const values = isLog ? run.loss.map(Math.log10) : run.loss;
  const colours = {
    line: style.color,
    clipped: inks(theme).text,
    diverged: specialColours(theme).notFinite,
  };
  const series = [
    [
      "loss",
      isLog ? t("trained.loss_log") : t("trained.loss"),
      {
        y: (height) =>
          isLog
            ? logAxis(scales.loss, height)
            : linearAxis(scales.loss, height, (at) => quantity(at, 2)),
        paint(context, axes) {
          strokeLine(context, axes, values, { color: style.color });
          markEvents(context, axes, run, values, colours);
          markChanges(context, axes, run, theme);
        },
      },
    ],
  ];
  if (scales.hasAccuracy) {
    series.push([
      "accuracy",
      t("trained.accuracy"),
      {
        y: () => ({ range: [-0.04, 1.04], ticks: [0, 0.5, 1], format: (share) => percent(share) }),
        paint: (context, axes) =>
          run.accuracy &&
          strokeLine(context, axes, run.accuracy, { color: style.color, width: 0.8 }),
      },
    ]);
  }
  if (scales.rate) {
    series.push([
      "learning-rate",
      t("trained.rate"),
      {
        y: () => ({
          range: scales.rate,
          ticks: [0, scales.rate[1] / 1.08],
          format: (at) => quantity(at, 2),
        }),
        paint: (context, axes) =>
          strokeLine(context, axes, run.rate, { first: 1, color: inks(theme).text, width: 0.8 }),
      },
    ]);
  }
  const timelines = series.map(([id, name, options], index) =>
    createTimeline(id, { name, total, onSeek, numbers: index === series.length - 1, ...options }),
  );
  const clipped =
    run.clipping &&
    h(
      "span",
      { class: "key" },
      h("i", { class: "dot", style: `background:${colours.clipped}` }),
      t("trained.clipped", { count: run.clipped.length, steps: run.count }),
    );
  const element = h(
    "section",
    { class: "card trained-curves" },
    timelines.map((timeline, index) => [
      h(
        "div",
        { class: "panel-head" },
        h("h3", {}, series[index][1]),
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
