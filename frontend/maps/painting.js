// A map's colours on a canvas: only the rows in which something has come are painted again.

import { NOTHING } from "./filling.js";

/**
 * @typedef {import("./filling.js").Filling} Filling
 * @typedef {(pixel: number, column: number, row: number) => number} ColourOf The colour of a pixel
 *   that is known, as `packed` makes it; rows from the lowest.
 */

/** A colour as a word of an image's memory. @param {number[]} rgb From 0 to 255. */
export const packed = ([red, green, blue]) =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** The channels of a colour as a stylesheet has it, `#rrggbb`. @param {string} hex */
export const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** The colour as a stylesheet has it. @param {number[]} rgb */
export const hex = (rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

/** A colour between two. @param {number[]} from @param {number[]} to @param {number} share */
export const mixed = (from, to, share) =>
  from.map((value, k) => Math.round(value + (to[k] - value) * share));

/**
 * Rows of the image's words, top row first, of what is known of the rows from `from` up to `to`.
 *
 * @param {Uint32Array} words
 * @param {Filling} filling
 * @param {ColourOf} colourOf
 * @param {number} from
 * @param {number} to
 */
export function paintRows(words, { nx, ny, known }, colourOf, from, to) {
  for (let row = from; row < to; row += 1) {
    const at = (ny - 1 - row) * nx;
    for (let column = 0; column < nx; column += 1) {
      const pixel = row * nx + column;
      words[at + column] = known[pixel] === NOTHING ? 0 : colourOf(pixel, column, row);
    }
  }
}

/** @param {HTMLCanvasElement} canvas Its size becomes that of the map. */
export function createPainting(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {Filling | null} */
  let filling = null;
  /** @type {ColourOf | null} */
  let colours = null;
  /** @type {ImageData | null} */
  let image = null;
  let seen = 0;

  return {
    /**
     * Paints what is new: all of it where the map or its colours are others.
     *
     * @param {Filling | null} next
     * @param {ColourOf} colourOf
     */
    show(next, colourOf) {
      canvas.hidden = next === null;
      if (next === null) {
        filling = null;
        return;
      }
      const { nx, ny, touched } = next;
      if (canvas.width !== nx || canvas.height !== ny || !image) {
        canvas.width = nx;
        canvas.height = ny;
        image = new ImageData(nx, ny);
        filling = null;
      }
      const isAll = next !== filling || colourOf !== colours;
      const spans = isAll ? [[0, ny]] : touched.slice(seen);
      filling = next;
      colours = colourOf;
      seen = touched.length;
      if (spans.length === 0) return;
      const from = Math.min(...spans.map(([first]) => first));
      const to = Math.max(...spans.map(([, last]) => last));
      paintRows(new Uint32Array(image.data.buffer), next, colourOf, from, to);
      context.putImageData(image, 0, 0, 0, ny - to, nx, to - from);
    },
  };
}
