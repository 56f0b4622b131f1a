// Distributions, an outline a layer: what layers hand on, and the sizes of gradients by it.

import { createPane, s } from "../charts/chart.js";
import { h } from "../core/dom.js";
import { percent, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { createPicture, createTitle } from "./picture.js";
import { decadeAxis, layerAxis } from "./scales.js";

/**
 * @typedef {import("../charts/chart.js").Box} Box
 * @typedef {import("./answers.js").Numbers} Numbers
 * @typedef {import("./answers.js").SignalAnswer} SignalAnswer
 * @typedef {import("./picture.js").Pane} Pane
 * @typedef {[number, number]} Range
 * @typedef {import("./picture.js").Shown<Range>} Scene
 * @typedef {{ id: "activation" | "gradient", logarithmic?: boolean }} Distribution
 */

/** @type {Distribution[]} */
export const DISTRIBUTIONS = [{ id: "activation" }, { id: "gradient", logarithmic: true }];
// Under the gradients stands the share of those that are exactly 0, which have no logarithm.
const STRIP = { height: 16, gap: 20 };
const MEAN = 0.32;

/** Answers are asked for histograms where these are shown. @param {SignalAnswer} answer */
const histogramsOf = ({ histograms }) => /** @type {NonNullable<typeof histograms>} */ (histograms);

/**
 * The axis on which all answers can be compared.
 *
 * @param {Distribution} distribution
 * @param {SignalAnswer[]} answers
 * @returns {Range}
 */
export function rangeOfDistribution({ id }, answers) {
  const edges = answers.map((answer) => histogramsOf(answer)[id].edges);
  return [
    Math.min(...edges.map((one) => one[0])),
    Math.max(...edges.map((one) => one[one.length - 1])),
  ];
}

/**
 * One outline, as wide as its layer where most values lie.
 *
 * @param {Numbers} counts
 * @param {Numbers} edges
 * @param {number} x
 * @param {number} half
 * @param {(value: number) => number} py
 */
function outline(counts, edges, x, half, py) {
  const most = Math.max(...counts);
  if (most === 0) return "";
  let first = 0;
  let last = counts.length - 1;
  while (counts[first] === 0) first += 1;
  while (counts[last] === 0) last -= 1;
  const right = [];
  const left = [];
  for (let bin = first; bin <= last; bin += 1) {
    const wide = Math.max(counts[bin] > 0 ? 0.4 : 0, (counts[bin] / most) * half);
    const [low, high] = [py(edges[bin]).toFixed(1), py(edges[bin + 1]).toFixed(1)];
    right.push(`L${(x + wide).toFixed(1)} ${low}V${high}`);
    left.unshift(`L${(x - wide).toFixed(1)} ${high}V${low}`);
  }
  return `M${x} ${py(edges[first]).toFixed(1)}${right.join("")}${left.join("")}z`;
}

/**
 * @param {Distribution} distribution
 * @param {import("./picture.js").Choosing} choosing
 * @returns {import("./picture.js").Picture<Range>}
 */
export function createViolins(distribution, choosing) {
  const picture = createPicture(paint, choosing);
  const title = createTitle(choosing.onNumbers);
  const element = h(
    "div",
    { class: "panel", dataset: { distribution: distribution.id } },
    title.element,
    picture.element,
  );
  // What is being painted.
  /** @type {Scene} */
  let scene;
  /** @type {Pane} */
  let pane;

  function moments() {
    const reach = pane.px(1.5) * MEAN;
    return scene.answer.layers
      .map(({ layer, activation_mean: mean, activation_std: deviation }) => {
        if (mean === null || deviation === null) return "";
        const x = pane.px(layer);
        return (
          `M${x - reach} ${pane.py(mean)}h${2 * reach}M${x} ${pane.py(mean - deviation)}` +
          `V${pane.py(mean + deviation)}`
        );
      })
      .join("");
  }

  /** @param {SVGElement} axes @param {Box} box */
  function strip(axes, box) {
    const { counts, zero } = histogramsOf(scene.answer).gradient;
    const low = createPane(axes, box, {
      x: layerAxis(scene.depth, box.width),
      y: { range: [0, 1], ticks: [0, 1], format: (value) => percent(value) },
    });
    low.pane.append(
      s("path", {
        class: "bar",
        d: zero
          .map((count, index) => {
            let all = count;
            for (const one of counts[index]) all += one;
            return all === 0
              ? ""
              : `M${low.px(index + 0.6)} ${box.height}V${low.py(count / all)}` +
                  `H${low.px(index + 1.4)}V${box.height}z`;
          })
          .join(""),
      }),
    );
    axes.append(low.pane);
  }

  /** @param {Scene} next @param {SVGElement} axes @param {Box} whole */
  function paint(next, axes, whole) {
    scene = next;
    const { logarithmic, id } = distribution;
    // Where there is no room for both, the outlines come first.
    const hasStrip = logarithmic && whole.height > 3 * (STRIP.height + STRIP.gap);
    const under = hasStrip ? STRIP.height + STRIP.gap : 0;
    const box = { ...whole, height: whole.height - under };
    pane = createPane(axes, box, {
      x: layerAxis(scene.depth, box.width, !hasStrip),
      y: logarithmic
        ? decadeAxis(scene.range, box.height)
        : { range: scene.range, format: (value) => quantity(value, 2) },
    });
    const { counts, edges } = histogramsOf(scene.answer)[id];
    const half = pane.px(1.5) * 0.47;
    pane.pane.append(
      s("path", {
        class: "violin",
        d: counts
          .map((one, index) => outline(one, edges, pane.px(index + 1), half, pane.py))
          .join(""),
      }),
    );
    if (hasStrip) {
      strip(axes, { ...box, top: box.top + box.height + STRIP.gap, height: STRIP.height });
    }
    if (!logarithmic) pane.pane.append(s("path", { class: "moments", d: moments() }));
    return pane;
  }

  return {
    element,
    mark: picture.mark,
    show(next) {
      title.show(t(`signal.distribution.${distribution.id}`));
      picture.name(t(`signal.distribution.${distribution.id}`));
      picture.show(next);
    },
  };
}
