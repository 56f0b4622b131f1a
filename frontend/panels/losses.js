// Loss against step for every run: axes by Plotly once per result, curves on an overlay.

import { t } from "../i18n.js";
import { inks, traceMarker } from "../palette.js";
import { createOverlay, toPixels } from "./overlay.js";

const FLOOR = 1e-16;

// What is drawn, and on which axis. A log axis needs positive numbers: f itself where it has
// only those, f − f* where the least known minimum f* is known, else f on a linear axis.
export function lossAxis(trajectories, minima) {
  const lowest = trajectories.reduce((least, { loss }) =>
    loss.reduce((low, value) => Math.min(low, value), least), Infinity);
  const best = minima.length > 0 ? Math.min(...minima.map(({ loss }) => loss)) : null;
  if (best === 0 || (best === null && lowest > 0)) return { kind: "log", offset: 0 };
  // Rounding may put a path a hair under the minimum; deeper means f* is not the least.
  if (best !== null && lowest > best - 1e-9 * Math.max(1, Math.abs(best))) {
    return { kind: "log", offset: best };
  }
  return { kind: "linear", offset: 0 };
}

export function lossRange(trajectories, axis) {
  const starts = trajectories.map(({ loss }) => loss[0] - axis.offset);
  const highest = Math.max(...starts);
  let top = highest;
  let bottom = Infinity;
  // An exploding run must not press the others flat: it leaves through the top instead.
  const cap = axis.kind === "log" ? 1e3 * Math.max(highest, FLOOR)
    : highest + 2 * Math.max(1, Math.abs(highest));
  const floor = axis.kind === "log" ? Math.max(1e-12, 1e-14 * highest)
    : highest - 10 * Math.max(1, Math.abs(highest));
  for (const { loss } of trajectories) {
    for (const raw of loss) {
      const value = raw - axis.offset;
      if (value <= cap && value > top) top = value;
      if (value >= floor && value < bottom) bottom = value;
      if (value < floor) bottom = Math.min(bottom, floor);
    }
  }
  if (axis.kind === "log") {
    const [low, high] = [Math.log10(Math.max(bottom, floor)), Math.log10(Math.max(top, FLOOR))];
    return [low - 0.04 * (high - low) - 0.1, high + 0.06 * (high - low) + 0.1];
  }
  return [bottom - 0.05 * (top - bottom) - 1e-9, top + 0.05 * (top - bottom) + 1e-9];
}

export function createLosses(section) {
  const plot = section.querySelector(".plot");
  const overlay = createOverlay(section);
  let scene = null;
  let drawnStep = 0;

  function layout(axis, range) {
    const ink = inks(scene.theme);
    const title = axis.kind === "linear" ? "losses.linear" : axis.offset === 0 ? "losses.log"
      : "losses.gap";
    const shared = { zeroline: false, gridcolor: ink.grid, linecolor: ink.faint, ticks: "outside",
      ticklen: 4, tickcolor: ink.faint, fixedrange: true };
    return {
      margin: { l: 58, r: 12, t: 8, b: 34 }, paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)", font: { color: ink.text, size: 12, family: "inherit" },
      xaxis: { ...shared, range: [0, scene.steps], nticks: 6,
        title: { text: t("losses.step"), font: { size: 12 }, standoff: 2 } },
      yaxis: { ...shared, type: axis.kind, range, nticks: 6, exponentformat: "power",
        ...(axis.kind === "log" && range[1] - range[0] > 3
          ? { dtick: Math.ceil((range[1] - range[0]) / 6) } : {}),
        title: { text: t(title), font: { size: 12 }, standoff: 4 } },
      dragmode: false, hovermode: false, showlegend: false, separators: t("format.separators"),
      width: section.clientWidth, height: section.clientHeight,
    };
  }

  function draw(step) {
    drawnStep = step;
    if (scene === null || !plot._fullLayout) return;
    const ink = inks(scene.theme);
    const { frame } = overlay;
    overlay.reveal(step);
    overlay.mark((context) => {
      const x = frame.left + (step / scene.steps) * frame.width;
      context.strokeStyle = ink.faint;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, frame.top);
      context.lineTo(x, frame.top + frame.height);
      context.stroke();
      for (const { style, pixels, count } of overlay.curves) {
        const at = Math.min(step, count - 1);
        traceMarker(context, style.shape, pixels[2 * at], pixels[2 * at + 1], 4);
        context.fillStyle = style.color;
        context.fill();
      }
    });
  }

  return {
    overlay,
    draw,
    // The step under a place on the panel, or null outside the axes.
    stepAt(px, py) {
      const { left, top, width, height } = overlay.frame;
      if (!scene || px < left || px > left + width || py < top || py > top + height) return null;
      return Math.round(((px - left) / width) * scene.steps);
    },
    async show(next) {
      scene = next;
      const trajectories = scene.runs.map((run) => run.trajectories[scene.selectedStart])
        .filter(Boolean);
      if (trajectories.length === 0) {
        overlay.setCurves([], "transparent");
        draw(drawnStep);
        return;
      }
      const axis = lossAxis(trajectories, scene.minima);
      const range = lossRange(trajectories, axis);
      await Plotly.react(plot, [{ x: [0], y: [1], mode: "markers", opacity: 0, hoverinfo: "skip" }],
        layout(axis, range), { displayModeBar: false, staticPlot: true });
      const { xaxis, yaxis } = plot._fullLayout;
      overlay.place({ left: xaxis._offset, top: yaxis._offset, width: xaxis._length,
        height: yaxis._length });
      const { frame } = overlay;
      const height = (value) => {
        const at = axis.kind === "log"
          ? Math.log10(Math.max(value - axis.offset, 10 ** range[0])) : value;
        return frame.top + ((range[1] - at) / (range[1] - range[0])) * frame.height;
      };
      overlay.setCurves(scene.runs.filter((run) => run.trajectories[scene.selectedStart])
        .map((run) => {
          const trajectory = run.trajectories[scene.selectedStart];
          return { run, start: scene.selectedStart, trajectory, style: run.style, width: 1.8,
            count: trajectory.loss.length,
            pixels: toPixels(trajectory.loss.length,
              (i) => frame.left + (i / scene.steps) * frame.width,
              (i) => height(trajectory.loss[i])) };
        }), "transparent");
      draw(drawnStep);
    },
  };
}
