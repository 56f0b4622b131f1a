// The picture of the surface: colours and axes by Plotly and level lines in SVG once per view,
// everything that moves on an overlay; starts and views changed by pointer.

import { inks, scaleOf, steepnessScaleOf } from "../charts/palette.js";
import { axisTicks } from "./axes.js";
import { createContours } from "./contours.js";
import { asDomain, fitRange, lowest } from "./geometry.js";
import { createLegend } from "./legend.js";
import { drawArrows, drawMinima, drawPoints, drawStarts } from "./marks.js";
import { createOverlay, toPixels } from "./overlay.js";
import { evenly, gradientScale, lossScale, shadeRows } from "./scale.js";

const RING_DISTANCE = 11;

// 1 at points that a clipped step led to, as far apart as rings can be told from each other;
// null where no step was clipped.
function clippedPoints({ clipped, x }, pixels) {
  if (clipped.length === 0) return null;
  const mask = new Uint8Array(x.length);
  let last = null;
  for (const step of clipped) {
    const [dx, dy] =
      last === null
        ? [Infinity, 0]
        : [pixels[2 * step] - pixels[2 * last], pixels[2 * step + 1] - pixels[2 * last + 1]];
    if (Math.hypot(dx, dy) < RING_DISTANCE) continue;
    mask[step] = 1;
    last = step;
  }
  return mask;
}

export function createLandscape(section, legendElement) {
  const plot = section.querySelector(".plot");
  const contours = createContours(section);
  const overlay = createOverlay(section);
  const legend = createLegend(legendElement);
  let grid = null;
  let batch = null;
  let arrows = [];
  let range = null;
  let scene = {
    runs: [],
    starts: [],
    selectedStart: 0,
    minima: [],
    theme: "light",
    names: ["x", "y"],
    penalised: false,
  };
  let drawnStep = 0;

  const narrow = () => section.clientWidth < 500;
  const margins = () => (narrow() ? { l: 34, r: 62, t: 8, b: 24 } : { l: 48, r: 84, t: 10, b: 36 });

  function size() {
    const margin = margins();
    return {
      width: Math.max(50, section.clientWidth - margin.l - margin.r),
      height: Math.max(50, section.clientHeight - margin.t - margin.b),
    };
  }

  // A phone has no room beside its axes; in a deep zoom their numbers mean nothing without names.
  const zoomNote = (names, ink) => ({
    text: names.join("<br>"),
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 0,
    xanchor: "left",
    yanchor: "bottom",
    align: "left",
    showarrow: false,
    bgcolor: ink.halo,
    font: { size: 11 },
  });

  function layout() {
    const ink = inks(scene.theme);
    const { width, height } = size();
    const named = [];
    const axis = (name, ends, most) => {
      const { values, texts, title } = axisTicks(name, ends, most);
      if (title !== name) named.push(title);
      return {
        range: [...ends],
        title: { text: narrow() ? "" : title, font: { size: 13 }, standoff: 4 },
        tickvals: values,
        ticktext: texts,
        zeroline: false,
        showgrid: false,
        ticks: "outside",
        ticklen: 4,
        tickcolor: ink.faint,
        linecolor: ink.faint,
        mirror: true,
        fixedrange: true,
      };
    };
    const [xaxis, yaxis] = [
      axis(scene.names[0], range.x, width / 55),
      axis(scene.names[1], range.y, height / 45),
    ];
    return {
      margin: margins(),
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink.text, size: 12, family: "inherit" },
      xaxis,
      yaxis,
      annotations: narrow() && named.length > 0 ? [zoomNote(named, ink)] : [],
      dragmode: false,
      hovermode: false,
      showlegend: false,
      width: section.clientWidth,
      height: section.clientHeight,
    };
  }

  // Colours by Plotly: a batch's picture is its lines alone.
  function ground() {
    const ofGradient = grid.steepness !== null;
    const said = {
      penalised: scene.penalised,
      names: scene.names,
      every: section.clientHeight < 480 ? 4 : 2,
    };
    const scale = ofGradient ? gradientScale(grid.steepness, said) : lossScale(grid, said);
    const { zmin, zmax, ticks, texts, title } = scale;
    const shade = ofGradient ? grid.steepness.shade : grid.shade;
    const z = shadeRows(shade, scale);
    return {
      type: "heatmap",
      name: ofGradient ? "gradient" : "loss",
      zmin,
      zmax,
      zsmooth: "best",
      hoverinfo: "skip",
      x: evenly(range.x, shade.width),
      y: evenly(range.y, z.length),
      z,
      colorscale: ofGradient ? steepnessScaleOf(scene.theme) : scaleOf(scene.theme),
      colorbar: {
        title: { text: title, side: "right", font: { size: 12 } },
        tickvals: ticks,
        ticktext: texts,
        thickness: narrow() ? 8 : 12,
        len: 1,
        y: 0.5,
        outlinewidth: 0,
        xpad: 6,
        ypad: 0,
        ticks: "outside",
        ticklen: 3,
        tickfont: { size: 11 },
      },
    };
  }

  function drawLines() {
    const ink = inks(scene.theme);
    contours.show([
      { lines: grid.lines, every: grid.gradient ? 2 : 1, color: ink.line, width: 0.9 },
      ...(batch
        ? [{ lines: batch.grid.lines, every: 2, color: batch.color, width: 1.1, dash: "1 2.5" }]
        : []),
    ]);
  }

  const redraw = () =>
    Plotly.react(plot, [ground()], layout(), { displayModeBar: false, staticPlot: true });

  const pixelX = (x) =>
    overlay.frame.left + ((x - range.x[0]) / (range.x[1] - range.x[0])) * overlay.frame.width;
  const pixelY = (y) =>
    overlay.frame.top + ((range.y[1] - y) / (range.y[1] - range.y[0])) * overlay.frame.height;
  // How much longer a unit of y is on the screen than one of x.
  const tall = () =>
    overlay.frame.height /
    (range.y[1] - range.y[0]) /
    (overlay.frame.width / (range.x[1] - range.x[0]));
  const pixel = ([x, y]) => [pixelX(x), pixelY(y)];

  function place() {
    const { xaxis, yaxis } = plot._fullLayout;
    const frame = {
      left: xaxis._offset,
      top: yaxis._offset,
      width: xaxis._length,
      height: yaxis._length,
    };
    contours.place(frame);
    overlay.place(frame);
  }

  function setCurves() {
    const curves = scene.runs.flatMap((run) =>
      run.trajectories.map((trajectory, start) => {
        const pixels = toPixels(
          trajectory.x.length,
          (i) => pixelX(trajectory.x[i]),
          (i) => pixelY(trajectory.y[i]),
        );
        return {
          run,
          start,
          trajectory,
          style: run.style,
          count: trajectory.x.length,
          pixels,
          clipped: clippedPoints(trajectory, pixels),
        };
      }),
    );
    overlay.setCurves(curves, inks(scene.theme).halo);
  }

  // Which marks are on the picture at this step.
  function marksNow() {
    const inside = ([x, y]) =>
      x >= range.x[0] && x <= range.x[1] && y >= range.y[0] && y <= range.y[1];
    const { curves } = overlay;
    const deepest = new Set(lowest(scene.minima));
    const shown = scene.minima.filter(({ x, y }) => inside([x, y]));
    return new Set([
      ...(scene.starts.some(inside) ? ["start"] : []),
      ...shown.flatMap((minimum) => (deepest.has(minimum) ? ["minimum"] : ["local_minimum"])),
      ...(curves.some(({ clipped }) => clipped?.subarray(0, drawnStep + 1).includes(1))
        ? ["clipped"]
        : []),
      ...(curves.some(
        ({ trajectory }) => trajectory.diverged_at !== null && drawnStep >= trajectory.diverged_at,
      )
        ? ["diverged"]
        : []),
      ...(curves.some(({ style }) => style.dash.length > 0) ? ["dashed"] : []),
      ...(batch ? ["batch_lines"] : []),
      ...arrows.map(({ dash }) => (dash.length > 0 ? "batch_gradient" : "gradient")),
    ]);
  }

  function draw(step) {
    drawnStep = step;
    if (range === null || grid === null) return;
    const ink = inks(scene.theme);
    overlay.reveal(step);
    overlay.mark((context) => {
      drawMinima(context, ink, scene.minima, pixel);
      drawStarts(context, ink, scene, pixel);
      drawPoints(context, ink, overlay.curves, drawnStep);
      if (arrows.length > 0) drawArrows(context, ink, arrows, { pixel, tall: tall() });
    });
    legend.show(marksNow());
  }

  return {
    size,
    overlay,
    get range() {
      return range;
    },
    get ink() {
      return inks(scene.theme).minimum;
    },
    fit: (domain, apart) => fitRange(domain, size().width, size().height, apart),
    refit: (view, apart) => fitRange(asDomain(view), size().width, size().height, apart),
    toData: (px, py) => [
      range.x[0] + ((px - overlay.frame.left) / overlay.frame.width) * (range.x[1] - range.x[0]),
      range.y[1] - ((py - overlay.frame.top) / overlay.frame.height) * (range.y[1] - range.y[0]),
    ],
    startAt(px, py, reach) {
      const distances = scene.starts.map(([x, y]) => Math.hypot(pixelX(x) - px, pixelY(y) - py));
      const least = Math.min(...distances);
      return least <= reach ? distances.indexOf(least) : -1;
    },
    async showGrid(nextGrid, nextRange) {
      grid = nextGrid;
      range = nextRange;
      batch = null;
      await redraw();
      place();
      drawLines();
      setCurves();
      draw(drawnStep);
    },
    // Nothing is drawn until the next grid.
    clear() {
      grid = null;
      batch = null;
      Plotly.purge(plot);
      contours.show([]);
      legend.show(new Set());
      overlay.setCurves([], "transparent");
      overlay.reveal(0);
      overlay.mark(() => {});
    },
    // Beside the full surface: a batch's lines {grid, color} and arrows of gradients; null and
    // none while playing.
    showBatch(next, nextArrows) {
      const lines = batch !== next;
      batch = next;
      arrows = nextArrows;
      if (range === null || grid === null) return;
      if (lines) drawLines();
      draw(drawnStep);
    },
    // What the overlay shows: runs with styles, starts, minima, theme.
    show(next) {
      scene = { ...scene, ...next };
      if (range === null || grid === null) return;
      setCurves();
      draw(drawnStep);
    },
    async restyle(theme) {
      scene = { ...scene, theme };
      if (grid !== null) await this.showGrid(grid, range);
    },
    draw,
  };
}
