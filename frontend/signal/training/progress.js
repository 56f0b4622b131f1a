// How far a training is: steps, loss so far, and the loss drawn as it comes.

import { s } from "../../charts/chart.js";
import { h } from "../../core/dom.js";
import { integer, percent, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";

const SPARK = { width: 120, height: 24 };

/**
 * The loss so far as a line; only what is finite is drawn.
 *
 * @param {number[]} losses
 * @param {number} total
 */
function spark(losses, total) {
  const shown = losses.filter(Number.isFinite);
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const unit = (SPARK.height - 4) / (high - low || 1);
  return losses
    .flatMap((loss, i) =>
      Number.isFinite(loss)
        ? [`${((i / total) * SPARK.width).toFixed(1)},${(2 + (high - loss) * unit).toFixed(1)}`]
        : [],
    )
    .join(" ");
}

/** @param {import("./asking.js").Course} course */
function wordsOf({ done, total, losses, accuracy }) {
  if (total === 0) return t("trained.preparing");
  const words = [t("trained.step_of", { step: integer(done), total: integer(total) })];
  const last = losses.at(-1);
  if (last === undefined) return words[0];
  words.push(t("trained.loss_is", { loss: quantity(last) }));
  if (accuracy !== null) words.push(t("trained.accuracy_is", { share: percent(accuracy) }));
  return words.join(" · ");
}

/** @param {string} label @param {string} className */
export function createProgress(label, className) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": label });
  const words = h("output", { class: "progress-words", "aria-live": "off" }, t("trained.waiting"));
  const line = s("polyline", { class: "spark-line" });
  const element = h(
    "div",
    { class: `progress ${className}`, dataset: { done: 0 } },
    h("span", { class: "progress-name" }, label),
    bar,
    s(
      "svg",
      {
        class: "spark",
        viewBox: `0 0 ${SPARK.width} ${SPARK.height}`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      },
      line,
    ),
    words,
  );
  return {
    element,
    /** @param {import("./asking.js").Course} course */
    show(course) {
      const { done, total, losses, run } = course;
      // What was trained before is there at once.
      const isWhole = run !== null && total === 0;
      element.dataset.done = String(done);
      words.textContent = isWhole ? t("trained.ready") : wordsOf(course);
      if (total > 0) {
        bar.max = total;
        bar.value = done;
        line.setAttribute("points", spark(losses, total));
      } else if (isWhole) bar.value = 1;
      else bar.removeAttribute("value");
    },
  };
}
