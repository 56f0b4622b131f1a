// Colours of a ground on a canvas: one pixel a point of the grid, which the browser smooths, so
// that a pan or a zoom moves it without drawing anything.

import { h } from "../core/dom.js";
import { tellPlane } from "../core/pointed.js";
import { channels, createPainting, packed } from "../maps/painting.js";
import { createTint } from "./tint.js";

const SHADES = 254;

/**
 * The colour of each shade from 0 to 254 as red, green and blue; 255 is nothing.
 *
 * @param {import("../charts/palette.js").ColorScale} scale
 */
export function shadesOf(scale) {
  return Array.from({ length: SHADES + 1 }, (_, shade) => {
    const at = shade / SHADES;
    const above = Math.max(
      1,
      scale.findIndex(([share]) => share >= at),
    );
    const [[low, from], [high, to]] = [scale[above - 1], scale[above]];
    const part = (at - low) / (high - low);
    const ends = channels(to);
    return channels(from).map((value, i) => Math.round(value + (ends[i] - value) * part));
  });
}

/**
 * @param {HTMLElement} host
 * @param {Element} under It lies under this element.
 */
export function createGround(host, under) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "shades" }));
  const mapCanvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "shades mapped" }));
  const tint = createTint();
  const window = h(
    "div",
    { class: "ground-window", "aria-hidden": "true" },
    ...[canvas, mapCanvas, tint.canvas],
  );
  host.insertBefore(window, under);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {import("./layers/layer.js").Ground | null} */
  let shown = null;
  const painting = createPainting(mapCanvas);
  /** @type {import("./layers/layer.js").Mapping | null} */
  let map = null;

  /**
   * The outermost points lie on the sides of their view, in the middle of pixels.
   *
   * @param {HTMLCanvasElement} points
   * @param {import("./projection.js").View} view
   * @param {import("./projection.js").Projection} projection
   */
  function placeOver(points, view, { frame, boxOf }) {
    const box = boxOf(view);
    const across = box.width / (points.width - 1);
    const down = box.height / (points.height - 1);
    const left = box.left - frame.left - across / 2;
    const top = box.top - frame.top - down / 2;
    points.style.transform = `translate(${left}px, ${top}px) scale(${across}, ${down})`;
  }

  return {
    /** What has come of a map since. @param {import("./layers/layer.js").Mapping | null} next */
    map(next) {
      map = next;
      painting.show(next?.filling ?? null, next?.colourOf ?? (() => 0));
    },
    tint: tint.show,
    /** @param {import("./layers/layer.js").Ground | null} ground */
    show(ground) {
      shown = ground;
      canvas.hidden = ground === null;
      if (ground === null) return;
      const { values, width } = ground.shade;
      const height = values.length / width;
      const colors = Uint32Array.from([...shadesOf(ground.colorscale).map(packed), 0]);
      const image = new ImageData(width, height);
      const words = new Uint32Array(image.data.buffer);
      for (let row = 0; row < height; row += 1) {
        const at = (height - 1 - row) * width;
        for (let column = 0; column < width; column += 1) {
          words[at + column] = colors[values[row * width + column]];
        }
      }
      canvas.width = width;
      canvas.height = height;
      context.putImageData(image, 0, 0);
    },
    /** @param {import("./projection.js").Projection} projection */
    place(projection) {
      const { frame } = projection;
      Object.assign(window.style, {
        left: `${frame.left}px`,
        top: `${frame.top}px`,
        width: `${frame.width}px`,
        height: `${frame.height}px`,
      });
      tellPlane(window, projection.view);
      if (shown !== null) placeOver(canvas, shown.view, projection);
      if (map !== null) placeOver(mapCanvas, map.view, projection);
      const tinted = tint.view();
      if (tinted !== null) placeOver(tint.canvas, tinted, projection);
    },
  };
}
