// Small pictures with axes, in SVG: crisp on any screen, and ten of them redraw in a millisecond.
// Colours are classes, so that a change of theme draws nothing.

import { coordinate } from "../i18n/format.js";

const SVG = "http://www.w3.org/2000/svg";

export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat());
  return element;
}

export function text(x, y, content, attributes = {}) {
  return s("text", { x, y, ...attributes }, content);
}

// Round numbers in a range, at most `most` of them.
export function ticksIn([low, high], most) {
  const rough = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k += 1) {
    ticks.push(Number((k * step).toPrecision(15)));
  }
  return ticks;
}

// A part of a picture with its own ranges: draws its grid and numbers into `axes`, and answers
// {px, py, pane}, where the pane is an element that cuts off what is outside.
export function createPane(axes, { left, top, width, height }, { x, y }) {
  const px = (value) => ((value - x.range[0]) / (x.range[1] - x.range[0])) * width;
  const py = (value) => ((y.range[1] - value) / (y.range[1] - y.range[0])) * height;
  const format = y.format ?? coordinate;
  const shown = y.ticks?.filter((at) => at >= y.range[0] && at <= y.range[1]);
  for (const at of shown ?? ticksIn(y.range, Math.max(2, height / 26))) {
    const level = top + py(at);
    axes.append(
      s("path", { class: at === 0 ? "zero" : "grid", d: `M${left} ${level}h${width}` }),
      text(left - 4, level + 3.5, format(at), { class: "tick", "text-anchor": "end" }),
    );
  }
  for (const at of x.ticks ?? ticksIn(x.range, Math.max(2, width / 40))) {
    const place = left + px(at);
    if (x.grid !== false) {
      axes.append(
        s("path", { class: at === 0 ? "zero" : "grid", d: `M${place} ${top}v${height}` }),
      );
    }
    if (x.numbers !== false) {
      axes.append(
        text(place, top + height + 12, (x.format ?? coordinate)(at), {
          class: "tick",
          "text-anchor": "middle",
        }),
      );
    }
  }
  const pane = s("svg", { x: left, y: top, width, height, class: "pane" });
  return { px, py, pane, left, top, width, height };
}

// The `d` of a line through points, broken at a jump of more than `jump`.
export function lineThrough(xs, ys, { px, py }, jump = Infinity) {
  let path = "";
  for (let i = 0; i < xs.length; i += 1) {
    const pen = i === 0 || Math.abs(ys[i] - ys[i - 1]) > jump ? "M" : "L";
    path += `${pen}${px(xs[i]).toFixed(2)} ${py(ys[i]).toFixed(2)}`;
  }
  return path;
}

// Draws again whenever the place of a picture changes its size, or is shown at last.
export function redrawn(svg, draw) {
  new ResizeObserver(draw).observe(svg.parentElement);
}

// Gives a picture the size of its place, in CSS pixels, and answers it.
export function fitted(svg) {
  const { clientWidth: width, clientHeight: height } = svg.parentElement;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return { width, height };
}
