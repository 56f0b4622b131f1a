// The picture of the surface: Plotly's contour once per view, everything that moves on an
// overlay; starts and views changed by pointer.

import { t } from "../i18n.js";
import { coordinate, quantity } from "../format.js";
import { inks, scaleOf, steepnessScaleOf, traceArrow, traceMarker } from "../palette.js";
import { asDomain, fitRange, lowest, toLevels } from "./geometry.js";
import { createOverlay, toPixels } from "./overlay.js";
import { steepness, ticksBetween } from "./steepness.js";

const HANDLE = 7;
const ARROW = 64;
const RING_DISTANCE = 11;

// 1 at points that a clipped step led to, as far apart as rings can be told from each other;
// null where no step was clipped.
function clippedPoints({ clipped, x }, pixels) {
  if (clipped.length === 0) return null;
  const mask = new Uint8Array(x.length);
  let last = null;
  for (const step of clipped) {
    const [dx, dy] = last === null ? [Infinity, 0]
      : [pixels[2 * step] - pixels[2 * last], pixels[2 * step + 1] - pixels[2 * last + 1]];
    if (Math.hypot(dx, dy) < RING_DISTANCE) continue;
    mask[step] = 1;
    last = step;
  }
  return mask;
}

const rowsOf = ({ x, y }, z) => Array.from({ length: y.length }, (_, row) =>
  z.subarray(row * x.length, (row + 1) * x.length));

export function createLandscape(section) {
  const plot = section.querySelector(".plot");
  const overlay = createOverlay(section);
  let grid = null;
  let batch = null;
  let arrows = [];
  let range = null;
  let scene = { runs: [], starts: [], selectedStart: 0, minima: [], theme: "light",
    names: ["x", "y"], scaleTitle: "picture.scale" };
  let drawnStep = 0;

  const narrow = () => section.clientWidth < 500;
  const margins = () => narrow()
    ? { l: 34, r: 62, t: 8, b: 24 } : { l: 48, r: 84, t: 10, b: 36 };

  function size() {
    const margin = margins();
    return {
      width: Math.max(50, section.clientWidth - margin.l - margin.r),
      height: Math.max(50, section.clientHeight - margin.t - margin.b),
    };
  }

  function layout() {
    const ink = inks(scene.theme);
    const axis = (title, ends) => ({
      range: [...ends], title: { text: narrow() ? "" : title, font: { size: 13 }, standoff: 4 }, zeroline: false,
      showgrid: false, ticks: "outside", ticklen: 4, tickcolor: ink.faint, linecolor: ink.faint,
      mirror: true, fixedrange: true, nticks: 9,
    });
    return {
      margin: margins(), paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink.text, size: 12, family: "inherit" },
      xaxis: axis(scene.names[0], range.x), yaxis: axis(scene.names[1], range.y),
      dragmode: false, hovermode: false, showlegend: false,
      width: section.clientWidth, height: section.clientHeight,
    };
  }

  const colorbar = (tickvals, ticktext) => ({
    title: { text: t(scene.scaleTitle, { x: scene.names[0], y: scene.names[1] }), side: "right", font: { size: 12 } },
    tickvals, ticktext, thickness: narrow() ? 8 : 12, len: 1, y: 0.5, outlinewidth: 0, xpad: 6,
    ypad: 0, ticks: "outside", ticklen: 3, tickfont: { size: 11 },
  });

  // The length of the gradient as colour, under the level lines of the loss.
  function steepGround() {
    const { values, low, high } = steepness(grid.gradient);
    const ticks = ticksBetween(low, high);
    return {
      type: "heatmap", x: grid.x, y: grid.y, z: rowsOf(grid, values), zmin: low, zmax: high,
      zsmooth: "best", colorscale: steepnessScaleOf(scene.theme),
      colorbar: colorbar(ticks, ticks.map(coordinate)), hoverinfo: "skip",
    };
  }

  function contour() {
    const ink = inks(scene.theme);
    const count = grid.levels.length;
    const every = section.clientHeight < 480 ? 4 : 2;
    const ticks = grid.levels.map((_, k) => k).filter((k) => k % every === 0);
    const bare = grid.gradient !== null;
    return {
      type: "contour", x: grid.x, y: grid.y, z: rowsOf(grid, toLevels(grid.loss, grid.levels)), zmin: -1, zmax: Math.max(count, 1),
      autocontour: false, contours: { start: 0, end: count - 1, size: bare ? 2 : 1, coloring: bare ? "none" : "heatmap" },
      colorscale: scaleOf(scene.theme), line: { color: ink.line, width: 0.8, smoothing: 0.6 },
      showscale: !bare, colorbar: colorbar(ticks, ticks.map((k) => quantity(grid.levels[k], 2))),
      hoverinfo: "skip",
    };
  }

  // A batch's own level lines, without ground, over those of all points.
  function batchLines() {
    const { levels, loss } = batch.grid;
    return {
      type: "contour", x: batch.grid.x, y: batch.grid.y, z: rowsOf(batch.grid, toLevels(loss, levels)),
      autocontour: false, contours: { start: 0, end: levels.length - 1, size: 2, coloring: "none" },
      line: { color: batch.color, width: 1.1, dash: "dot", smoothing: 0.6 }, showscale: false,
      hoverinfo: "skip",
    };
  }

  const redraw = () => Plotly.react(plot,
    [...(grid.gradient ? [steepGround()] : []), contour(), ...(batch ? [batchLines()] : [])],
    layout(), { displayModeBar: false, staticPlot: true });

  const pixelX = (x) => overlay.frame.left +
    ((x - range.x[0]) / (range.x[1] - range.x[0])) * overlay.frame.width;
  const pixelY = (y) => overlay.frame.top +
    ((range.y[1] - y) / (range.y[1] - range.y[0])) * overlay.frame.height;

  function place() {
    const { xaxis, yaxis } = plot._fullLayout;
    overlay.place({ left: xaxis._offset, top: yaxis._offset, width: xaxis._length,
      height: yaxis._length });
  }

  function setCurves() {
    const curves = scene.runs.flatMap((run) => run.trajectories.map((trajectory, start) => {
      const pixels = toPixels(trajectory.x.length, (i) => pixelX(trajectory.x[i]),
        (i) => pixelY(trajectory.y[i]));
      return { run, start, trajectory, style: run.style, count: trajectory.x.length, pixels,
        clipped: clippedPoints(trajectory, pixels) };
    }));
    overlay.setCurves(curves, inks(scene.theme).halo);
  }

  function drawMinima(context, ink) {
    const deepest = new Set(lowest(scene.minima));
    context.save();
    context.strokeStyle = ink.minimum;
    for (const minimum of scene.minima) {
      // Of local minima there may be hundreds: small and faint.
      const [arm, width, alpha] = deepest.has(minimum) ? [5, 1.6, 1] : [3, 1, 0.6];
      const [px, py] = [pixelX(minimum.x), pixelY(minimum.y)];
      context.globalAlpha = alpha;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(px - arm, py - arm);
      context.lineTo(px + arm, py + arm);
      context.moveTo(px - arm, py + arm);
      context.lineTo(px + arm, py - arm);
      context.stroke();
    }
    context.restore();
  }

  function drawStarts(context, ink) {
    scene.starts.forEach(([x, y], index) => {
      context.beginPath();
      context.arc(pixelX(x), pixelY(y), HANDLE, 0, 2 * Math.PI);
      context.fillStyle = ink.halo;
      context.fill();
      context.lineWidth = index === scene.selectedStart && scene.starts.length > 1 ? 3.5 : 2;
      context.strokeStyle = ink.minimum;
      context.stroke();
      if (scene.starts.length > 1) {
        context.fillStyle = ink.minimum;
        context.font = "600 9px system-ui";
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(String(index + 1), pixelX(x), pixelY(y) + 0.5);
      }
    });
  }

  function drawPoints(context, ink) {
    for (const { style, pixels, count, trajectory } of overlay.curves) {
      const at = Math.min(drawnStep, count - 1);
      const [x, y] = [pixels[2 * at], pixels[2 * at + 1]];
      traceMarker(context, style.shape, x, y, 5.5);
      context.fillStyle = style.color;
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = ink.halo;
      context.stroke();
      if (trajectory.diverged_at !== null && drawnStep >= trajectory.diverged_at) {
        context.lineWidth = 2;
        context.strokeStyle = style.color;
        context.beginPath();
        context.arc(x, y, 9, 0, 2 * Math.PI);
        context.stroke();
      }
    }
  }

  // Downhill directions at a point, as the picture scales them, the longest as long as an arrow
  // may be.
  function drawArrows(context, ink) {
    const { width, height } = overlay.frame;
    const tall = (height / (range.y[1] - range.y[0])) / (width / (range.x[1] - range.x[0]));
    const longest = Math.max(...arrows.map(({ gradient: [gx, gy] }) => Math.hypot(gx, gy * tall)),
      1e-300);
    for (const { at: [x, y], gradient: [gx, gy], color, dash } of arrows) {
      const [dx, dy] = [(-gx / longest) * ARROW, (gy * tall / longest) * ARROW];
      traceArrow(context, pixelX(x), pixelY(y), dx, dy, { color, dash, halo: ink.halo });
    }
  }

  function draw(step) {
    drawnStep = step;
    if (range === null || grid === null) return;
    const ink = inks(scene.theme);
    overlay.reveal(step);
    overlay.mark((context) => {
      drawMinima(context, ink);
      drawStarts(context, ink);
      drawPoints(context, ink);
      if (arrows.length > 0) drawArrows(context, ink);
    });
  }

  return {
    size,
    overlay,
    get range() { return range; },
    get ink() { return inks(scene.theme).minimum; },
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
      setCurves();
      draw(drawnStep);
    },
    // Beside the full surface: a batch's lines {grid, color} and arrows of gradients; null and
    // none while playing.
    async showBatch(next, nextArrows) {
      const lines = batch !== next;
      batch = next;
      arrows = nextArrows;
      if (range === null || grid === null) return;
      if (lines) await redraw();
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
