// The axes of a map in SVG: its frame, numbers and titles. Geometry and drawing of what stands still.

import { linearTicks, logTicks } from "../charts/axes.js";
import { s, text } from "../charts/chart.js";
import { axisRoom, measures, textWidth, widest } from "../charts/measures.js";

/**
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("../charts/display_list.js").Frame} Frame
 * @typedef {{ title: string, symbol: string }} Named
 * @typedef {{ values: number[], texts: string[], title: string }} Ticks
 */

/** Decades of a logarithmic axis under which its powers themselves are told. */
const DEEP = 0.02;
/** Digits of a tick at most on a logarithmic axis. */
const LONG = 8;
/** Beside a frame at least; more where the number at its end is longer. */
const TOP = 10;
const RIGHT = 14;
/** Of a number's height, from its middle. */
const HALF = 0.62;

/**
 * @param {Axis} axis
 * @param {[number, number]} range Places along it.
 * @param {Named} named
 * @param {number} most
 * @returns {Ticks}
 */
export function ticksOf({ scale }, range, { title, symbol }, most) {
  if (scale === "log" && range[1] - range[0] > DEEP) {
    const ticks = logTicks(range, most);
    if (ticks.texts.every((one) => one.length <= LONG)) return { ...ticks, title };
  }
  const name = scale === "log" ? `log₁₀ ${symbol}` : symbol;
  const ticks = linearTicks(name, range, most);
  return { ...ticks, title: ticks.title === symbol ? title : `${title}: ${ticks.title}` };
}

/**
 * Where the map lies in its section, and what stands along its axes.
 *
 * @param {{ width: number, height: number }} section
 * @param {import("./axes.js").Axes} axes
 * @param {import("./axes.js").View} view
 * @param {{ x: Named, y: Named }} names
 */
export function frameOf({ width, height }, axes, view, names) {
  const sizes = measures();
  const { font, family } = sizes;
  const down = ticksOf(axes.y, view.y, names.y, Math.max(2, height / (3 * font)));
  const left = axisRoom(widest(down.texts, sizes), true, sizes);
  const bottom = Math.ceil(3.1 * font);
  const top = Math.max(TOP, Math.ceil(HALF * font));
  let most = Math.max(2, (width - left - RIGHT) / (5 * font));
  let across = ticksOf(axes.x, view.x, names.x, most);
  // Long numbers need more room than few short ones.
  const longest = Math.max(0, ...across.texts.map((one) => textWidth(one, font, family)));
  const right = Math.max(RIGHT, Math.ceil(longest / 2 + 2));
  const inside = Math.max(40, width - left - right);
  if (across.texts.length * (longest + font) > inside) {
    most = Math.max(1, Math.floor(inside / (longest + 1.5 * font)));
    across = ticksOf(axes.x, view.x, names.x, most);
  }
  /** @type {Frame} */
  const frame = { left, top, width: inside, height: Math.max(40, height - top - bottom) };
  return { frame, x: across, y: down, font };
}

/**
 * @param {ReturnType<typeof frameOf>} framed
 * @param {import("../scene/projection.js").Projection} projection
 * @returns {SVGElement[]}
 */
export function drawFrame({ frame, x, y, font }, projection) {
  const { left, top, width, height } = frame;
  const bottom = top + height;
  const { view, toScreen } = projection;
  return [
    s("path", { class: "map-frame", d: `M${left} ${top}h${width}v${height}h${-width}z` }),
    ...x.values.flatMap((at, i) => {
      const [place] = toScreen([at, view.y[0]]);
      return [
        s("path", { class: "tick-mark", d: `M${place} ${bottom}v4` }),
        text(place, bottom + 4 + 1.05 * font, x.texts[i], {
          class: "tick",
          "text-anchor": "middle",
        }),
      ];
    }),
    ...y.values.flatMap((at, i) => {
      const [, place] = toScreen([view.x[0], at]);
      return [
        s("path", { class: "tick-mark", d: `M${left} ${place}h-4` }),
        text(left - 7, place + 0.34 * font, y.texts[i], { class: "tick", "text-anchor": "end" }),
      ];
    }),
    text(left + width / 2, bottom + 2.6 * font, x.title, {
      class: "pane-name",
      "text-anchor": "middle",
    }),
    text(0, 0, y.title, {
      class: "pane-name",
      "text-anchor": "middle",
      transform: `translate(${1.05 * font} ${top + height / 2}) rotate(-90)`,
    }),
  ];
}
