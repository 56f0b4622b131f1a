// The picture of an activation: its curve over its derivative's, with a line at z.

import { createPane, lineThrough, redrawn, roomOf, s, text } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { COUNT, REACH, zAt } from "./requests.js";

/** @typedef {import("./requests.js").Values} Values */
/** @typedef {"value" | "derivative"} Name */
/** @typedef {ReturnType<typeof createPane> & { name: Name, line: SVGElement, dot: SVGElement }} Pane */
/** @typedef {{ range: [number, number], ticks: number[] }} Axis */

const Z_TICKS = [-4, -2, 0, 2, 4];
/** No smooth curve of the table moves as far between two neighbouring z. */
const JUMP = 0.22;
const MIDDLE = (COUNT - 1) / 2;
/** By how much a function that is bounded below still moves between the first of the z. */
const BOUNDED = 0.05;
const SOON = 20;
/** The upper pane's part of the height. */
const UPPER = 0.56;

// Ranges that all cards share, so that slopes and heights can be compared between them; one is
// widened only where a number leaves it.
/** @param {ArrayLike<number>} values @returns {Axis} */
function valueAxis(values) {
  const last = values[0];
  const low = Math.abs(values[SOON] - last) < BOUNDED ? Math.min(-1.7, last - 0.2) : -1.7;
  return { range: [low, 2.7], ticks: low < -2 ? [-2, 0, 2] : [-1, 0, 1, 2] };
}

/** @param {ArrayLike<number>} slopes @returns {Axis} */
function slopeAxis(slopes) {
  const high = Math.max(1.5, Math.max(...Array.from(slopes)) * 1.1);
  return { range: [-0.22, high], ticks: high > 1.6 ? [0, 1, 2, 3] : [0, 0.5, 1] };
}

/** On which side of 0 a curve breaks; null where it does not. @param {ArrayLike<number>} ys */
function breakOf(ys) {
  if (Math.abs(ys[MIDDLE] - ys[MIDDLE - 1]) > JUMP) return MIDDLE - 1;
  return Math.abs(ys[MIDDLE + 1] - ys[MIDDLE]) > JUMP ? MIDDLE + 1 : null;
}

/** @param {Pick<import("./card.js").CardEvents, "choose" | "point">} on */
export function createCardPicture({ choose, point }) {
  const axes = s("g");
  const curves = s("g");
  const svg = s("svg", { class: "chart", "aria-hidden": "true" }, axes, curves);
  const element = h("div", { class: "card-picture" }, svg);
  /** @type {Values | null} */
  let values = null;
  /** @type {Pane[]} */
  let panes = [];
  let index = MIDDLE;
  let isLarge = false;

  // Pointing shows, pressing chooses.
  /** @param {PointerEvent} event @param {(z: number) => void} then */
  function pointed(event, then) {
    if (panes.length === 0) return;
    const [{ left: from, width: wide }] = panes;
    const inside = (event.clientX - svg.getBoundingClientRect().left - from) / wide;
    then(zAt(Math.round(Math.min(1, Math.max(0, inside)) * (COUNT - 1))));
  }
  element.addEventListener("pointermove", (event) =>
    pointed(event, event.buttons & 1 ? choose : point),
  );
  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0) pointed(event, choose);
  });
  element.addEventListener("pointerleave", () => point(null));

  // A break shows which end is the value at 0: a full dot there, a hollow one at the other end.
  /** @param {Name} name @param {ArrayLike<number>} ys @param {ReturnType<typeof createPane>} pane */
  function ends(name, ys, { px, py }) {
    const from = breakOf(ys);
    if (from === null) return [];
    const r = 0.19 * measures().font;
    return [
      s("circle", { class: `end hollow ${name}`, cx: px(0), cy: py(ys[from]), r }),
      s("circle", { class: `end ${name}`, cx: px(0), cy: py(ys[MIDDLE]), r }),
    ];
  }

  /**
   * @param {Values} shown
   * @param {Name} name
   * @param {string} label
   * @param {import("../charts/chart.js").Box} box
   * @param {Axis} y
   * @returns {Pane}
   */
  function drawPane(shown, name, label, box, y) {
    const { font } = measures();
    const pane = createPane(axes, box, {
      y,
      x: { range: [-REACH, REACH], ticks: Z_TICKS, numbers: name === "derivative" },
    });
    const line = s("path", { class: "cursor" });
    const dot = s("circle", { class: `dot ${name}`, r: 0.29 * font });
    const ys = shown[name];
    pane.pane.append(
      line,
      s("path", { class: `curve ${name}`, d: lineThrough(shown.z, ys, pane, JUMP) }),
      ...ends(name, ys, pane),
      dot,
    );
    curves.append(
      pane.pane,
      text(box.left + 0.35 * font, box.top + font, label, { class: `pane-name ${name}` }),
    );
    return { ...pane, name, line, dot };
  }

  function draw() {
    if (values === null) return;
    const { width, height } = roomOf(svg);
    if (width === 0 || height === 0) return;
    axes.replaceChildren();
    curves.replaceChildren();
    const { font } = measures();
    const [left, right, top, bottom, between] = [1.9, 0.4, 0.3, 1.25, 0.6].map((em) => em * font);
    const free = Math.max(0, height - top - bottom - between);
    const wide = Math.max(0, width - left - right);
    const upper = Math.round(UPPER * free);
    const under = { left, top: top + upper + between, width: wide, height: free - upper };
    panes = [
      drawPane(
        values,
        "value",
        "φ",
        { left, top, width: wide, height: upper },
        valueAxis(values.value),
      ),
      drawPane(values, "derivative", "φ′", under, slopeAxis(values.derivative)),
    ];
    mark();
  }

  function mark() {
    if (values === null) return;
    for (const { name, px, py, height, line, dot } of panes) {
      const place = px(values.z[index]);
      line.setAttribute("d", `M${place} 0v${height}`);
      dot.setAttribute("cx", String(place));
      dot.setAttribute("cy", String(py(values[name][index])));
    }
  }

  redrawn(svg, draw);
  return {
    element,
    /** Values that are not there yet leave what was drawn before.
     * @param {Values | null} next @param {number} at @param {boolean} large */
    show(next, at, large) {
      index = at;
      if (next === null || (next === values && large === isLarge)) return mark();
      [values, isLarge] = [next, large];
      draw();
    },
  };
}
