// Numbers against steps for every run: axes by Plotly once per result, curves on an overlay. What
// is drawn, and on which axis, is the caller's.

import { separators } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { createOverlay, toPixels } from "../scene/overlay.js";
import { inks, traceMarker } from "./palette.js";

// Which start a chart shows, where there are several.
export const startNote = ({ starts, selectedStart, theme }) =>
  starts.length === 1
    ? []
    : [
        {
          xref: "paper",
          yref: "paper",
          x: 1,
          y: 1,
          xanchor: "right",
          yanchor: "top",
          showarrow: false,
          text: t("starts.one", { n: selectedStart + 1 }),
          bgcolor: inks(theme).halo,
          font: { color: inks(theme).text, size: 12 },
        },
      ];

// `describe(trajectories, scene)` answers {kind: "log" | "linear", offset, range, title} and
// `values(trajectory)` the numbers to draw, the first at step 0.
export function createCurves(section, { describe, values, margin, marks = true }) {
  const plot = section.querySelector(".plot");
  const overlay = createOverlay(section);
  let scene = null;
  let drawnStep = 0;

  function layout({ kind, range, title }) {
    const ink = inks(scene.theme);
    const shared = {
      zeroline: false,
      gridcolor: ink.grid,
      linecolor: ink.faint,
      ticks: "outside",
      ticklen: 4,
      tickcolor: ink.faint,
      fixedrange: true,
    };
    const decades = kind === "log" ? range[1] - range[0] : 0;
    const most = section.clientHeight < 140 ? 3 : 6;
    return {
      margin,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink.text, size: 12, family: "inherit" },
      xaxis: {
        ...shared,
        range: [0, scene.steps],
        nticks: 6,
        showticklabels: margin.b > 20,
        ...(margin.b > 20
          ? { title: { text: t("losses.step"), font: { size: 12 }, standoff: 2 } }
          : {}),
      },
      yaxis: {
        ...shared,
        type: kind,
        range,
        nticks: most,
        exponentformat: "power",
        ...(kind === "log" ? { dtick: decades > 1.4 ? Math.ceil(decades / most) : "D2" } : {}),
        title: { text: t(title), font: { size: 12 }, standoff: 4 },
      },
      annotations: startNote(scene),
      dragmode: false,
      hovermode: false,
      showlegend: false,
      separators: separators(),
      width: section.clientWidth,
      height: section.clientHeight,
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
      for (const { style, pixels, count } of marks ? overlay.curves : []) {
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
      if (
        !scene ||
        !plot._fullLayout ||
        px < left ||
        px > left + width ||
        py < top ||
        py > top + height
      )
        return null;
      return Math.round(((px - left) / width) * scene.steps);
    },
    async show(next) {
      scene = next;
      const runs = scene.runs.filter((run) => run.trajectories[scene.selectedStart]);
      if (runs.length === 0) {
        // Axes without curves would still be those of the runs before.
        Plotly.purge(plot);
        overlay.setCurves([], "transparent");
        overlay.reveal(0);
        overlay.mark(() => {});
        return;
      }
      const axis = describe(
        runs.map((run) => run.trajectories[scene.selectedStart]),
        scene,
      );
      const { range } = axis;
      await Plotly.react(
        plot,
        [{ x: [0], y: [1], mode: "markers", opacity: 0, hoverinfo: "skip" }],
        layout(axis),
        { displayModeBar: false, staticPlot: true },
      );
      const { xaxis, yaxis } = plot._fullLayout;
      overlay.place({
        left: xaxis._offset,
        top: yaxis._offset,
        width: xaxis._length,
        height: yaxis._length,
      });
      const { frame } = overlay;
      const height = (value) => {
        const at =
          axis.kind === "log" ? Math.log10(Math.max(value - axis.offset, 10 ** range[0])) : value;
        return frame.top + ((range[1] - at) / (range[1] - range[0])) * frame.height;
      };
      overlay.setCurves(
        runs.map((run) => {
          const trajectory = run.trajectories[scene.selectedStart];
          const numbers = values(trajectory);
          return {
            run,
            start: scene.selectedStart,
            trajectory,
            style: run.style,
            width: 1.8,
            count: numbers.length,
            pixels: toPixels(
              numbers.length,
              (i) => frame.left + (i / scene.steps) * frame.width,
              (i) => height(numbers[i]),
            ),
          };
        }),
        "transparent",
      );
      draw(drawnStep);
    },
  };
}
