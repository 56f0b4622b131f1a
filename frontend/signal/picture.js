// A picture with layers along x: drawn again when its place changes, with the chosen layer marked
// and chosen by pointing.

import { fitted, redrawn, s, text } from "../charts/chart.js";
import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

const ROOM = { left: 40, right: 6, top: 5, bottom: 18 };

// `paint(scene, axes, box)` draws numbers and grid into `axes` and answers its pane; a scene has
// at least the layer that is chosen and the depth of the axis.
export function createPicture(paint, { onLayer, onHover }) {
  const marker = s("rect", { class: "marked", y: 0 });
  const svg = s("svg", { class: "chart", "aria-hidden": "true" });
  const element = h("div", { class: "of-layers" }, svg);
  let scene = null;
  let pane = null;

  function mark(layer) {
    if (pane === null) return;
    scene = { ...scene, layer };
    marker.setAttribute("x", pane.px(Math.min(layer, scene.depth) - 0.5));
    marker.setAttribute("width", pane.px(1.5));
    marker.setAttribute("height", pane.height);
  }

  function draw() {
    if (scene === null) return;
    const { width, height } = fitted(svg);
    if (width === 0 || height === 0) return;
    const axes = s("g");
    pane = paint(scene, axes, {
      left: ROOM.left,
      top: ROOM.top,
      width: width - ROOM.left - ROOM.right,
      height: height - ROOM.top - ROOM.bottom,
    });
    axes.append(
      text(ROOM.left - 8, height - 3, t("signal.axis"), { class: "tick", "text-anchor": "end" }),
    );
    pane.pane.prepend(marker);
    svg.replaceChildren(axes, pane.pane);
    mark(scene.layer);
  }

  function pointed(event, choose) {
    if (pane === null) return;
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
    show(next) {
      scene = next;
      draw();
    },
  };
}
