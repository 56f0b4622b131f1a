// Draws display lists on canvases over a chart's axes. What moves every frame is drawn here,
// because Plotly would take a hundred times as long.
//
// Three canvases: trails only grow while a race is played, so a frame adds the new segments and
// nothing else; what stands still is drawn once; what moves is little and drawn anew each time.

import { h } from "../core/dom.js";
import { drawArrow, traceMarker } from "./shapes.js";

/**
 * @typedef {import("./display_list.js").Item} Item
 * @typedef {import("./display_list.js").Trail} Trail
 * @typedef {import("./display_list.js").Frame} Frame
 * @typedef {import("./display_list.js").Drawer} Drawer
 */

/** @param {CanvasRenderingContext2D} context @param {import("./display_list.js").Marker} item */
function drawMarker(context, { shape, at: [x, y], size, color, halo }) {
  traceMarker(context, shape, x, y, size);
  context.fillStyle = color;
  context.fill();
  if (!halo) return;
  context.lineWidth = size / 3.7;
  context.strokeStyle = halo;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {import("./display_list.js").Circle} item */
function drawCircle(context, { at: [x, y], size, color, width, fill }) {
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  if (fill) {
    context.fillStyle = fill;
    context.fill();
  }
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {import("./display_list.js").Cross} item */
function drawCross(context, { at: [x, y], size, color, width, opacity }) {
  context.globalAlpha = opacity;
  context.lineWidth = width;
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x - size, y + size);
  context.lineTo(x + size, y - size);
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {import("./display_list.js").Line} item */
function drawLine(context, { pixels, color, width, dash = [] }) {
  context.beginPath();
  context.moveTo(pixels[0], pixels[1]);
  for (let i = 2; i < pixels.length; i += 2) context.lineTo(pixels[i], pixels[i + 1]);
  context.setLineDash(dash);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./display_list.js").Label} item
 * @param {string} family
 */
function drawLabel(context, { at: [x, y], text, align, size, color, halo }, family) {
  context.font = `600 ${size}px ${family}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  if (halo) {
    context.lineJoin = "round";
    context.lineWidth = 0.3 * size;
    context.strokeStyle = halo;
    context.strokeText(text, x, y);
  }
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Item} item
 * @param {string} family
 */
function drawItem(context, item, family) {
  switch (item.kind) {
    case "marker":
      return drawMarker(context, item);
    case "circle":
      return drawCircle(context, item);
    case "cross":
      return drawCross(context, item);
    case "arrow":
      return drawArrow(context, item);
    case "line":
      return drawLine(context, item);
    case "label":
      return drawLabel(context, item, family);
  }
}

/**
 * A display list on a canvas, the first item lowest.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Item[]} items
 * @param {string} family
 */
export function drawItems(context, items, family) {
  for (const item of items) drawItem(context, item, family);
}

/**
 * Adds a piece to a trail and answers how long it is: dashes go on where they ended.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Trail} trail
 * @param {number} from
 * @param {number} to
 * @param {number} before
 */
function addPiece(context, { pixels, count, color, width, dash, halo }, from, to, before) {
  const last = Math.min(to, count - 1);
  if (last <= from) return before;
  context.beginPath();
  context.moveTo(pixels[2 * from], pixels[2 * from + 1]);
  let length = before;
  for (let i = from + 1; i <= last; i += 1) {
    context.lineTo(pixels[2 * i], pixels[2 * i + 1]);
    if (dash.length > 0) {
      length += Math.hypot(
        pixels[2 * i] - pixels[2 * i - 2],
        pixels[2 * i + 1] - pixels[2 * i - 1],
      );
    }
  }
  context.lineJoin = "round";
  context.lineCap = "round";
  if (halo) {
    context.strokeStyle = halo;
    context.lineWidth = width + 2;
    context.stroke();
  }
  if (dash.length > 0) {
    context.lineCap = "butt";
    context.setLineDash(dash);
    context.lineDashOffset = before;
  }
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
  context.setLineDash([]);
  return length;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Trail} trail
 * @param {number} from
 * @param {number} to
 */
function addRings(context, { pixels, rings, color, width, halo }, from, to) {
  if (rings === null) return;
  context.fillStyle = halo ?? "transparent";
  context.strokeStyle = color;
  context.lineWidth = 0.65 * width;
  for (let i = from + 1; i <= to && i < rings.length; i += 1) {
    if (!rings[i]) continue;
    context.beginPath();
    context.arc(pixels[2 * i], pixels[2 * i + 1], 1.4 * width, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/**
 * A drawer on canvases that are laid over an element.
 *
 * @param {HTMLElement} host
 * @returns {Drawer}
 */
export function createCanvas(host) {
  const layers = ["trails", "still", "moving"].map((name) => {
    const canvas = /** @type {HTMLCanvasElement} */ (
      h("canvas", { class: `overlay ${name}`, "aria-hidden": "true" })
    );
    return { canvas, context: /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")) };
  });
  host.append(...layers.map(({ canvas }) => canvas));
  const [trailInk, stillInk, movingInk] = layers.map(({ context }) => context);
  const { fontFamily } = getComputedStyle(document.body);
  /** @type {Frame} */
  let frame = { left: 0, top: 0, width: 0, height: 0 };
  /** @type {Trail[]} */
  let drawn = [];
  /** @type {number[]} */
  let lengths = [];
  let shown = -1;

  /** @param {CanvasRenderingContext2D} context */
  const wipe = (context) => context.clearRect(0, 0, host.clientWidth, host.clientHeight);

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {() => void} draw
   */
  function clipped(context, draw) {
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    draw();
    context.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Item[]} items
   */
  function drawAll(context, items) {
    wipe(context);
    if (items.length === 0) return;
    clipped(context, () => {
      for (const item of items) if (item.kind !== "label") drawItem(context, item, fontFamily);
    });
    // Names of curves stand beside the axes.
    for (const item of items) if (item.kind === "label") drawItem(context, item, fontFamily);
  }

  return {
    place(next) {
      frame = next;
      shown = -1;
      const ratio = window.devicePixelRatio || 1;
      const [width, height] = [host.clientWidth, host.clientHeight].map((side) =>
        Math.round(side * ratio),
      );
      for (const { canvas, context } of layers) {
        if (canvas.width !== width || canvas.height !== height) {
          canvas.width = width;
          canvas.height = height;
        }
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
      }
    },
    trails(trails, step) {
      const grows = trails === drawn && shown >= 0 && step >= shown;
      if (!grows) {
        wipe(trailInk);
        lengths = trails.map(() => 0);
      }
      const from = grows ? shown : 0;
      if (step > from && trails.length > 0) {
        clipped(trailInk, () => {
          lengths = trails.map((trail, i) => addPiece(trailInk, trail, from, step, lengths[i]));
          for (const trail of trails) addRings(trailInk, trail, from, step);
        });
      }
      drawn = trails;
      shown = step;
    },
    still: (items) => drawAll(stillInk, items),
    moving: (items) => drawAll(movingInk, items),
  };
}
