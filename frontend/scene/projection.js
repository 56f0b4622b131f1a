// From the plane of two parameters to the panel and back. A projection is a value: panning,
// zooming and resizing answer another one. Picking and gestures know nothing else of the picture,
// so that a space of three dimensions is another implementation of the same interface.

/**
 * @typedef {[number, number]} Point A place in the plane of the parameters.
 * @typedef {import("../charts/display_list.js").Spot} Spot
 * @typedef {import("../charts/display_list.js").Frame} Frame
 * @typedef {{x: [number, number], y: [number, number]}} View What of the plane is seen.
 *
 * @typedef {object} Projection
 * @property {Frame} frame
 * @property {View} view
 * @property {[number, number]} scale Pixels a unit of x and of y.
 * @property {(place: Point) => Spot} toScreen
 * @property {(spot: Spot) => Point} toWorld
 * @property {(xs: ArrayLike<number>, ys: ArrayLike<number>) => Float32Array} pixels Many places.
 * @property {(direction: Point) => Spot} direction Which way a direction points on the panel.
 * @property {(spot: Spot) => boolean} holds Whether it is within the frame.
 * @property {(from: Spot, to: Spot) => View} panned What is seen when the plane is dragged so.
 * @property {(factor: number, round: Spot) => View} zoomed
 * @property {(view: View) => Frame} boxOf Where a rectangle of the plane lies.
 */

// What lies far outside is pulled near, or a canvas would lose the line.
const FAR = 1e5;

/**
 * The plane seen from above.
 *
 * @param {View} view
 * @param {Frame} frame
 * @returns {Projection}
 */
export function plane(view, frame) {
  const { left, top, width, height } = frame;
  const { x, y } = view;
  const across = width / (x[1] - x[0]);
  const up = height / (y[1] - y[0]);
  /** @param {number} value */
  const near = (value) => Math.max(-FAR, Math.min(FAR, value));
  /** @param {Point} place @returns {Spot} */
  const toScreen = (place) => [left + (place[0] - x[0]) * across, top + (y[1] - place[1]) * up];
  /** @param {Spot} spot @returns {Point} */
  const toWorld = (spot) => [x[0] + (spot[0] - left) / across, y[1] - (spot[1] - top) / up];
  return {
    frame,
    view,
    scale: [across, up],
    toScreen,
    toWorld,
    pixels(xs, ys) {
      const pixels = new Float32Array(2 * xs.length);
      for (let i = 0; i < xs.length; i += 1) {
        pixels[2 * i] = near(left + (xs[i] - x[0]) * across);
        pixels[2 * i + 1] = near(top + (y[1] - ys[i]) * up);
      }
      return pixels;
    },
    direction: ([dx, dy]) => [dx * across, -dy * up],
    holds: ([h, v]) => h >= left && h <= left + width && v >= top && v <= top + height,
    panned(from, to) {
      const [dx, dy] = [(from[0] - to[0]) / across, (to[1] - from[1]) / up];
      return { x: [x[0] + dx, x[1] + dx], y: [y[0] + dy, y[1] + dy] };
    },
    zoomed(factor, round) {
      const [u, v] = toWorld(round);
      return {
        x: [u + (x[0] - u) * factor, u + (x[1] - u) * factor],
        y: [v + (y[0] - v) * factor, v + (y[1] - v) * factor],
      };
    },
    boxOf(other) {
      const [l, t] = toScreen([other.x[0], other.y[1]]);
      const [r, b] = toScreen([other.x[1], other.y[0]]);
      return { left: l, top: t, width: r - l, height: b - t };
    },
  };
}
