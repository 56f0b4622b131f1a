// Perceptually uniform scales after Matplotlib: viridis for a value, plasma for a layer's depth.

const VIRIDIS = [
  "#440154",
  "#482475",
  "#414487",
  "#355f8d",
  "#2a788e",
  "#21918c",
  "#22a884",
  "#44bf70",
  "#7ad151",
  "#bddf26",
  "#fde725",
];
const PLASMA = [
  "#0d0887",
  "#41049d",
  "#6a00a8",
  "#8f0da4",
  "#b12a90",
  "#cc4778",
  "#e16462",
  "#f2844b",
  "#fca636",
  "#fcce25",
  "#f0f921",
];
// The part of plasma that stands out from the ground.
const SPAN = { light: [0, 0.72], dark: [0.3, 0.95] };

/** @typedef {[number, number, number]} Channels */

/** @param {string} hex */
export const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** @param {number[]} one @param {number[]} other @param {number} part */
export const mixed = (one, other, part) =>
  one.map((value, i) => Math.round(value + (other[i] - value) * part));

/** @param {string[]} stops @param {number} part */
function along(stops, part) {
  const at = Math.max(0, Math.min(1, part)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  return mixed(channels(stops[index]), channels(stops[index + 1]), at - index);
}

/** @param {number[]} channels */
export const css = ([red, green, blue]) => `rgb(${red} ${green} ${blue})`;

/** @param {number} part */
export const valueColour = (part) => along(VIRIDIS, part);

/**
 * The colour of a layer out of so many, the first being 0.
 *
 * @param {number} layer
 * @param {number} layers
 * @param {"light" | "dark"} theme
 */
export function depthColour(layer, layers, theme) {
  const [from, to] = SPAN[theme];
  return css(along(PLASMA, from + (to - from) * (layers > 1 ? layer / (layers - 1) : 0.5)));
}

/**
 * A strip that shows a scale, from left to right.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {(part: number) => string} colourAt
 */
export function paintScale(canvas, colourAt) {
  canvas.width = 128;
  canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  for (let x = 0; x < 128; x += 1) {
    context.fillStyle = colourAt(x / 127);
    context.fillRect(x, 0, 1, 1);
  }
}
