// The window onto the graph: as large as fits and can be read, else it scrolls and follows.

import { measures } from "../charts/measures.js";
import { h, iconButton } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { isCalm } from "../shell/appearance.js";
import { drawGraph } from "./drawing.js";
import { listenToWalks } from "./walking.js";

/** @typedef {import("./drawing.js").Group} Group */

/** Under this width, in px, layers go down the page. */
const NARROW = 700;
/** What is drawn smaller than this is not shown whole, but scrolled at a size that can be read. */
const READABLE = 0.8;
const SCROLLED = 0.92;
/** Letters of the drawing, in px, and those that are read from the back row. */
const LETTER = 13;
const BACK_ROW = 24;
/** A small graph fills the window up to this: letters of 30 px. */
const LARGEST = 2.3;
const FACTOR = 1.25;
/** A node nearer to the edge than this, in px, is brought to the middle. */
const NEAR = 90;

/** Dragging scrolls. @param {HTMLElement} pane */
function listenToDrags(pane) {
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  pane.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX + pane.scrollLeft, y: event.clientY + pane.scrollTop };
    pane.setPointerCapture(event.pointerId);
  });
  pane.addEventListener("pointermove", (event) => {
    if (from) pane.scrollTo(from.x - event.clientX, from.y - event.clientY);
  });
  const end = () => {
    from = null;
  };
  pane.addEventListener("pointerup", end);
  pane.addEventListener("pointercancel", end);
}

export function createView() {
  const pane = h("div", { class: "graph-pane" });
  const zoom = h("div", { class: "zoom" });
  /** @type {import("./drawing.js").Drawn | null} */
  let drawn = null;
  /** @type {{ graph: import("./naming.js").Graph, steps: import("./steps.js").Step[] } | null} */
  let content = null;
  let scale = 1;
  let step = 0;

  /** @param {number} to */
  function resize(to) {
    if (!drawn) return;
    scale = Math.min(3, Math.max(0.2, to));
    drawn.svg.setAttribute("width", String(drawn.width * scale));
    drawn.svg.setAttribute("height", String(drawn.height * scale));
    pane.dataset.scale = scale.toFixed(3);
  }

  /** @param {{ width: number, height: number }} size */
  const whole = ({ width, height }) =>
    Math.min(pane.clientWidth / width, pane.clientHeight / height);

  // What can be read is shown whole; a phone's width is kept, so that only one way is scrolled.
  function fit() {
    if (!drawn) return;
    const wide = drawn.down ? pane.clientWidth / drawn.width : whole(drawn);
    const isFar = measures().font >= BACK_ROW;
    const [readable, scrolled] = isFar
      ? [BACK_ROW / LETTER, BACK_ROW / LETTER]
      : [READABLE, SCROLLED];
    resize(wide < readable ? scrolled : Math.min(drawn.down ? 1 : LARGEST, wide));
  }

  /** @param {Group[]} groups */
  function follow(groups) {
    if (groups.length === 0) return;
    const mean = (/** @type {number[]} */ values) =>
      (values.reduce((sum, one) => sum + one, 0) / values.length) * scale;
    const [x, y] = [mean(groups.map((one) => one.x)), mean(groups.map((one) => one.y))];
    /** @param {number} at @param {number} from @param {number} size */
    const isInside = (at, from, size) => at >= from + NEAR && at <= from + size - NEAR;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = pane;
    if (isInside(x, scrollLeft, clientWidth) && isInside(y, scrollTop, clientHeight)) return;
    pane.scrollTo({
      left: x - clientWidth / 2,
      top: y - clientHeight / 2,
      behavior: isCalm() ? "auto" : "smooth",
    });
  }

  function render() {
    if (!content) return;
    drawn = drawGraph(content.graph, content.steps, {
      down: pane.clientWidth < NARROW,
      proportion: pane.clientHeight / pane.clientWidth,
    });
    pane.replaceChildren(drawn.svg);
    fit();
    listenToWalks(drawn, (one) => follow([one]));
    drawn.draw(step);
  }

  listenToDrags(pane);
  new ResizeObserver(() => {
    if (!drawn) return;
    if (drawn.down !== pane.clientWidth < NARROW) render();
    else fit();
  }).observe(pane);

  return {
    element: h("div", { class: "graph-window" }, pane, zoom),

    /** Writes the texts of its buttons, in the present language. */
    label() {
      const by = (/** @type {number} */ factor) => () => resize(scale * factor);
      zoom.replaceChildren(
        iconButton("plus", t("zoom.in"), by(FACTOR)),
        iconButton("minus", t("zoom.out"), by(1 / FACTOR)),
        iconButton("fit", t("graph.whole"), () => drawn && resize(whole(drawn))),
      );
    },

    /** @param {import("./naming.js").Graph} graph @param {import("./steps.js").Step[]} steps */
    show(graph, steps) {
      content = { graph, steps };
      step = 0;
      render();
    },

    clear() {
      drawn = content = null;
      pane.replaceChildren();
      delete pane.dataset.scale;
    },

    /** @param {number} k */
    draw(k) {
      step = k;
      if (drawn) follow(drawn.draw(k));
    },
  };
}
