// Outlines of marks on a canvas.

/** @typedef {[number, number]} Point */

/** @type {Record<string, Point[]>} */
const POLYGONS = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  triangle: [
    [0, -1.15],
    [1.1, 0.85],
    [-1.1, 0.85],
  ],
  diamond: [
    [0, -1.25],
    [1.1, 0],
    [0, 1.25],
    [-1.1, 0],
  ],
  down: [
    [0, 1.15],
    [1.1, -0.85],
    [-1.1, -0.85],
  ],
  bar: [
    [-1.2, -0.5],
    [1.2, -0.5],
    [1.2, 0.5],
    [-1.2, 0.5],
  ],
  cross: [
    [-0.4, -1.1],
    [0.4, -1.1],
    [0.4, -0.4],
    [1.1, -0.4],
    [1.1, 0.4],
    [0.4, 0.4],
    [0.4, 1.1],
    [-0.4, 1.1],
    [-0.4, 0.4],
    [-1.1, 0.4],
    [-1.1, -0.4],
    [-0.4, -0.4],
  ],
  star: Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 ? 0.55 : 1.3;
    const angle = (i / 5) * Math.PI - Math.PI / 2;
    return /** @type {Point} */ ([radius * Math.cos(angle), radius * Math.sin(angle)]);
  }),
};

/**
 * Traces the outline of a run's marker of radius r round a place.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function traceMarker(context, shape, x, y, r) {
  context.beginPath();
  const polygon = POLYGONS[shape];
  if (!polygon) {
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  polygon.forEach(([dx, dy], i) =>
    i === 0 ? context.moveTo(x + dx * r, y + dy * r) : context.lineTo(x + dx * r, y + dy * r),
  );
  context.closePath();
}

/**
 * An arrow with a halo, so that it is seen on any ground.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {import("./display_list.js").Arrow} arrow
 */
export function drawArrow(context, { at: [x, y], by: [dx, dy], color, dash, halo, width }) {
  const length = Math.hypot(dx, dy);
  if (length < 3) return;
  const [ux, uy] = [dx / length, dy / length];
  const [tipX, tipY] = [x + dx, y + dy];
  const [back, aside] = [3.6 * width, 2 * width];
  /**
   * @param {number} thick
   * @param {string} style
   */
  const stroke = (thick, style) => {
    context.lineWidth = thick;
    context.strokeStyle = style;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(tipX - back * ux + aside * uy, tipY - back * uy - aside * ux);
    context.lineTo(tipX, tipY);
    context.lineTo(tipX - back * ux - aside * uy, tipY - back * uy + aside * ux);
    context.stroke();
  };
  context.lineCap = "round";
  stroke(width + 2.8, halo);
  stroke(width, color);
}
