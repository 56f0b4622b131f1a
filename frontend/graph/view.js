// The window onto the graph: as large as fits and can be read, else it scrolls and follows.

import { h, iconButton } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { isCalm } from "../shell/appearance.js";
import { drawGraph } from "./drawing.js";
import { listenToWalks } from "./walking.js";

const NARROW = 700;
const READABLE = 0.8;
const SCROLLED = 0.92;
const LARGEST = 1.35;
const FACTOR = 1.25;

export function createView() {
  let pane = null;
  let drawn = null;
  let content = null;
  let scale = 1;
  let step = 0;

  function resize(to) {
    scale = Math.min(3, Math.max(0.2, to));
    drawn.svg.setAttribute("width", drawn.width * scale);
    drawn.svg.setAttribute("height", drawn.height * scale);
    pane.dataset.scale = scale.toFixed(3);
  }

  const whole = () => Math.min(pane.clientWidth / drawn.width, pane.clientHeight / drawn.height);

  // What can be read is shown whole; a phone's width is kept, so that only one way is scrolled.
  function fit() {
    const wide = drawn.down ? pane.clientWidth / drawn.width : whole();
    resize(wide < READABLE ? SCROLLED : Math.min(drawn.down ? 1 : LARGEST, wide));
  }

  function follow(groups) {
    if (groups.length === 0) return;
    const [x, y] = [0, 1].map(
      (axis) =>
        (groups.reduce((sum, one) => sum + (axis ? one.y : one.x), 0) / groups.length) * scale,
    );
    const outside = (at, from, size) => at < from + 90 || at > from + size - 90;
    if (
      !outside(x, pane.scrollLeft, pane.clientWidth) &&
      !outside(y, pane.scrollTop, pane.clientHeight)
    )
      return;
    pane.scrollTo({
      left: x - pane.clientWidth / 2,
      top: y - pane.clientHeight / 2,
      behavior: isCalm() ? "auto" : "smooth",
    });
  }

  function render() {
    drawn = drawGraph(content.answer, content.steps, { down: pane.clientWidth < NARROW });
    pane.replaceChildren(drawn.svg);
    fit();
    listenToWalks(drawn, (one) => follow([one]));
    drawn.draw(step);
  }

  function listenToDrags() {
    let from = null;
    pane.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      from = { x: event.clientX + pane.scrollLeft, y: event.clientY + pane.scrollTop };
      pane.setPointerCapture(event.pointerId);
    });
    pane.addEventListener("pointermove", (event) => {
      if (from) pane.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    pane.addEventListener("pointerup", () => {
      from = null;
    });
    pane.addEventListener("pointercancel", () => {
      from = null;
    });
  }

  return {
    build() {
      pane = h("div", { class: "graph-pane" });
      drawn = null;
      listenToDrags();
      new ResizeObserver(() => {
        if (!drawn) return;
        if (drawn.down !== pane.clientWidth < NARROW) render();
        else fit();
      }).observe(pane);
      const zoom = (by) => () => {
        if (drawn) resize(scale * by);
      };
      return h(
        "div",
        { class: "graph-window" },
        pane,
        h(
          "div",
          { class: "zoom" },
          iconButton("plus", t("zoom.in"), zoom(FACTOR)),
          iconButton("minus", t("zoom.out"), zoom(1 / FACTOR)),
          iconButton("fit", t("graph.whole"), () => {
            if (drawn) resize(whole());
          }),
        ),
      );
    },
    show(answer, steps) {
      content = { answer, steps };
      step = 0;
      render();
    },
    draw(k) {
      step = k;
      if (drawn) follow(drawn.draw(k));
    },
  };
}
