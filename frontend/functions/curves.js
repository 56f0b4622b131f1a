// What one example costs, by its prediction: all losses over one another, and the points on them.

import { createPane, fitted, lineThrough, redrawn, s, text } from "../charts/chart.js";
import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

const ROOM = { left: 26, right: 8, top: 22, bottom: 30, between: 34 };
const MOST = { classes: 5, regression: 9 };

// `ids` are the losses in their order; `label` tells a line by name at its end.
export function createCurves(ids, label) {
  const axes = s("g");
  const lines = s("g");
  const marks = s("g");
  const svg = s("svg", { class: "chart", role: "img" }, axes, lines, marks);
  const legend = h("div", { class: "legend" });
  const element = h(
    "section",
    { class: "card curves" },
    h("div", { class: "curves-head" }, h("h2"), legend),
    h("div", { class: "curves-picture" }, svg),
  );
  let scene = null;

  function drawPane(box, { title, xTitle, curve, places }) {
    const x = curve.x;
    const pane = createPane(axes, box, {
      x: { range: [x[0], x.at(-1)] },
      y: { range: [0, MOST[scene.mode]] },
    });
    axes.append(
      text(box.left + box.width / 2, box.top + 15, title, {
        class: "pane-name",
        "text-anchor": "middle",
      }),
      text(box.left + box.width / 2, box.top + box.height + 26, xTitle, {
        class: "tick",
        "text-anchor": "middle",
      }),
    );
    const shown = ids.filter((id) => id in curve);
    pane.pane.append(
      ...shown.map((id) => s("path", { class: `curve ${id}`, d: lineThrough(x, curve[id], pane) })),
    );
    lines.append(pane.pane);
    const over = s("svg", {
      x: box.left,
      y: box.top,
      width: box.width,
      height: box.height,
      class: "pane over",
    });
    for (const { at, number, costs } of places) {
      const chosen = number === scene.selected ? " selected" : "";
      const place = pane.px(at);
      over.append(
        s("path", { class: `cursor${chosen}`, d: `M${place} 0v${box.height}` }),
        ...shown
          .filter((id) => costs[id] !== undefined)
          .map((id) =>
            s("circle", {
              class: `spot ${id}${chosen}`,
              cx: place,
              cy: Math.max(3, pane.py(costs[id])),
              r: chosen ? 4.5 : 3,
            }),
          ),
      );
      marks.append(
        text(box.left + place, box.top - 2, String(number), {
          class: `tick${chosen}`,
          "text-anchor": "middle",
        }),
      );
    }
    marks.append(over);
  }

  function draw() {
    if (scene === null) return;
    for (const group of [axes, lines, marks]) group.replaceChildren();
    const { width, height } = fitted(svg);
    if (width === 0 || height === 0) return;
    const { panes } = scene;
    const wide = (width - ROOM.left * panes.length - ROOM.right * panes.length) / panes.length;
    panes.forEach((pane, i) =>
      drawPane(
        {
          left: ROOM.left + i * (wide + ROOM.left + ROOM.right),
          top: ROOM.top,
          width: wide,
          height: height - ROOM.top - ROOM.bottom,
        },
        pane,
      ),
    );
  }

  redrawn(svg, draw);
  return {
    element,
    show(next) {
      scene = next;
      element.querySelector("h2").textContent = t("functions.curves");
      svg.setAttribute("aria-label", t("functions.curves"));
      legend.replaceChildren(
        ...ids
          .filter((id) => next.panes.some(({ curve }) => id in curve))
          .map((id) =>
            h(
              "span",
              { class: `key ${id}` },
              s(
                "svg",
                { class: "sample", viewBox: "0 0 26 8" },
                s("path", { class: `curve ${id}`, d: "M1 4h24" }),
              ),
              label(id),
            ),
          ),
      );
      draw();
    },
  };
}
