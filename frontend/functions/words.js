// What the numbers of the chosen point say: its share of each loss, and the sigmoid's factor.

import { h } from "../core/dom.js";
import { percent, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";

/** @typedef {import("./requests.js").Loss} Loss */
/** @typedef {import("./resources.js").LossesOfPoints} LossesOfPoints */
/** @typedef {{ answer: LossesOfPoints | null, selected: number }} WordsProps */
/** @typedef {LossesOfPoints & { ids: string[], titleOf: (id: string) => string }} Scene */

/** @param {Loss} loss @param {number} index */
const shareOf = ({ each }, index) => {
  const total = each.reduce((sum, one) => sum + one, 0);
  return total > 0 ? each[index] / total : 0;
};

/** @param {number[]} values */
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};

// Each loss's slope by ŷ times σ′(z) is its slope by z: for one example, so not divided by n.
/** @param {Scene} scene @param {number} index */
function sigmoidRows({ losses, ids, titleOf, points }, index) {
  const [, at] = points[index];
  const factor = at * (1 - at);
  return ids.map((id) => {
    const loss = losses[id];
    if (!loss) return nothing;
    const slope = loss.gradient[index] * points.length;
    return html`<tr class=${id}>
      <th scope="row">${titleOf(id)}</th>
      <td>${quantity(slope, 3)}</td><td>${quantity(factor, 3)}</td>
      <td class="by-z" data-loss=${id}>${quantity(slope * factor, 3)}</td>
    </tr>`;
  });
}

/** @param {Scene} scene @param {number} index */
function aboutClasses(scene, index) {
  const [target, at] = scene.points[index];
  const times = Math.abs(1 / (2 * at * (1 - at)));
  return html`
    <h2>${t("functions.saturation")}</h2>
    <table>
      <thead><tr><td></td><th scope="col">∂ℓ/∂ŷ</th><th scope="col">× σ′(z)</th>
        <th scope="col">= ∂ℓ/∂z</th></tr></thead>
      <tbody>${sigmoidRows(scene, index)}</tbody>
    </table>
    <p>${t("functions.saturation.why", {
      n: index + 1,
      target,
      at: quantity(at, 4),
      count: Number(times.toPrecision(3)),
    })}</p>`;
}

/** @param {Scene} scene */
function aboutRegression({ points }) {
  const targets = points.map(([target]) => target);
  const mean = targets.reduce((sum, one) => sum + one, 0) / targets.length;
  return html`
    <h2>${t("functions.outlier")}</h2>
    <p>${t("functions.outlier.pull")}</p>
    <p>${t("functions.outlier.constant", {
      mean: quantity(mean, 4),
      median: quantity(median(targets), 4),
    })}</p>`;
}

/** @param {string[]} ids @param {(id: string) => string} titleOf */
export function createWords(ids, titleOf) {
  const element = h("section", { class: "card words-card" });

  /** @param {Scene} scene @param {number} index */
  const sharesOf = ({ losses }, index) =>
    ids.map((id) => {
      const loss = losses[id];
      if (!loss) return nothing;
      return html`<li class=${id}><b>${percent(shareOf(loss, index))}</b> ${titleOf(id)}</li>`;
    });

  return {
    element,
    /** @param {WordsProps} props */
    show({ answer, selected }) {
      if (answer === null) return render(nothing, element);
      const scene = { ...answer, ids, titleOf };
      const index = Math.min(selected, answer.points.length) - 1;
      return render(
        html`<h2>${t("functions.shares", { n: index + 1 })}</h2>
          <ul class="shares">${sharesOf(scene, index)}</ul>
          ${answer.mode === "classes" ? aboutClasses(scene, index) : aboutRegression(scene)}`,
        element,
      );
    },
  };
}
