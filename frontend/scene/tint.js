// A region of the plane on a canvas of its own: a tint within, a denser edge, so that it is told by
// more than a hue and what lies under it is seen.

import { h } from "../core/dom.js";
import { channels } from "../maps/painting.js";

const WITHIN = 70;
const EDGE = 235;

/**
 * How opaque each of its points is, from 0 to 255, rows from the bottom.
 *
 * @param {import("./scene.js").Region} region
 * @returns {Uint8Array}
 */
export function opacitiesOf({ inside, width }) {
  const height = inside.length / width;
  return inside.map((is, at) => {
    if (!is) return 0;
    const column = at % width;
    const row = (at - column) / width;
    const isEdge =
      (column > 0 && !inside[at - 1]) ||
      (column < width - 1 && !inside[at + 1]) ||
      (row > 0 && !inside[at - width]) ||
      (row < height - 1 && !inside[at + width]);
    return isEdge ? EDGE : WITHIN;
  });
}

export function createTint() {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "shades tinted" }));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {import("./projection.js").View | null} */
  let view = null;
  return {
    canvas,
    /** Where it lies; null while there is none. */
    view: () => view,
    /** @param {import("./layers/layer.js").Tint | null} tint */
    show(tint) {
      view = tint?.region.view ?? null;
      canvas.hidden = tint === null;
      if (tint === null) return;
      const { width } = tint.region;
      const opacities = opacitiesOf(tint.region);
      const height = opacities.length / width;
      const [red, green, blue] = channels(tint.color);
      const image = new ImageData(width, height);
      opacities.forEach((opacity, at) => {
        const column = at % width;
        const row = (at - column) / width;
        image.data.set([red, green, blue, opacity], 4 * ((height - 1 - row) * width + column));
      });
      canvas.width = width;
      canvas.height = height;
      context.putImageData(image, 0, 0);
    },
  };
}
