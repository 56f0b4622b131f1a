// Curves over a Plotly picture. Plotly draws the axes once; what moves every frame is drawn
// here, because a Plotly restyle costs a hundred times as much as the whole of this.
//
// Two canvases: trails only grow while playing forward, so a frame adds the new segments and
// nothing else; marks (current points, starts) are few and drawn anew each time.

import { h } from "../core/dom.js";

const FAR = 1e5;

export function createOverlay(host) {
  const trails = h("canvas", { class: "overlay", "aria-hidden": "true" });
  const marks = h("canvas", { class: "overlay", "aria-hidden": "true" });
  host.append(trails, marks);
  const trailInk = trails.getContext("2d");
  const markInk = marks.getContext("2d");
  let frame = { left: 0, top: 0, width: 0, height: 0 };
  let curves = [];
  let halo = "transparent";
  let shown = 0;

  function clipped(context, draw) {
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    draw(context);
    context.restore();
  }

  function strokeSpan(context, { pixels, count, style, width = 2 }, from, to) {
    const last = Math.min(to, count - 1);
    if (last <= from) return;
    context.beginPath();
    context.moveTo(pixels[2 * from], pixels[2 * from + 1]);
    for (let i = from + 1; i <= last; i += 1) context.lineTo(pixels[2 * i], pixels[2 * i + 1]);
    context.lineJoin = "round";
    context.lineCap = "round";
    context.strokeStyle = halo;
    context.lineWidth = width + 2;
    context.stroke();
    context.setLineDash(style.dash);
    context.strokeStyle = style.color;
    context.lineWidth = width;
    context.stroke();
    context.setLineDash([]);
  }

  // A ring at each point that a clipped step led to.
  function ringClipped(context, { pixels, clipped, style }, from, to) {
    context.fillStyle = halo;
    context.strokeStyle = style.color;
    context.lineWidth = 1.4;
    for (let i = from + 1; i <= to && i < clipped.length; i += 1) {
      if (!clipped[i]) continue;
      context.beginPath();
      context.arc(pixels[2 * i], pixels[2 * i + 1], 3, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  function wipe(context) {
    context.clearRect(0, 0, trails.clientWidth, trails.clientHeight);
  }

  return {
    get frame() {
      return frame;
    },
    get curves() {
      return curves;
    },
    place(rectangle) {
      frame = rectangle;
      const ratio = window.devicePixelRatio || 1;
      for (const [canvas, context] of [
        [trails, trailInk],
        [marks, markInk],
      ]) {
        const width = Math.round(host.clientWidth * ratio);
        const height = Math.round(host.clientHeight * ratio);
        if (canvas.width !== width || canvas.height !== height) {
          canvas.width = width;
          canvas.height = height;
        }
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
      }
    },
    setCurves(next, haloColor) {
      curves = next;
      halo = haloColor;
      shown = -1;
    },
    reveal(step) {
      // A dashed line drawn piecewise would lose its dashes, so those are drawn whole.
      const grows = shown >= 0 && step >= shown && curves.every((c) => c.style.dash.length === 0);
      if (!grows) wipe(trailInk);
      const from = grows ? shown : 0;
      if (step > from) {
        clipped(trailInk, (context) => {
          for (const curve of curves) strokeSpan(context, curve, from, step);
          for (const curve of curves) if (curve.clipped) ringClipped(context, curve, from, step);
        });
      }
      shown = step;
    },
    mark(draw) {
      wipe(markInk);
      clipped(markInk, draw);
    },
    // The nearest revealed point to a place in pixels: {curve, index, distance} or null.
    nearest(x, y, step, reach) {
      let best = null;
      let least = reach * reach;
      const total = curves.reduce((sum, curve) => sum + curve.count, 0);
      const stride = Math.max(1, Math.floor(total / 50000));
      for (const curve of curves) {
        const last = Math.min(step, curve.count - 1);
        for (let i = 0; i <= last; i += stride) {
          const dx = curve.pixels[2 * i] - x;
          const dy = curve.pixels[2 * i + 1] - y;
          const square = dx * dx + dy * dy;
          if (square < least) {
            least = square;
            best = { curve, index: i, distance: Math.sqrt(square) };
          }
        }
      }
      return best;
    },
  };
}

// Pixels of a curve; what lies far outside is pulled near, or a canvas would lose the line.
export function toPixels(count, xAt, yAt) {
  const pixels = new Float32Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    pixels[2 * i] = Math.max(-FAR, Math.min(FAR, xAt(i)));
    pixels[2 * i + 1] = Math.max(-FAR, Math.min(FAR, yAt(i)));
  }
  return pixels;
}
