// Level lines as the server found them, in SVG: sharp at any size, drawn once for each answer, and
// moved with the view.

import { s } from "../charts/chart.js";

// Vertices are 65,535ths of the sides of their view.
const SIDE = 65535;

/**
 * @param {import("./scene.js").Lines} lines
 * @param {number} every
 */
function outline({ level, length, x, y }, every) {
  let d = "";
  let from = 0;
  length.forEach((count, line) => {
    const to = from + count;
    if (level[line] % every === 0) {
      const closed = x[from] === x[to - 1] && y[from] === y[to - 1];
      const last = closed ? to - 1 : to;
      for (let i = from; i < last; i += 1) d += `${i === from ? "M" : " "}${x[i]} ${SIDE - y[i]}`;
      if (closed) d += "z";
    }
    from = to;
  });
  return d;
}

/** @param {HTMLElement} host */
export function createContours(host) {
  const svg = s("svg", { class: "contours", "aria-hidden": "true" });
  host.append(svg);
  /** @type {{view: import("./projection.js").View, group: SVGElement}[]} */
  let groups = [];
  return {
    /** @param {import("./layers/layer.js").LevelLines[]} layers */
    show(layers) {
      groups = layers.map(({ view, lines, every, color, width, dash }) => ({
        view,
        group: s(
          "g",
          { class: "contour" },
          s("path", {
            d: outline(lines, every),
            stroke: color,
            "stroke-width": width,
            "stroke-dasharray": dash,
          }),
        ),
      }));
      svg.replaceChildren(...groups.map(({ group }) => group));
    },
    /** @param {import("./projection.js").Projection} projection */
    place(projection) {
      const { left, top, width, height } = projection.frame;
      Object.assign(svg.style, { left: `${left}px`, top: `${top}px` });
      svg.setAttribute("width", String(width));
      svg.setAttribute("height", String(height));
      for (const { view, group } of groups) {
        const box = projection.boxOf(view);
        const move = `translate(${box.left - left} ${box.top - top})`;
        group.setAttribute("transform", `${move} scale(${box.width / SIDE} ${box.height / SIDE})`);
      }
    },
  };
}
