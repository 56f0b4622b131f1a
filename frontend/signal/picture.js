// A picture with layers along x: drawn again when its place changes, with the chosen layer marked
// and chosen by pointing.

import { redrawn, roomOf, s, text } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

/**
 * @typedef {import("../charts/chart.js").Box} Box
 * @typedef {import("./answers.js").SignalAnswer} SignalAnswer
 */

/**
 * What every picture shows: an answer, the chosen layer, and the axes that the settings share.
 *
 * @template R
 * @typedef {object} Shown
 * @property {SignalAnswer} answer
 * @property {number} layer
 * @property {number} depth Of the deeper network: how long the axis is.
 * @property {R} range
 */

/**
 * @typedef {ReturnType<typeof import("../charts/chart.js").createPane>} Pane
 *
 * @typedef {object} Choosing
 * @property {(layer: number) => void} onLayer
 * @property {(layer: number | null) => void} onHover Null once nothing is pointed at.
 * @property {() => void} onNumbers
 */

/**
 * A picture of a setting.
 *
 * @template R
 * @typedef {object} Picture
 * @property {HTMLElement} element
 * @property {(layer: number) => void} mark
 * @property {(next: Shown<R>) => void} show
 */

/** How much room numbers and names take round a pane. */
function room() {
  const { font } = measures();
  return { left: 3.1 * font, right: 0.5 * font, top: 0.45 * font, bottom: 1.4 * font };
}

/** What a picture shows, and the way to its numbers. @param {() => void} onNumbers */
export function createTitle(onNumbers) {
  const words = h("h3", {});
  const link = h("button", { type: "button", class: "to-numbers", onclick: onNumbers });
  return {
    element: h("div", { class: "panel-title" }, words, link),
    /** @param {string} title */
    show(title, symbol = "") {
      words.replaceChildren(title, symbol && h("span", { class: "symbol" }, symbol));
      link.textContent = t("signal.to_numbers");
      link.setAttribute("aria-label", t("signal.to_numbers.long", { title }));
    },
  };
}

/**
 * @template R
 * @param {(scene: Shown<R>, axes: SVGElement, box: Box) => Pane} paint Draws numbers and grid into
 *   `axes` and answers its pane.
 * @param {Pick<Choosing, "onLayer" | "onHover">} choosing
 */
export function createPicture(paint, { onLayer, onHover }) {
  const marker = s("rect", { class: "marked", y: 0 });
  const svg = s("svg", { class: "chart", role: "img" });
  const element = h("div", { class: "of-layers" }, svg);
  /** @type {Shown<R> | null} */
  let scene = null;
  /** @type {Pane | null} */
  let pane = null;

  /** @param {number} layer */
  function mark(layer) {
    if (scene === null || pane === null) return;
    scene = { ...scene, layer };
    marker.setAttribute("x", String(pane.px(Math.min(layer, scene.depth) - 0.5)));
    marker.setAttribute("width", String(pane.px(1.5)));
    marker.setAttribute("height", String(pane.height));
  }

  function draw() {
    if (scene === null) return;
    const { width, height } = roomOf(svg);
    const { left, right, top, bottom } = room();
    if (width <= left + right || height <= top + bottom) return;
    const axes = s("g");
    pane = paint(scene, axes, {
      left,
      top,
      width: width - left - right,
      height: height - top - bottom,
    });
    axes.append(
      text(left - 8, height - 0.25 * bottom, t("signal.axis"), {
        class: "tick",
        "text-anchor": "end",
      }),
    );
    pane.pane.prepend(marker);
    svg.replaceChildren(axes, pane.pane);
    mark(scene.layer);
  }

  /** @param {PointerEvent} event @param {(layer: number) => void} choose */
  function pointed(event, choose) {
    if (scene === null || pane === null) return;
    const inside = (event.clientX - svg.getBoundingClientRect().left - pane.left) / pane.width;
    choose(Math.min(scene.depth, Math.max(1, Math.floor(inside * scene.depth) + 1)));
  }
  // Pointing shows, pressing chooses.
  element.addEventListener("pointermove", (event) =>
    pointed(event, event.buttons ? onLayer : onHover),
  );
  element.addEventListener("pointerdown", (event) => pointed(event, onLayer));
  element.addEventListener("pointerleave", () => onHover(null));
  redrawn(svg, draw);
  return {
    element,
    mark,
    /** What it is read aloud as. @param {string} name */
    name: (name) => svg.setAttribute("aria-label", name),
    /** @param {Shown<R>} next */
    show(next) {
      scene = next;
      draw();
    },
  };
}
