// What the search found of every rate, as a chart: a line a run, a mark at its best.

import { lossAxis } from "../../charts/losses.js";
import { inks } from "../../charts/palette.js";
import { purge, react } from "../../charts/plotly.js";
import { separators } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";

/**
 * @typedef {import("./types.js").Found} Found
 * @typedef {import("./types.js").FoundRun} FoundRun
 * @typedef {import("./types.js").Objective} Objective
 * @typedef {State["scale"]} Scale
 * @typedef {import("./types.js").State} State
 * @typedef {import("../../charts/palette.js").Theme} Theme
 *
 * @typedef {{ kind: "log" | "linear", offset: number, title?: string, range?: [number, number] }} Axis
 * @typedef {NonNullable<FoundRun["curve"]>} Curve
 * @typedef {Exclude<keyof Curve, "learning_rate">} Values
 */

// What a curve has of each objective.
/** @type {Record<Objective, Values>} */
export const CURVES = {
  held_loss: "held_loss",
  final_loss: "loss",
  best_loss: "best_loss",
  steps_to_tolerance: "steps_to_tolerance",
};
// Those that are counted from 0 and need no offset.
/** @type {Partial<Record<Objective, string>>} */
const PLAIN = { held_loss: "tuning.axis.held", steps_to_tolerance: "tuning.axis.steps" };

// The axis of the losses panel, with room for what explodes to leave through the top.
/** @param {FoundRun[]} runs @param {Found} answer @param {Scale} scale @returns {Axis} */
function axisOf(runs, answer, scale) {
  const { objective } = answer.search;
  const curves = runs.flatMap(({ curve }) =>
    curve === null ? [] : [curve[CURVES[objective]].filter((value) => value !== null)],
  );
  if (objective === "steps_to_tolerance") return { kind: "log", offset: 0 };
  /** @type {Axis} */
  const axis =
    objective in PLAIN
      ? { kind: "log", offset: 0 }
      : lossAxis(
          curves.map((loss) => ({ loss })),
          answer.surface.minima,
          scale,
        );
  const values = curves.flat().map((value) => value - axis.offset);
  const good = values.filter((value) => axis.kind === "linear" || value > 0).sort((a, b) => a - b);
  if (good.length === 0) return axis;
  const top = good[Math.floor(0.8 * (good.length - 1))];
  if (axis.kind === "linear") {
    const span = top - good[0] || 1;
    return { ...axis, range: [good[0] - 0.06 * span, top + 0.3 * span] };
  }
  const low = Math.log10(Math.max(good[0], 1e-14 * top, 1e-300));
  const high = Math.log10(top);
  return { ...axis, range: [low - 0.06 * (high - low) - 0.1, high + 0.12 * (high - low) + 0.1] };
}

/** @param {FoundRun[]} runs @param {Found} answer @param {Axis} axis @param {Theme} theme */
function layout(runs, answer, axis, theme) {
  const ink = inks(theme);
  const shared = {
    zeroline: false,
    gridcolor: ink.grid,
    linecolor: ink.faint,
    ticks: "outside",
    ticklen: 4,
    tickcolor: ink.faint,
    fixedrange: true,
    exponentformat: "power",
  };
  const critical = runs.flatMap(({ critical_learning_rate: rate, style }) =>
    rate === null ? [] : [{ rate, color: style.color }],
  );
  const title =
    PLAIN[answer.search.objective] ??
    (axis.title === "losses.log" ? "tuning.axis.loss" : (axis.title ?? ""));
  return {
    margin: { l: 64, r: 14, t: 24, b: 42 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink.text, size: 12, family: "inherit" },
    xaxis: {
      ...shared,
      type: "log",
      dtick: 1,
      title: { text: t("tuning.axis.rate"), standoff: 4 },
      range: [Math.log10(answer.search.low), Math.log10(answer.search.high)],
    },
    yaxis: {
      ...shared,
      type: axis.kind,
      nticks: 7,
      title: { text: t(title), standoff: 6 },
      ...(axis.range ? { range: axis.range } : {}),
    },
    shapes: critical.map((one) => ({
      type: "line",
      yref: "paper",
      y0: 0,
      y1: 1,
      x0: one.rate,
      x1: one.rate,
      line: { color: one.color, width: 1.5, dash: "dash" },
    })),
    annotations: critical.slice(0, 1).map((one) => ({
      yref: "paper",
      y: 1.005,
      yanchor: "bottom",
      x: Math.log10(one.rate),
      text: t("tuning.critical"),
      showarrow: false,
      font: { color: ink.text, size: 12 },
    })),
    showlegend: false,
    dragmode: false,
    hovermode: false,
    separators: separators(),
  };
}

/** @param {FoundRun[]} runs @param {Found} answer @param {Axis} axis @param {Theme} theme */
function traces(runs, answer, axis, theme) {
  const name = CURVES[answer.search.objective];
  const raised = (/** @type {number | null} */ value) =>
    value === null || axis.kind === "linear"
      ? value
      : Math.max(value - axis.offset, 10 ** (axis.range?.[0] ?? -300));
  return runs.flatMap((one) =>
    one.curve === null
      ? []
      : [
          {
            x: one.curve.learning_rate,
            y: one.curve[name].map(raised),
            mode: "lines",
            connectgaps: false,
            hoverinfo: "skip",
            line: {
              color: one.style.color,
              width: 2,
              dash: one.style.dash.length ? "dash" : "solid",
            },
          },
          ...(one.best
            ? [
                {
                  x: [one.best.learning_rate],
                  y: [raised(one.best[name])],
                  mode: "markers",
                  hoverinfo: "skip",
                  cliponaxis: false,
                  marker: {
                    color: one.style.color,
                    size: 10,
                    line: { width: 1.5, color: inks(theme).halo },
                  },
                },
              ]
            : []),
        ],
  );
}

/**
 * @param {HTMLElement} plot
 * @param {FoundRun[]} runs
 * @param {Found} answer
 * @param {{ theme: Theme, scale: Scale }} how
 */
export function drawChart(plot, runs, answer, { theme, scale }) {
  const axis = axisOf(runs, answer, scale);
  react(plot, traces(runs, answer, axis, theme), layout(runs, answer, axis, theme), {
    responsive: true,
  });
}

// Plotly listens to the window for each plot that is there.
export const clearChart = purge;
