// The points and what each run makes of them at the current step: a line, a curve, a border.

import { h } from "../core/dom.js";
import { separators } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { createLegend } from "../scene/legend.js";
import { createOverlay } from "../scene/overlay.js";
import { startNote } from "./curves.js";
import { inks, scaleOf } from "./palette.js";
import { equationOf, inUnits } from "./units.js";

const SAMPLES = 160;
const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const ACTIVATIONS = { sigmoid, tanh: Math.tanh, relu: (z) => Math.max(0, z) };

// What a model answers for a feature, with the two parameters that are descended; the server's
// surfaces/data.py has the same, and a test compares them.
export const MODELS = {
  linear_regression: () => (w, b) => (x) => w * x + b,
  neuron:
    ({ activation }) =>
    (w, b) =>
    (x) =>
      ACTIVATIONS[activation](w * x + b),
};

// Where bias + w₁x₁ + w₂x₂ = 0 crosses a rectangle: two points, or null.
export function border(bias, w1, w2, [left, right], [bottom, top]) {
  if (Math.abs(w2) > Math.abs(w1)) {
    return [left, right].map((x) => [x, -(bias + w1 * x) / w2]);
  }
  return w1 === 0 ? null : [bottom, top].map((y) => [-(bias + w2 * y) / w1, y]);
}

function widened(values, share = 0.08) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = share * (high - low || 1);
  return [low - room, high + room];
}

export function createFit(section) {
  const plot = section.querySelector(".plot");
  const equation = h("p", { class: "fit-equation", id: "fit-equation" });
  section.append(equation);
  const overlay = createOverlay(section);
  const marks = h("div", { class: "legend" });
  section.append(marks);
  const legend = createLegend(marks);
  let scene = null;
  let ranges = null;
  let rows = [];
  let drawnStep = 0;

  const classes = () => "label" in scene.points;
  const columns = () =>
    classes() ? [scene.points.x1, scene.points.x2] : [scene.points.x, scene.points.y];

  // What the pasted table calls its columns; Plotly would take "<" for a tag.
  function axisNames() {
    const { names, used } = scene.reading ?? {};
    return (classes() ? ["x₁", "x₂"] : ["x", "y"]).map((plain, index) =>
      (names?.[used[index] - 1] || plain).replace(/&/g, "&amp;").replace(/</g, "&lt;"),
    );
  }

  function layout() {
    const ink = inks(scene.theme);
    const axis = (title, range) => ({
      range,
      title: { text: title, font: { size: 12 }, standoff: 2 },
      zeroline: false,
      gridcolor: ink.grid,
      linecolor: ink.faint,
      ticks: "outside",
      ticklen: 4,
      tickcolor: ink.faint,
      fixedrange: true,
      nticks: 6,
    });
    const [x, y] = axisNames();
    return {
      margin: { l: 58, r: 12, t: 20, b: 34 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink.text, size: 12, family: "inherit" },
      xaxis: axis(x, ranges[0]),
      yaxis: axis(y, ranges[1]),
      annotations: startNote(scene),
      dragmode: false,
      hovermode: false,
      showlegend: false,
      separators: separators(),
      width: section.clientWidth,
      height: section.clientHeight,
    };
  }

  function traces() {
    const ink = inks(scene.theme);
    const [x, y] = columns();
    const dense = x.length > 200;
    const labels = classes() ? scene.points.label : null;
    return [
      {
        x,
        y,
        mode: "markers",
        hoverinfo: "skip",
        cliponaxis: true,
        marker: {
          size: dense ? 4 : 6,
          opacity: dense ? 0.6 : 0.85,
          color: labels
            ? labels.map((label) => (label > 0 ? ink.text : scaleOf(scene.theme)[3][1]))
            : ink.faint,
          symbol: labels ? labels.map((label) => (label > 0 ? "circle" : "square")) : "circle",
          line: { width: labels ? 1 : 0, color: ink.text },
        },
      },
    ];
  }

  const px = (x) =>
    overlay.frame.left + ((x - ranges[0][0]) / (ranges[0][1] - ranges[0][0])) * overlay.frame.width;
  const py = (y) =>
    overlay.frame.top + ((ranges[1][1] - y) / (ranges[1][1] - ranges[1][0])) * overlay.frame.height;

  // What a run makes of the points at a step, in their own units.
  const fitAt = ({ x, y }, step) => {
    const at = Math.min(step, x.length - 1);
    return classes()
      ? inUnits(scene.standardised, [x[at], y[at]], scene.parameters.bias)
      : inUnits(scene.standardised, [x[at]], y[at]);
  };

  function curveOf({ weights, bias }) {
    if (classes()) return border(bias, ...weights, ...ranges) ?? [];
    const model = MODELS[scene.surface](scene.parameters)(...weights, bias);
    const [low, high] = ranges[0];
    return Array.from({ length: SAMPLES + 1 }, (_, i) => {
      const at = low + (i / SAMPLES) * (high - low);
      return [at, model(at)];
    });
  }

  function draw(step) {
    drawnStep = step;
    if (scene === null || ranges === null) return;
    legend.show(
      new Set([
        ...(classes() ? ["label_positive", "label_negative"] : []),
        ...(rows.length > 0 ? ["batch_points"] : []),
      ]),
    );
    const ink = inks(scene.theme);
    equation.textContent = "";
    overlay.mark((context) => {
      const [x, y] = columns();
      context.strokeStyle = ink.text;
      context.lineWidth = 1.6;
      for (const row of rows) {
        context.beginPath();
        context.arc(px(x[row]), py(y[row]), 5.5, 0, 2 * Math.PI);
        context.stroke();
      }
      for (const run of scene.runs) {
        const trajectory = run.trajectories[scene.selectedStart];
        if (!trajectory) continue;
        const fitted = fitAt(trajectory, step);
        if (run.key === scene.selectedRun) {
          equation.textContent = equationOf(scene.surface, scene.parameters, fitted);
          equation.style.color = run.style.color;
        }
        const points = curveOf(fitted);
        context.beginPath();
        points.forEach(([u, v], i) =>
          i === 0
            ? context.moveTo(px(u), py(v))
            : context.lineTo(px(u), Math.max(-1e5, Math.min(1e5, py(v)))),
        );
        context.setLineDash(run.style.dash);
        context.strokeStyle = run.style.color;
        context.lineWidth = run.key === scene.selectedRun ? 3 : 1.8;
        context.stroke();
        context.setLineDash([]);
      }
    });
  }

  return {
    draw,
    // Which points the next batch holds, ringed; none while playing.
    showRows(next) {
      rows = next;
      draw(drawnStep);
    },
    async show(next) {
      scene = next;
      rows = [];
      if (scene.points === null) return;
      ranges = columns().map((values) => widened(values));
      await Plotly.react(plot, traces(), layout(), { displayModeBar: false, staticPlot: true });
      const { xaxis, yaxis } = plot._fullLayout;
      overlay.place({
        left: xaxis._offset,
        top: yaxis._offset,
        width: xaxis._length,
        height: yaxis._length,
      });
      draw(drawnStep);
    },
  };
}
