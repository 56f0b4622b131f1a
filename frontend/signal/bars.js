// One measured quantity, a bar a layer, with its spread over the seeds; theory is a line over it.

import { createPane, s, text } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { createPicture, createTitle } from "./picture.js";
import { decadeAxis, decades, layerAxis, shareAxis } from "./scales.js";

/**
 * @typedef {import("../charts/chart.js").Box} Box
 * @typedef {import("./answers.js").Layer} Layer
 * @typedef {import("./answers.js").SignalAnswer} SignalAnswer
 * @typedef {import("./picture.js").Pane} Pane
 * @typedef {keyof Layer["spread"]} Measurement
 * @typedef {keyof NonNullable<Layer["predicted"]>} Prediction
 * @typedef {[number, number] | null} Range Decades; null where the axis is that of shares.
 * @typedef {import("./picture.js").Shown<Range>} Scene
 */

/**
 * @typedef {object} Metric
 * @property {Measurement} id
 * @property {string} symbol
 * @property {boolean} [share] From 0 to 1, on an axis without powers.
 * @property {Measurement} [inner] A part of it, drawn inside.
 * @property {Prediction} [theory]
 * @property {Prediction} [bound]
 */

/** @type {Metric[]} */
export const METRICS = [
  { id: "gradient_norm", symbol: "‖∂L/∂h‖", theory: "gradient_norm", bound: "gradient_norm_bound" },
  { id: "weight_gradient_norm", symbol: "‖∂L/∂W‖" },
  { id: "activation_std", symbol: "std h", theory: "activation_std" },
  { id: "saturated_fraction", symbol: "", share: true, inner: "dead_fraction" },
];
const CAP = 3;

/** @param {[number, number][]} points */
const line = (points) =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/**
 * The axis on which all answers can be compared.
 *
 * @param {Metric} metric
 * @param {SignalAnswer[]} answers
 * @returns {Range}
 */
export function rangeOf({ id, theory, share }, answers) {
  if (share) return null;
  const layers = answers.flatMap((answer) => answer.layers);
  return decades(
    layers.flatMap((layer) => [layer[id], ...layer.spread[id]]),
    theory ? layers.map((layer) => layer.predicted?.[theory] ?? null) : [],
  );
}

/**
 * @param {Metric} metric
 * @param {import("./picture.js").Choosing} choosing
 * @returns {import("./picture.js").Picture<Range>}
 */
export function createBars(metric, choosing) {
  const picture = createPicture(paint, choosing);
  const title = createTitle(choosing.onNumbers);
  const element = h(
    "div",
    { class: "panel", dataset: { metric: metric.id } },
    title.element,
    picture.element,
  );
  // What is being painted.
  /** @type {Scene} */
  let scene;
  /** @type {Pane} */
  let pane;

  /** Where a value stands; null for what has no place on a logarithm. @param {number} value */
  const level = (value) =>
    metric.share ? pane.py(value) : value > 0 ? pane.py(Math.log10(value)) : null;

  /** @param {Measurement} name */
  function bars(name) {
    return scene.answer.layers
      .map((layer) => {
        const value = layer[name];
        const top = value === null ? null : level(value);
        if (top === null) return "";
        const [from, to] = sides(layer.layer).map((side) => side.toFixed(1));
        return `M${from} ${pane.height}V${top.toFixed(1)}H${to}V${pane.height}z`;
      })
      .join("");
  }

  /** @param {number} layer */
  function sides(layer) {
    const wide = pane.px(1.5);
    const gap = wide > 5 ? Math.min(4, wide * 0.16) : 0.4;
    return [pane.px(layer - 0.5) + gap, pane.px(layer + 0.5) - gap];
  }

  function whiskers() {
    return scene.answer.layers
      .map(({ layer, spread }) => {
        const [least, most] = spread[metric.id];
        if (least === null || most === null || most === least) return "";
        const [low, high] = [level(least) ?? pane.height, level(most)];
        if (high === null) return "";
        const x = pane.px(layer);
        const cap = Math.min(CAP, pane.px(1.5) / 3);
        return (
          `M${(x - cap).toFixed(1)} ${high.toFixed(1)}h${2 * cap}M${x.toFixed(1)} ` +
          `${high.toFixed(1)}V${low.toFixed(1)}m${-cap} 0h${2 * cap}`
        );
      })
      .join("");
  }

  /** @param {Prediction} name */
  function predicted(name) {
    return line(
      scene.answer.layers.flatMap(({ layer, predicted: one }) => {
        const at = level(one?.[name] ?? 0);
        return at === null ? [] : [[pane.px(layer), at]];
      }),
    );
  }

  // What no bar can show: exactly 0, and what has left the finite range.
  function signs() {
    return scene.answer.layers.flatMap(({ layer, [metric.id]: value }) => {
      if (value !== null && (value > 0 || metric.share)) return [];
      const x = pane.px(layer);
      const size = Math.min(measures().font, Math.max(7, pane.px(1.5) * 1.3));
      const [from, to] = sides(layer);
      return value === 0
        ? [
            text(x, pane.height - 3, "0", {
              class: "sign zero-sign",
              "font-size": size,
              "text-anchor": "middle",
            }),
          ]
        : [
            s("rect", { class: "overflow", x: from, y: 0, width: to - from, height: pane.height }),
            text(x, 12, "∞", {
              class: "sign overflow-sign",
              "font-size": size,
              "text-anchor": "middle",
            }),
          ];
    });
  }

  /** @param {Scene} next @param {SVGElement} axes @param {Box} box */
  function paint(next, axes, box) {
    scene = next;
    pane = createPane(axes, box, {
      x: layerAxis(scene.depth, box.width),
      y: scene.range === null ? shareAxis : decadeAxis(scene.range, box.height),
    });
    const { theory, bound, inner } = metric;
    pane.pane.append(
      s("path", { class: `bar${inner ? " outer" : ""}`, d: bars(metric.id) }),
      ...(inner ? [s("path", { class: "bar", d: bars(inner) })] : []),
      s("path", { class: "whisker", d: whiskers() }),
      ...(bound ? [s("path", { class: "bound", d: predicted(bound) })] : []),
      ...(theory
        ? [
            s("path", { class: "theory halo", d: predicted(theory) }),
            s("path", { class: "theory", d: predicted(theory) }),
          ]
        : []),
      ...signs(),
    );
    return pane;
  }

  return {
    element,
    mark: picture.mark,
    show(next) {
      title.show(t(`signal.metric.${metric.id}`), metric.symbol);
      picture.name(t(`signal.metric.${metric.id}`));
      picture.show(next);
    },
  };
}
