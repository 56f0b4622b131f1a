// What theory knows of a map: lines over it, each with its name beside it.

import { lineThrough, s, text } from "../charts/chart.js";
import { textWidth } from "../charts/measures.js";
import { placeOf } from "./axes.js";

/** A line in numbers of the axes.
 * @typedef {{ id: string, x: number[], y: number[], text?: { en: string, ru: string } }} Line */

/** Steps between two points of a line: where an axis is logarithmic a straight line is a curve. */
const FINE = 32;

/**
 * Where a line runs along the axes.
 *
 * @param {Line} line
 * @param {import("./axes.js").Axes} axes
 */
export function placesOf({ x, y }, axes) {
  /** @type {[number, number][]} */
  const places = [];
  const count = x.length < FINE ? FINE : 1;
  for (let i = 0; i < x.length; i += 1) {
    const last = i + 1 === x.length;
    for (let k = 0; k < (last ? 1 : count); k += 1) {
      const part = k / count;
      /** @param {number[]} of */
      const between = (of) => (last ? of[i] : of[i] + part * (of[i + 1] - of[i]));
      const place = [placeOf(axes.x.scale, between(x)), placeOf(axes.y.scale, between(y))];
      if (place.every(Number.isFinite)) places.push([place[0], place[1]]);
    }
  }
  return places;
}

/**
 * @param {readonly Line[]} lines
 * @param {import("./axes.js").Axes} axes
 * @param {import("../scene/projection.js").Projection} projection
 * @param {(line: Line) => string} nameOf
 * @param {import("../charts/measures.js").Measures} measures
 * @returns {{ lines: SVGElement[], names: SVGElement[] }}
 */
export function drawTheory(lines, axes, projection, nameOf, { font, family }) {
  const { frame, toScreen, holds } = projection;
  const plain = { px: (/** @type {number} */ at) => at, py: (/** @type {number} */ at) => at };
  /** @type {SVGElement[]} */
  const drawn = [];
  /** @type {SVGElement[]} */
  const names = [];
  const named = new Set();
  lines.forEach((line) => {
    const spots = placesOf(line, axes).map(toScreen);
    const d = lineThrough(
      spots.map(([x]) => x),
      spots.map(([, y]) => y),
      plain,
    );
    for (const kind of ["halo", ""]) {
      drawn.push(s("path", { class: `theory-line ${kind}`.trim(), d, "data-theory": line.id }));
    }
    const inside = spots.filter(holds);
    if (inside.length < 2 || named.has(line.id)) return;
    named.add(line.id);
    // Where a limit is low there is more room beyond it.
    const share = line.id === "limit" ? 0.3 : 0.55;
    const [x, y] = inside[Math.floor(share * (inside.length - 1))];
    const name = nameOf(line);
    // What diverges lies beyond a limit; what is best lies before it.
    const room = frame.left + frame.width - x;
    const isBefore = line.id !== "limit" || textWidth(name, font, family, 650) + font > room;
    names.push(
      text(x + (isBefore ? -0.6 : 0.6) * font, y + 0.34 * font, name, {
        class: "theory-name",
        "text-anchor": isBefore ? "end" : "start",
        "data-theory": line.id,
      }),
    );
  });
  return { lines: drawn, names };
}
