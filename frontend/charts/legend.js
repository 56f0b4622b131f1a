// What the marks on a picture mean: only those that are on it now, under or over it, never on it.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { s } from "./chart.js";
import { PART_ROLES, PARTS } from "./roles.js";

const WIDTH = 20;
/** @typedef {Record<string, string | number | null>} Attributes */

/** @param {string} d @param {Attributes} [attributes] */
const line = (d, attributes) =>
  s("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.6, ...attributes });
/** @param {number} r @param {Attributes} [attributes] */
const ring = (r, attributes) =>
  s("circle", {
    cx: 10,
    cy: 6,
    r,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.6,
    ...attributes,
  });
/** @param {string | null} dash */
const arrow = (dash) => [
  line("M2 6H17", { "stroke-dasharray": dash }),
  line("M13 2.500 17 6 13 9.500"),
];

/** @param {string | null} dash */
const bothWays = (dash) => [
  line("M3 6H17", { "stroke-dasharray": dash }),
  line("M7 2.500 3 6 7 9.500M13 2.500 17 6 13 9.500"),
];

/** The sign of a part of a step, in its colour. @param {import("./roles.js").PartRole} role */
export function partSign(role) {
  const { color, dash } = PARTS[role];
  const attributes = { "stroke-width": role === "step" ? 2.6 : 2, stroke: `var(--role-${color})` };
  if (role === "lookahead") return [ring(4.5, attributes)];
  const sign = line("M1 6H17", { ...attributes, "stroke-dasharray": dash.join(" ") || null });
  return role === "scaling"
    ? [
        s("ellipse", {
          cx: 10,
          cy: 6,
          rx: 9,
          ry: 4,
          fill: "none",
          ...attributes,
          "stroke-dasharray": "3 2",
        }),
      ]
    : [sign, line("M13 2.500 17 6 13 9.500", attributes)];
}

/** @type {Record<string, () => SVGElement | SVGElement[]>} */
const SIGNS = {
  start: () => ring(5),
  minimum: () => line("M6 2 14 10M6 10 14 2"),
  local_minimum: () =>
    line("M7.500 3.500 12.500 8.500M7.500 8.500 12.500 3.500", { "stroke-width": 1, opacity: 0.6 }),
  clipped: () => [line("M1 6H19", { opacity: 0.5 }), ring(3, { class: "on-ground" })],
  diverged: () => [ring(5), s("circle", { cx: 10, cy: 6, r: 2.5, fill: "currentColor" })],
  event: () => line("M10 1 15 6 10 11 5 6Z"),
  dashed: () => line("M1 6H19", { "stroke-dasharray": "5 3" }),
  batch_lines: () => line("M1 6H19", { "stroke-dasharray": "1 2.500" }),
  gradient: () => arrow(null),
  batch_gradient: () => arrow("3 3"),
  batch_points: () => ring(5),
  tap: () => s("circle", { cx: 10, cy: 6, r: 5, class: "tap" }),
  region_convex: () => s("rect", { x: 2, y: 1, width: 16, height: 10, class: "region" }),
  region_stable: () => s("rect", { x: 2, y: 1, width: 16, height: 10, class: "region" }),
  region_descent: () => s("rect", { x: 2, y: 1, width: 16, height: 10, class: "region" }),
  eigen_larger: () => bothWays(null),
  eigen_smaller: () => bothWays("4 3"),
  prediction: () => [ring(5), line("M7 3 13 9M7 9 13 3")],
  label_positive: () => s("circle", { cx: 10, cy: 6, r: 4, fill: "currentColor" }),
  label_negative: () =>
    s("rect", { x: 6, y: 2, width: 8, height: 8, fill: "none", stroke: "currentColor" }),
  ...Object.fromEntries(PART_ROLES.map((role) => [`anatomy_${role}`, () => partSign(role)])),
  anatomy_larger: () =>
    s(
      "text",
      { x: 10, y: 10, "text-anchor": "middle", "font-size": 11, fill: "currentColor" },
      "×N",
    ),
};

/** @param {HTMLElement} element */
export function createLegend(element) {
  let shown = "";
  let height = 0;
  return {
    /**
     * Nothing is rebuilt while the marks stay.
     *
     * @param {Set<string>} names Roles of items; those that need no explaining are passed over.
     */
    show(names) {
      const wanted = Object.keys(SIGNS).filter((name) => names.has(name));
      const next = wanted.map((name) => `${name} ${t(`legend.${name}`)}`).join(";");
      if (next === shown) return;
      shown = next;
      element.replaceChildren(
        ...wanted.map((name) =>
          h(
            "span",
            { class: "legend-mark", dataset: { mark: name } },
            s(
              "svg",
              { viewBox: `0 0 ${WIDTH} 12`, width: WIDTH, height: 12, "aria-hidden": "true" },
              SIGNS[name](),
            ),
            t(`legend.${name}`),
          ),
        ),
      );
      // It never shrinks: a picture that grew when its marks left would be drawn anew, its marks
      // would come back, and so on.
      if (element.offsetHeight > height) {
        height = element.offsetHeight;
        element.style.minHeight = `${height}px`;
      }
    },
  };
}
