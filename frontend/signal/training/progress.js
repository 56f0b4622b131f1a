// How far a training is: steps, loss so far, and the loss drawn as it comes.

import { s } from "../../charts/chart.js";
import { h } from "../../core/dom.js";
import { integer, percent, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";

const SPARK = { width: 120, height: 24 };

// The loss so far as a line; only what is finite is drawn.
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
  const losses = [];
  let done = 0;
  return {
    element,
    get done() {
      return done;
    },
    begin() {
      done = 0;
      losses.length = 0;
      words.textContent = t("trained.preparing");
      bar.removeAttribute("value");
    },
    show({ done: now, total, loss, accuracy }) {
      // One event may overtake another on its way.
      if (now < done) return;
      done = now;
      losses.push(...loss.map((one) => one ?? NaN));
      element.dataset.done = done;
      bar.max = total;
      bar.value = done;
      line.setAttribute("points", spark(losses, total));
      const step = t("trained.step_of", { step: integer(done), total: integer(total) });
      const [last, share] = [loss.at(-1), accuracy?.at(-1)];
      words.textContent =
        last === undefined
          ? step
          : [
              step,
              t("trained.loss_is", { loss: quantity(last) }),
              ...(share === undefined ? [] : [t("trained.accuracy_is", { share: percent(share) })]),
            ].join(" · ");
    },
  };
}
