// Small pictures with axes, in SVG: crisp on any screen, and ten of them redraw in a millisecond.
// Colours are classes, so that a change of theme draws nothing.

import { coordinate } from "../i18n/format.js";
import { roundNumbers } from "./axes.js";
import { axisRoom, measures, widest } from "./measures.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An SVG element.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | null | undefined>} [attributes]
 * @param {...(SVGElement | string | (SVGElement | string)[])} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat());
  return element;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {Record<string, string | number | null | undefined>} [attributes]
 */
export function text(x, y, content, attributes = {}) {
  return s("text", { x, y, ...attributes }, content);
}

/** Round numbers in a range: its old name. */
export const ticksIn = roundNumbers;

/**
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 *
 * @typedef {object} PaneAxis
 * @property {[number, number]} range
 * @property {number[]} [ticks] Round numbers where there are none.
 * @property {(value: number) => string} [format]
 * @property {boolean} [grid] Of x: lines, unless false.
 * @property {boolean} [numbers] Of x: numbers, unless false.
 */

/**
 * How much room the numbers of a pane need: left of it and under it.
 *
 * @param {PaneAxis} y
 * @param {number} height
 */
export function paneRoom(y, height) {
  const sizes = measures();
  const texts = ticksOfY(y, height, sizes.font).map(y.format ?? plainly);
  return {
    left: axisRoom(widest(texts, sizes), false, sizes),
    bottom: Math.ceil(1.5 * sizes.font),
  };
}

/** @param {number} value */
const plainly = (value) => coordinate(value);

/** @param {PaneAxis} y @param {number} height @param {number} font */
const ticksOfY = ({ ticks, range }, height, font) =>
  ticks?.filter((at) => at >= range[0] && at <= range[1]) ??
  roundNumbers(range, Math.max(2, height / (2.1 * font)));

/**
 * A part of a picture with its own ranges: draws its grid and numbers into `axes`; its `pane` is an
 * element that cuts off what is outside.
 *
 * @param {Element} axes
 * @param {Box} box
 * @param {{x: PaneAxis, y: PaneAxis}} ranges
 */
export function createPane(axes, { left, top, width, height }, { x, y }) {
  const { font } = measures();
  /** @param {number} value */
  const px = (value) => ((value - x.range[0]) / (x.range[1] - x.range[0])) * width;
  /** @param {number} value */
  const py = (value) => ((y.range[1] - value) / (y.range[1] - y.range[0])) * height;
  const format = y.format ?? plainly;
  for (const at of ticksOfY(y, height, font)) {
    const level = top + py(at);
    axes.append(
      s("path", { class: at === 0 ? "zero" : "grid", d: `M${left} ${level}h${width}` }),
      text(left - 4, level + 0.34 * font, format(at), { class: "tick", "text-anchor": "end" }),
    );
  }
  for (const at of x.ticks ?? roundNumbers(x.range, Math.max(2, width / (3.2 * font)))) {
    const place = left + px(at);
    if (x.grid !== false) {
      axes.append(
        s("path", { class: at === 0 ? "zero" : "grid", d: `M${place} ${top}v${height}` }),
      );
    }
    if (x.numbers !== false) {
      axes.append(
        text(place, top + height + 1.1 * font, (x.format ?? plainly)(at), {
          class: "tick",
          "text-anchor": "middle",
        }),
      );
    }
  }
  const pane = s("svg", { x: left, y: top, width, height, class: "pane" });
  return { px, py, pane, left, top, width, height };
}

/**
 * The `d` of a line through points, broken at a jump of more than `jump`.
 *
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {{px(value: number): number, py(value: number): number}} pane
 * @param {number} [jump]
 */
export function lineThrough(xs, ys, { px, py }, jump = Infinity) {
  let path = "";
  for (let i = 0; i < xs.length; i += 1) {
    const pen = i === 0 || Math.abs(ys[i] - ys[i - 1]) > jump ? "M" : "L";
    path += `${pen}${px(xs[i]).toFixed(2)} ${py(ys[i]).toFixed(2)}`;
  }
  return path;
}

/** @param {Element} svg */
const placeOf = (svg) => /** @type {HTMLElement} */ (svg.parentElement);

/**
 * Draws again whenever the place of a picture changes its size, or is shown at last.
 *
 * @param {Element} svg
 * @param {() => void} draw
 */
export function redrawn(svg, draw) {
  new ResizeObserver(draw).observe(placeOf(svg));
}

/**
 * The size of a picture's place, in CSS pixels. The picture fills it and has no `viewBox`, which would
 * scale what is drawn whenever the place is another size than it was drawn for.
 *
 * @param {Element} svg
 */
export function roomOf(svg) {
  const { clientWidth: width, clientHeight: height } = placeOf(svg);
  return { width, height };
}
