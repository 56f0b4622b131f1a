// The sign of a run wherever it is named: its colour, its marker and its dash.

import { h } from "../core/dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {import("./palette.js").RunStyle} RunStyle */

/** @type {Record<string, string>} */
const OUTLINES = {
  circle: "M17 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
  square: "M17.500 3.500h9v9h-9z",
  triangle: "M22 2.200 27.500 12.300h-11z",
  diamond: "M22 1.800 27.500 8 22 14.200 16.500 8z",
  down: "M22 13.800 16.500 3.700h11z",
  bar: "M16 5.500h12v5H16z",
  cross: "M20 2.500h4V6h3.500v4H24v3.500h-4V10h-3.500V6H20z",
  star: "M22 1.500 23.600 6.300h5L24.600 9.200l1.500 4.800L22 11.100 17.900 14l1.500-4.800-4-2.900h5z",
};

/**
 * @param {RunStyle} style
 * @param {{compact?: boolean}} [how] Without the line, where every pixel counts.
 */
export function swatch({ color, shape, dash }, { compact = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", compact ? "14 0 16 16" : "0 0 44 16");
  svg.setAttribute("class", compact ? "swatch compact" : "swatch");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M2 8h40");
  line.setAttribute("stroke", color);
  line.setAttribute("stroke-width", "3");
  line.setAttribute("stroke-dasharray", dash.join(" "));
  const marker = document.createElementNS(SVG, "path");
  marker.setAttribute("d", OUTLINES[shape]);
  marker.setAttribute("fill", color);
  svg.append(line, marker);
  return svg;
}

/**
 * A run's sign and its name, which do not part; what tells it from others may go under them.
 *
 * @param {RunStyle} style
 * @param {string} name
 */
export function signed(style, name) {
  const [first, ...rest] = name.split(", ");
  return [
    h("span", { class: "whole" }, swatch(style, { compact: true }), first),
    ...rest.map((part) => `, ${part}`),
  ];
}
