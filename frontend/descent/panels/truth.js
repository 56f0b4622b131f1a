// The local truth at the selected run's point while the race is paused: curvature, and how the
// rate stands to it, in words and in numbers.

import { swatch } from "../../charts/swatch.js";
import { h } from "../../core/dom.js";
import { integer, quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { hasLimit, shapeOf, stabilityOf } from "../stability.js";

const DIGITS = 2;
// Where it curves down somewhere, or not at all, a small rate is stable along the rest only.
const STABLE_ALL_OVER = ["bowl", "round"];

// What a number is written as decides which form of a word goes with it.
const digitsOf = (value, digits) => Number(value.toPrecision(digits));

function shapeText(local) {
  const shape = shapeOf(local.hessian_eigenvalues);
  if (shape !== "bowl") return t(`truth.shape.${shape}`);
  const { condition_number: condition } = local;
  return t("truth.shape.bowl", { count: digitsOf(condition, 3), ratio: quantity(condition) });
}

function stabilityText(local, { run, rate, momentum, weightDecay }) {
  const optimizer = run.optimizer.id;
  const critical = local.critical_learning_rate;
  if (critical === null || rate === undefined) return "";
  const found = stabilityOf({ optimizer, rate, momentum, weightDecay, critical });
  if (found === null) return hasLimit(optimizer) ? "" : t("truth.unlimited", { name: run.name });
  const isAllOver = STABLE_ALL_OVER.includes(shapeOf(local.hessian_eigenvalues));
  const kind = found.is === "stable" && !isAllOver ? "stable_along" : found.is;
  return t(`truth.${kind}`, {
    limit: t(`truth.limit.${optimizer}`),
    count: digitsOf(found.ratio, DIGITS),
    ratio: quantity(found.ratio, DIGITS),
  });
}

const isUnstable = (local, { run, rate, momentum, weightDecay }) =>
  stabilityOf({
    optimizer: run.optimizer.id,
    rate,
    momentum,
    weightDecay,
    critical: local.critical_learning_rate,
  })?.is === "unstable";

// `onGraph` opens the computation graph of the same point.
export function createTruth(section, onGraph) {
  const facts = h("div", { class: "facts" });
  const graph = h("button", {
    type: "button",
    id: "open-graph",
    class: "text-button",
    onclick: onGraph,
  });
  section.replaceChildren(facts, graph);

  const fact = (name, value, warning = false) =>
    h(
      "span",
      {
        class: `fact${warning ? " warning" : ""}`,
        title: t(`truth.${name}.help`),
        dataset: { fact: name },
      },
      h("span", { class: "fact-name" }, t(`truth.${name}`)),
      " ",
      value,
    );
  const words = (kind, text) => h("span", { dataset: { fact: kind } }, text);

  function curvature(local) {
    const { hessian_eigenvalues: eigenvalues, condition_number: condition } = local;
    const critical = local.critical_learning_rate;
    return [
      fact("eigenvalues", `${quantity(eigenvalues[0])}; ${quantity(eigenvalues[1])}`),
      fact("condition", condition === null ? t("truth.none") : quantity(condition)),
      fact("critical", critical === null ? t("truth.none") : quantity(critical)),
    ];
  }

  function sentences(local, props) {
    if (local.no_curvature) return [words("no-curvature", localize(local.no_curvature))];
    const stability = stabilityText(local, props);
    return [
      ...(stability ? [words("stability", stability)] : []),
      words("shape", shapeText(local)),
    ];
  }

  function label() {
    graph.textContent = t("graph.title");
    graph.title = t("graph.help");
  }

  return {
    // `hint` is the key of why there is nothing to see; null while it is looked up.
    clear(hint) {
      facts.replaceChildren(...(hint ? [h("span", { class: "hint" }, t(hint))] : []));
      label();
      delete section.dataset.step;
      section.classList.remove("earlier");
    },
    // `local` is the server's answer for the point, `rate` that of the step about to be taken; what
    // is not of the point where the run stands is of an earlier one, and dimmed.
    show(props) {
      const { local, run, step, rate, isCurrent } = props;
      const name = t("truth.at", { name: run.name, step: integer(step) });
      facts.replaceChildren(
        h(
          "p",
          { class: "fact-words" },
          h("span", { class: "fact-run" }, swatch(run.style, { compact: true }), name),
          ...sentences(local, props).flatMap((sentence) => [" ", sentence]),
        ),
        h(
          "p",
          { class: "fact-numbers" },
          ...(local.no_curvature ? [] : curvature(local)),
          fact("rate", rate === undefined ? "–" : quantity(rate), isUnstable(local, props)),
        ),
      );
      label();
      section.classList.toggle("earlier", !isCurrent);
      if (isCurrent) section.dataset.step = step;
      else delete section.dataset.step;
    },
  };
}
