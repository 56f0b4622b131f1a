// What the numbers of the chosen point say: its share of each loss, and the sigmoid's factor.

import { h } from "../core/dom.js";
import { percent, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

const shareOf = ({ each }, index) => {
  const total = each.reduce((sum, one) => sum + one, 0);
  return total > 0 ? each[index] / total : 0;
};

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};

// Each loss's slope by ŷ times σ′(z) is its slope by z: for one example, so not divided by n.
function sigmoidRows({ losses, ids, titleOf, points }, index) {
  const [, at] = points[index];
  const factor = at * (1 - at);
  return ids.map((id) => {
    const slope = losses[id].gradient[index] * points.length;
    return h(
      "tr",
      { class: id },
      h("th", { scope: "row" }, titleOf(id)),
      h("td", {}, quantity(slope, 3)),
      h("td", {}, quantity(factor, 3)),
      h("td", { class: "by-z", dataset: { loss: id } }, quantity(slope * factor, 3)),
    );
  });
}

function aboutClasses(scene, index) {
  const [target, at] = scene.points[index];
  const times = Math.abs(1 / (2 * at * (1 - at)));
  return [
    h("h2", {}, t("functions.saturation")),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h("tr", {}, h("th"), h("th", {}, "∂ℓ/∂ŷ"), h("th", {}, "× σ′(z)"), h("th", {}, "= ∂ℓ/∂z")),
      ),
      h("tbody", {}, sigmoidRows(scene, index)),
    ),
    h(
      "p",
      {},
      t("functions.saturation.why", {
        n: index + 1,
        target,
        at: quantity(at, 4),
        count: Number(times.toPrecision(3)),
      }),
    ),
  ];
}

function aboutRegression({ points }) {
  const targets = points.map(([target]) => target);
  const mean = targets.reduce((sum, one) => sum + one, 0) / targets.length;
  return [
    h("h2", {}, t("functions.outlier")),
    h("p", {}, t("functions.outlier.pull")),
    h(
      "p",
      {},
      t("functions.outlier.constant", {
        mean: quantity(mean, 4),
        median: quantity(median(targets), 4),
      }),
    ),
  ];
}

export function createWords() {
  const element = h("section", { class: "card words-card" });
  return {
    element,
    show(scene) {
      const index = scene.selected - 1;
      const { losses, ids, titleOf } = scene;
      const shares = ids
        .filter((id) => losses[id])
        .map((id) =>
          h("li", { class: id }, h("b", {}, percent(shareOf(losses[id], index))), " ", titleOf(id)),
        );
      element.replaceChildren(
        h("h2", {}, t("functions.shares", { n: scene.selected })),
        h("ul", { class: "shares" }, shares),
        ...(scene.mode === "classes" ? aboutClasses(scene, index) : aboutRegression(scene)),
      );
    },
  };
}
