// Axes and colour bar of the picture, as charts/plotly.js draws them.

import { linearTicks } from "../charts/axes.js";
import { barThickness, isNarrow, ticksAlong } from "./framing.js";

/**
 * @typedef {object} Seen
 * @property {HTMLElement} section
 * @property {import("./projection.js").Projection} projection
 * @property {[string, string]} names Of the two parameters.
 * @property {import("./layers/layer.js").Ground | null} ground
 * @property {import("../charts/palette.js").Inks} ink
 * @property {import("../charts/measures.js").Measures} measures
 */

/**
 * @param {Seen} seen
 * @returns {import("../charts/plotly.js").Axes}
 */
export function axesOf({ section, projection, names, ground, ink, measures }) {
  const { frame } = projection;
  /** @type {string[]} */
  const named = [];
  /** @param {string} name @param {[number, number]} range @param {number} most */
  const axis = (name, range, most) => {
    const ticks = linearTicks(name, range, most);
    if (ticks.title !== name) named.push(ticks.title);
    return { ...ticks, range, title: isNarrow(section) ? "" : ticks.title };
  };
  const { font } = measures;
  const x = axis(names[0], projection.view.x, frame.width / (4.2 * font));
  const y = axis(names[1], projection.view.y, ticksAlong(frame.height, measures));
  /** @type {import("../charts/plotly.js").Axes} */
  const axes = {
    size: { width: section.clientWidth, height: section.clientHeight },
    frame,
    x,
    y,
    isBoxed: true,
    ink,
    measures,
    bar: ground && { ...ground, thickness: barThickness(section) },
    // A phone has no room beside its axes; in a deep zoom their numbers mean nothing without names.
    notes: isNarrow(section) && named.length > 0 ? [{ text: named.join("<br>"), x: 0, y: 0 }] : [],
  };
  return axes;
}
