// What stands on the picture besides paths: minima, starts, the runs' points, arrows. Each is
// drawn at pixels on a canvas that is drawn anew every frame.

import { traceArrow, traceMarker } from "../charts/palette.js";
import { lowest } from "./geometry.js";

const HANDLE = 7;
const ARROW = 64;

// The lowest known minima; of local ones there may be hundreds, so they are small and faint.
export function drawMinima(context, ink, minima, pixel) {
  const deepest = new Set(lowest(minima));
  context.save();
  context.strokeStyle = ink.minimum;
  for (const minimum of minima) {
    const [arm, width, opacity] = deepest.has(minimum) ? [5, 1.6, 1] : [3, 1, 0.6];
    const [x, y] = pixel([minimum.x, minimum.y]);
    context.globalAlpha = opacity;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
    context.stroke();
  }
  context.restore();
}

function traceStart(context, x, y, ink, { selected = false, r = HANDLE } = {}) {
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fillStyle = ink.halo;
  context.fill();
  context.lineWidth = selected ? 3.5 : 2;
  context.strokeStyle = ink.minimum;
  context.stroke();
}

export function drawStarts(context, ink, { starts, selectedStart }, pixel) {
  starts.forEach((start, index) => {
    const [x, y] = pixel(start);
    const several = starts.length > 1;
    traceStart(context, x, y, ink, { selected: several && index === selectedStart });
    if (!several) return;
    context.fillStyle = ink.minimum;
    context.font = "600 9px system-ui";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(index + 1), x, y + 0.5);
  });
}

// Where a run left the range of finite numbers: a ring round its last point.
function traceDiverged(context, x, y, color, r = 9) {
  context.lineWidth = 2;
  context.strokeStyle = color;
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.stroke();
}

export function drawPoints(context, ink, curves, step) {
  for (const { style, pixels, count, trajectory } of curves) {
    const at = Math.min(step, count - 1);
    const [x, y] = [pixels[2 * at], pixels[2 * at + 1]];
    traceMarker(context, style.shape, x, y, 5.5);
    context.fillStyle = style.color;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = ink.halo;
    context.stroke();
    if (trajectory.diverged_at !== null && step >= trajectory.diverged_at) {
      traceDiverged(context, x, y, style.color);
    }
  }
}

// Downhill directions at a point, as the picture scales them, the longest as long as an arrow may
// be.
export function drawArrows(context, ink, arrows, { pixel, tall }) {
  const longest = Math.max(
    ...arrows.map(({ gradient: [gx, gy] }) => Math.hypot(gx, gy * tall)),
    1e-300,
  );
  for (const {
    at,
    gradient: [gx, gy],
    color,
    dash,
  } of arrows) {
    const [dx, dy] = [(-gx / longest) * ARROW, ((gy * tall) / longest) * ARROW];
    traceArrow(context, ...pixel(at), dx, dy, { color, dash, halo: ink.halo });
  }
}
