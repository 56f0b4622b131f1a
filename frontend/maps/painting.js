// A map's colours on a canvas: only the rows in which something has come are painted again, and of
// many rows some in each frame.

import { PIECE } from "../core/turns.js";
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

// Between two looks at the clock.
const PIXELS = 2 ** 14;

/** @param {HTMLCanvasElement} canvas Its size becomes that of the map; `data-painting` says that it is
 *  not painted to its end yet. */
export function createPainting(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {Filling | null} */
  let filling = null;
  /** @type {ColourOf | null} */
  let colours = null;
  /** @type {ImageData | null} */
  let image = null;
  let seen = 0;
  /** Rows that are still to be painted, from and to; none where the first is not before the second. */
  let [low, high] = [0, 0];
  let planned = 0;

  function forget() {
    [low, high] = [0, 0];
    cancelAnimationFrame(planned);
    canvas.removeAttribute("data-painting");
  }

  /** Rows for as long as a frame allows, then the rest in the next. */
  function paint() {
    cancelAnimationFrame(planned);
    if (low >= high || !filling || !colours || !image) return;
    const { nx, ny } = filling;
    const words = new Uint32Array(image.data.buffer);
    const until = performance.now() + PIECE;
    const first = low;
    do {
      const next = Math.min(high, low + Math.ceil(PIXELS / nx));
      paintRows(words, filling, colours, low, next);
      low = next;
    } while (low < high && performance.now() < until);
    context.putImageData(image, 0, 0, 0, ny - low, nx, low - first);
    if (low >= high) {
      forget();
      return;
    }
    canvas.setAttribute("data-painting", "");
    planned = requestAnimationFrame(paint);
  }

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
        forget();
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
      const rest = low < high ? [[low, high]] : [];
      const spans = isAll ? [[0, ny]] : [...rest, ...touched.slice(seen)];
      filling = next;
      colours = colourOf;
      seen = touched.length;
      if (spans.length === 0) return;
      low = Math.min(...spans.map(([first]) => first));
      high = Math.max(...spans.map(([, last]) => last));
      paint();
    },
  };
}
