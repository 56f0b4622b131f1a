// The only file that knows Plotly. It draws axes, their numbers and colour bars; what is inside the
// axes is drawn by others, so that the frame is not Plotly's to choose: margins are given, and so
// none of its private fields is read.

import { BAR_GAP, barRoom, TICK, textWidth, widest } from "./measures.js";

/**
 * @typedef {import("./display_list.js").Frame} Frame
 * @typedef {import("./measures.js").Measures} Measures
 * @typedef {import("./palette.js").Inks} Inks
 *
 * @typedef {object} Axis
 * @property {[number, number]} range Powers of ten where it is logarithmic.
 * @property {"linear" | "log"} [kind]
 * @property {number[]} values
 * @property {string[]} texts
 * @property {string} title Empty where there is no room for one.
 *
 * @typedef {object} Bar A colour bar.
 * @property {string} name What it is of.
 * @property {number} zmin
 * @property {number} zmax
 * @property {import("./palette.js").ColorScale} colorscale
 * @property {number[]} ticks
 * @property {string[]} texts
 * @property {string} title
 * @property {number} thickness
 *
 * @typedef {object} Note A text in a corner of the frame.
 * @property {string} text
 * @property {0 | 1} x
 * @property {0 | 1} y
 *
 * @typedef {object} Axes
 * @property {{width: number, height: number}} size Of the panel.
 * @property {Frame} frame
 * @property {Axis} x
 * @property {Axis} y
 * @property {boolean} isBoxed A frame round a picture; else a grid behind curves.
 * @property {Bar | null} [bar]
 * @property {Note[]} [notes]
 * @property {object[]} [traces] What Plotly draws inside the frame.
 * @property {Inks} ink
 * @property {Measures} measures
 */

const CONFIG = { displayModeBar: false, staticPlot: true };

/** @returns {any} The script, once it has come. */
const library = () => Reflect.get(globalThis, "Plotly");

/** @type {Map<HTMLElement, () => void>} */
const waiting = new Map();

// A script's `load` is heard on the way down; which script it was does not matter.
document.addEventListener(
  "load",
  () => {
    if (!library()) return;
    for (const draw of waiting.values()) draw();
    waiting.clear();
  },
  true,
);

/**
 * Draws now, or when Plotly has come: the last that was to be drawn at a place.
 *
 * @param {HTMLElement} plot
 * @param {() => void} draw
 */
function soon(plot, draw) {
  if (library()) draw();
  else waiting.set(plot, draw);
}

// Titles are shortened at the first of these that leaves enough room.
const BREAKS = /, | \(| — /g;

/**
 * A title no longer than its axis: what explains it goes first.
 *
 * @param {string} title
 * @param {number} room
 * @param {Measures} measures
 */
function fitting(title, room, { font, family }) {
  /** @param {string} text */
  const isShort = (text) => textWidth(text, font, family) <= room;
  if (isShort(title)) return title;
  const cuts = [...title.matchAll(BREAKS)].map(({ index }) => title.slice(0, index));
  return cuts.findLast(isShort) ?? cuts[0] ?? title;
}

/**
 * @param {Axis} axis
 * @param {Axes} axes
 * @param {number} length
 */
function axisLayout({ range, kind = "linear", values, texts, title }, axes, length) {
  const { isBoxed, ink, measures } = axes;
  return {
    type: kind,
    range: [...range],
    tickvals: kind === "log" ? values.map((value) => 10 ** value) : values,
    ticktext: texts,
    title: { text: fitting(title, length, measures), font: { size: measures.font }, standoff: 5 },
    zeroline: false,
    showgrid: !isBoxed,
    gridcolor: ink.grid,
    ticks: "outside",
    ticklen: TICK,
    tickcolor: ink.faint,
    linecolor: ink.faint,
    mirror: isBoxed,
    fixedrange: true,
    automargin: false,
  };
}

/** @param {Note} note @param {Axes} axes */
const annotation = ({ text, x, y }, { ink, measures }) => ({
  text,
  xref: "paper",
  yref: "paper",
  x,
  y,
  xanchor: x === 0 ? "left" : "right",
  yanchor: y === 0 ? "bottom" : "top",
  align: "left",
  showarrow: false,
  bgcolor: ink.halo,
  font: { size: measures.font },
});

/** @param {Axes} axes */
function layoutOf(axes) {
  const { size, frame, ink, measures } = axes;
  return {
    margin: {
      l: frame.left,
      t: frame.top,
      r: size.width - frame.left - frame.width,
      b: size.height - frame.top - frame.height,
      pad: 0,
      autoexpand: false,
    },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink.text, size: measures.font, family: measures.family },
    xaxis: axisLayout(axes.x, axes, frame.width),
    yaxis: axisLayout(axes.y, axes, frame.height + frame.top),
    annotations: (axes.notes ?? []).map((note) => annotation(note, axes)),
    dragmode: false,
    hovermode: false,
    showlegend: false,
    width: size.width,
    height: size.height,
  };
}

/**
 * The size of numbers beside the colours: that of all numbers, unless they would not fit.
 *
 * @param {Bar} bar
 * @param {Axes} axes
 */
function barFont({ texts, thickness }, { size, frame, measures }) {
  const room = size.width - frame.left - frame.width - barRoom(thickness, 0, measures);
  const needed = widest(texts, measures);
  return needed > room ? Math.max(9, (measures.font * room) / needed) : measures.font;
}

/** A title is made smaller by no more than this, if its first words alone say enough. */
const SMALLEST = 0.8;
/** What is read from the back row is not made smaller than this, in pixels. */
const BACK_ROW = 24;

/**
 * The bar's title, which tells in a deep zoom what its numbers are above, and its size. Where there is
 * little room, as from the back row, it is what stands before the dash.
 *
 * @param {Bar} bar
 * @param {Axes} axes
 */
function titleOf({ title }, { frame, measures: { font, family } }) {
  // It stands beside the middle of the frame.
  const room = frame.height + 2 * frame.top - 6;
  const sizeOf = (/** @type {string} */ text) =>
    font * Math.min(1, room / Math.max(1, textWidth(text, font, family)));
  const least = Math.max(SMALLEST * font, font < BACK_ROW ? 0 : BACK_ROW);
  const text = sizeOf(title) < least ? title.split(" — ")[0] : title;
  return { text, font: { size: Math.max(8, sizeOf(text)) } };
}

/** A trace that has nothing but a colour bar. @param {Bar} bar @param {Axes} axes */
const barTrace = (bar, axes) => ({
  type: "scatter",
  mode: "markers",
  name: bar.name,
  x: [null],
  y: [null],
  hoverinfo: "skip",
  marker: {
    color: [bar.zmin],
    cmin: bar.zmin,
    cmax: bar.zmax,
    colorscale: bar.colorscale,
    showscale: true,
    colorbar: {
      title: { ...titleOf(bar, axes), side: "right" },
      tickvals: bar.ticks,
      ticktext: bar.texts,
      tickfont: { size: barFont(bar, axes) },
      thickness: bar.thickness,
      len: 1,
      x: 1,
      xpad: BAR_GAP,
      y: 0.5,
      ypad: 0,
      outlinewidth: 0,
      ticks: "outside",
      ticklen: 3,
    },
  },
});

const INVISIBLE = { x: [null], y: [null], mode: "markers", hoverinfo: "skip" };

/**
 * @param {HTMLElement} plot
 * @param {object[]} traces
 * @param {object} layout
 * @param {object} [config]
 */
export const react = (plot, traces, layout, config = {}) =>
  soon(plot, () => library().react(plot, traces, layout, { ...CONFIG, ...config }));

/** What axes without traces say as they stand. @type {WeakMap<HTMLElement, string>} */
const standing = new WeakMap();

/**
 * @param {HTMLElement} plot
 * @param {Axes} axes
 */
export function drawAxes(plot, axes) {
  const { bar = null, traces = [] } = axes;
  const shown = bar === null ? traces : [barTrace(bar, axes), ...traces];
  const layout = layoutOf(axes);
  // Plotly takes as long for what stands there already as for anything else.
  const what = shown.length > 0 ? "" : JSON.stringify(layout);
  if (what !== "" && what === standing.get(plot)) return;
  standing.set(plot, what);
  react(plot, shown.length > 0 ? shown : [INVISIBLE], layout);
}

/**
 * Only other ranges: a fifth of the work.
 *
 * @param {HTMLElement} plot
 * @param {Axes} axes
 */
export function moveAxes(plot, axes) {
  const { xaxis, yaxis, annotations } = layoutOf(axes);
  standing.delete(plot);
  soon(plot, () => {
    if (!("layout" in plot)) return drawAxes(plot, axes);
    library().relayout(plot, { ...moved("xaxis", xaxis), ...moved("yaxis", yaxis), annotations });
  });
}

/**
 * @param {string} name
 * @param {ReturnType<typeof axisLayout>} axis
 */
const moved = (name, { range, tickvals, ticktext, title }) => ({
  [`${name}.range`]: range,
  [`${name}.tickvals`]: tickvals,
  [`${name}.ticktext`]: ticktext,
  [`${name}.title.text`]: title.text,
});

/** @param {HTMLElement} plot */
export function purge(plot) {
  standing.delete(plot);
  soon(plot, () => library().purge(plot));
}
