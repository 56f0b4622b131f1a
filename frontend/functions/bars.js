// One loss of the points: what each adds to the mean, and how hard each prediction is pulled.

import { createPane, fitted, redrawn, s, text } from "../charts/chart.js";
import { h, math } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";

const ROOM = { left: 38, right: 6, top: 16, bottom: 15, between: 22 };

function widened(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.12 * (high - low || 1);
  return [low < 0 ? low - room : 0, high > 0 ? high + room : 0.02 * (high - low || 1)];
}

export function createBars(entry) {
  const axes = s("g");
  const bars = s("g");
  const svg = s("svg", { class: "chart", "aria-hidden": "true" }, axes, bars);
  const mean = h("output", { class: "mean", dataset: { loss: entry.id }, "aria-live": "off" });
  const reason = h("p", { class: "reason hint" });
  const picture = h("div", { class: "bars-picture" }, svg);
  const element = h(
    "article",
    { class: `card loss ${entry.id}`, dataset: { loss: entry.id } },
    h("div", { class: "loss-head" }, h("h2", {}, localize(entry.title)), mean),
    h("div", { class: "equation" }, math(entry.formula_mathml)),
    h("p", { class: "hint loss-summary" }, localize(entry.summary)),
    reason,
    picture,
  );
  let scene = null;

  function drawPane(name, box, values, label, selected, numbers) {
    const range = widened(values);
    const pane = createPane(axes, box, {
      x: { range: [0, values.length], ticks: [] },
      y: { range, format: (value) => quantity(value, 2) },
    });
    axes.append(text(box.left, box.top - 5, label, { class: "pane-name soft" }));
    const wide = Math.min(26, (0.6 * pane.width) / values.length);
    values.forEach((value, i) => {
      const middle = pane.px(i + 0.5);
      const [from, to] = [pane.py(Math.max(0, value)), pane.py(Math.min(0, value))];
      pane.pane.append(
        s("rect", {
          class: `bar ${name}${i + 1 === selected ? " selected" : ""}`,
          x: middle - wide / 2,
          y: from,
          width: wide,
          height: Math.max(0.8, to - from),
          "data-point": i + 1,
        }),
      );
      if (numbers) {
        axes.append(
          text(box.left + middle, box.top + box.height + 12, String(i + 1), {
            class: `tick${i + 1 === selected ? " selected" : ""}`,
            "text-anchor": "middle",
          }),
        );
      }
    });
    bars.append(pane.pane);
  }

  function draw() {
    if (scene === null) return;
    axes.replaceChildren();
    bars.replaceChildren();
    const { loss, selected } = scene;
    if (loss === null) return;
    const { width, height } = fitted(svg);
    if (width === 0 || height === 0) return;
    const free = height - ROOM.top - ROOM.bottom - ROOM.between;
    const wide = width - ROOM.left - ROOM.right;
    const upper = Math.round(0.55 * free);
    const box = { left: ROOM.left, top: ROOM.top, width: wide, height: upper };
    drawPane(
      "added",
      box,
      loss.each.map((each) => each / loss.each.length),
      t("functions.adds"),
      selected,
      false,
    );
    drawPane(
      "pull",
      { ...box, top: ROOM.top + upper + ROOM.between, height: free - upper },
      loss.gradient,
      t("functions.gradient"),
      selected,
      true,
    );
  }

  redrawn(svg, draw);
  return {
    element,
    show(loss, selected, why) {
      scene = { loss, selected };
      mean.textContent = loss === null ? "–" : quantity(loss.mean, 4);
      reason.textContent = loss === null ? why : "";
      element.classList.toggle("undefined", loss === null);
      draw();
    },
  };
}
