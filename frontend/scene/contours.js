// Level lines as the server found them, in SVG over Plotly's ground: sharp at any size, and drawn
// once per view. Their vertices are 65,535ths of the picture's sides.

import { s } from "../charts/chart.js";

const SIDE = 65535;

function path({ level, length, x, y }, every) {
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

export function createContours(host) {
  const svg = s("svg", {
    class: "contours",
    viewBox: `0 0 ${SIDE} ${SIDE}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  host.append(svg);
  return {
    place({ left, top, width, height }) {
      Object.assign(svg.style, { left: `${left}px`, top: `${top}px` });
      svg.setAttribute("width", width);
      svg.setAttribute("height", height);
    },
    // One layer for each {lines, every, color, width, dash}: every so manieth level is drawn.
    show(layers) {
      svg.replaceChildren(
        ...layers.map(({ lines, every, color, width, dash }) =>
          s(
            "g",
            { class: "contour" },
            s("path", {
              d: path(lines, every),
              stroke: color,
              "stroke-width": width,
              "stroke-dasharray": dash,
            }),
          ),
        ),
      );
    },
  };
}
