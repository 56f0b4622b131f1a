// What the search found of every rate, as a chart: a line a run, its marker and name at its best.

import { linearTicks, logTicks } from "../../charts/axes.js";
import { lossAxis } from "../../charts/losses.js";
import { axisRoom, measures as measure, widest } from "../../charts/measures.js";
import { nameOf, placeAround } from "../../charts/names.js";
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
 * @typedef {import("../../charts/measures.js").Measures} Measures
 * @typedef {import("../../charts/display_list.js").Frame} Frame
 * @typedef {import("../../charts/display_list.js").Spot} Spot
 *
 * @typedef {{ kind: "log" | "linear", offset: number, title?: string,
 *   range: [number, number] }} Axis
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

// Plotly's symbols of the runs' markers; its bar is a line, as thick as it is told.
/** @type {Record<string, string>} */
const SYMBOLS = {
  circle: "circle",
  square: "square",
  triangle: "triangle-up",
  diamond: "diamond",
  cross: "cross",
  down: "triangle-down",
  star: "star",
  bar: "line-ew",
};

// The axis of the losses panel, with room for what explodes to leave through the top.
/** @param {FoundRun[]} runs @param {Found} answer @param {Scale} scale @returns {Axis} */
function axisOf(runs, answer, scale) {
  const { objective } = answer.search;
  const curves = runs.flatMap(({ curve }) =>
    curve === null ? [] : [curve[CURVES[objective]].filter((value) => value !== null)],
  );
  /** @type {Omit<Axis, "range">} */
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
  if (good.length === 0) return { ...axis, range: axis.kind === "linear" ? [0, 1] : [0, 3] };
  const top = good[Math.floor(0.8 * (good.length - 1))];
  if (axis.kind === "linear") {
    const span = top - good[0] || 1;
    return { ...axis, range: [good[0] - 0.06 * span, top + 0.3 * span] };
  }
  const low = Math.log10(Math.max(good[0], 1e-14 * top, 1e-300));
  const high = Math.log10(top);
  return { ...axis, range: [low - 0.06 * (high - low) - 0.1, high + 0.12 * (high - low) + 0.1] };
}

/**
 * @typedef {object} Look
 * @property {Theme} theme
 * @property {Measures} measures
 * @property {Frame} frame Where the axes are on the panel.
 * @property {[number, number]} rates Ends of their axis, as powers of ten.
 * @property {Axis} axis Of what they led to.
 * @property {{ x: import("../../charts/axes.js").Ticks, y: import("../../charts/axes.js").Ticks }} ticks
 */

/** @param {HTMLElement} plot @param {FoundRun[]} runs @param {Found} answer @param {Theme} theme
 * @param {Scale} scale @returns {Look} */
function lookOf(plot, runs, answer, theme, scale) {
  const measures = measure();
  const { font } = measures;
  const axis = axisOf(runs, answer, scale);
  const { low, high } = answer.search;
  /** @type {[number, number]} */
  const rates = [Math.log10(low), Math.log10(high)];
  const top = Math.ceil(1.7 * font);
  const height = Math.max(20, plot.clientHeight - top - axisRoom(1.1 * font, true, measures));
  const most = Math.max(2, Math.floor(height / (2.2 * font)));
  const y = axis.kind === "log" ? logTicks(axis.range, most) : linearTicks("", axis.range, most);
  const left = axisRoom(widest(y.texts, measures), true, measures);
  const width = Math.max(20, plot.clientWidth - left - Math.ceil(font));
  const x = logTicks(rates, width / (4.5 * font));
  return { theme, measures, frame: { left, top, width, height }, rates, axis, ticks: { x, y } };
}

/** @param {import("../../charts/axes.js").Ticks} ticks @param {"log" | "linear"} kind */
const ticked = ({ values, texts }, kind) => ({
  type: kind,
  tickvals: kind === "log" ? values.map((value) => 10 ** value) : values,
  ticktext: texts,
});

/** @param {FoundRun[]} runs @param {Found} answer @param {Look} look */
function layout(runs, answer, look) {
  const { theme, measures, frame, rates, axis, ticks } = look;
  const { font, family, thin } = measures;
  const ink = inks(theme);
  const shared = {
    zeroline: false,
    gridcolor: ink.grid,
    linecolor: ink.faint,
    ticks: "outside",
    ticklen: 4,
    tickcolor: ink.faint,
    fixedrange: true,
  };
  const critical = runs.flatMap(({ critical_learning_rate: rate, style }) =>
    rate === null ? [] : [{ rate, color: style.color }],
  );
  const title =
    PLAIN[answer.search.objective] ??
    (axis.title === "losses.log" ? "tuning.axis.loss" : (axis.title ?? ""));
  return {
    margin: {
      l: frame.left,
      t: frame.top,
      r: Math.ceil(font),
      b: axisRoom(1.1 * font, true, measures),
    },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink.text, size: font, family },
    xaxis: {
      ...shared,
      ...ticked(ticks.x, "log"),
      title: { text: t("tuning.axis.rate"), font: { size: font }, standoff: 4 },
      range: rates,
    },
    yaxis: {
      ...shared,
      ...ticked(ticks.y, axis.kind),
      title: { text: t(title), font: { size: font }, standoff: 6 },
      range: axis.range,
    },
    shapes: critical.map((one) => ({
      type: "line",
      yref: "paper",
      y0: 0,
      y1: 1,
      x0: one.rate,
      x1: one.rate,
      line: { color: one.color, width: 1.5 * thin, dash: "dash" },
    })),
    annotations: [
      ...critical.slice(0, 1).map((one) => ({
        yref: "paper",
        y: 1.005,
        yanchor: "bottom",
        x: Math.log10(one.rate),
        text: t("tuning.critical"),
        showarrow: false,
        font: { size: font },
      })),
      ...names(runs, answer, look),
    ],
    showlegend: false,
    dragmode: false,
    hovermode: false,
    separators: separators(),
  };
}

// A number as the axis has it: what is under a logarithmic one lies on its end.
/** @param {number | null} value @param {Axis} axis */
const raised = (value, { kind, offset, range }) =>
  value === null || kind === "linear" ? value : Math.max(value - offset, 10 ** range[0]);

// Names beside the best points; they keep beside them when the dialog changes its size.
/** @param {FoundRun[]} runs @param {Found} answer @param {Look} look */
function names(runs, answer, { theme, measures, frame, rates, axis }) {
  const { font, mark } = measures;
  /** @param {number} value @param {[number, number]} range */
  const share = (value, [low, high]) => (value - low) / (high - low);
  const bests = runs.flatMap(({ best, curve, name, style }, key) => {
    const value = best && curve ? raised(best[CURVES[answer.search.objective]], axis) : null;
    if (best === null || value === null) return [];
    const [x, y] = [
      Math.log10(best.learning_rate),
      axis.kind === "log" ? Math.log10(value) : value,
    ];
    /** @type {Spot} */
    const at = [
      frame.left + share(x, rates) * frame.width,
      frame.top + (1 - share(y, axis.range)) * frame.height,
    ];
    return [{ key, x, y, at, color: style.color, ...nameOf(name, measures) }];
  });
  const obstacles = bests.map(({ at }) => at);
  const placed = placeAround(bests, { frame, obstacles, mark, font, sides: new Map() });
  return placed.flatMap(({ key, text, at }) => {
    const best = bests.find((one) => one.key === key);
    if (!best) return [];
    return [
      {
        x: best.x,
        y: best.y,
        xanchor: "left",
        yanchor: "middle",
        xshift: at[0] - best.at[0],
        yshift: best.at[1] - at[1],
        text: `<b>${text.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</b>`,
        showarrow: false,
        borderpad: 0,
        bgcolor: inks(theme).halo,
        font: { size: font, color: best.color },
      },
    ];
  });
}

/** @param {FoundRun[]} runs @param {Found} answer @param {Look} look */
function traces(runs, answer, { theme, measures: { line, mark, thin }, axis }) {
  const name = CURVES[answer.search.objective];
  return runs.flatMap(({ curve, best, style: { color, shape, dash } }) =>
    curve === null
      ? []
      : [
          {
            x: curve.learning_rate,
            y: curve[name].map((value) => raised(value, axis)),
            mode: "lines",
            connectgaps: false,
            hoverinfo: "skip",
            line: {
              color,
              width: 0.9 * line,
              dash: dash.map((length) => `${length * thin}px`).join(",") || "solid",
            },
          },
          ...(best
            ? [
                {
                  x: [best.learning_rate],
                  y: [raised(best[name], axis)],
                  mode: "markers",
                  hoverinfo: "skip",
                  cliponaxis: false,
                  marker: {
                    color,
                    symbol: SYMBOLS[shape] ?? "circle",
                    size: 2 * mark,
                    line:
                      shape === "bar"
                        ? { width: mark, color }
                        : { width: 1.2 * thin, color: inks(theme).halo },
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
  const look = lookOf(plot, runs, answer, theme, scale);
  react(plot, traces(runs, answer, look), layout(runs, answer, look), { responsive: true });
}

// Plotly listens to the window for each plot that is there.
export const clearChart = purge;
