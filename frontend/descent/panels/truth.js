// The local truth at the selected run's point while the race is paused: curvature, and how the
// rate stands to it, in words and in numbers.

import { swatch } from "../../charts/swatch.js";
import { h } from "../../core/dom.js";
import { integer, quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { hasLimit, shapeOf, stabilityOf } from "../stability.js";

/**
 * @typedef {import("../../api/answers.js").ProbedPoint} Local
 * @typedef {Local & { hessian_eigenvalues: [number, number] }} Curved
 *
 * @typedef {object} Props
 * @property {Local} local The server's answer for the point.
 * @property {import("./types.js").ShownRun} run
 * @property {number} step
 * @property {number | undefined} rate Of the step about to be taken.
 * @property {number} momentum
 * @property {number} weightDecay
 * @property {boolean} isCurrent Whether it is of the point where the run stands: what is of an earlier
 *   one is dimmed.
 * @property {string | null} language
 * @property {null} hint
 */

const DIGITS = 2;
// Where it curves down somewhere, or not at all, a small rate is stable along the rest only.
const STABLE_ALL_OVER = ["bowl", "round"];

// What a number is written as decides which form of a word goes with it.
/** @param {number} value @param {number} digits */
const digitsOf = (value, digits) => Number(value.toPrecision(digits));

/** @param {Local} local @returns {local is Curved} */
const isCurved = (local) => local.hessian_eigenvalues !== null;

/** @param {Curved} local */
function shapeText(local) {
  const shape = shapeOf(local.hessian_eigenvalues);
  if (shape !== "bowl") return t(`truth.shape.${shape}`);
  const condition = /** @type {number} */ (local.condition_number);
  return t("truth.shape.bowl", { count: digitsOf(condition, 3), ratio: quantity(condition) });
}

/** @param {Curved} local @param {Props} props */
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

/** @param {Local} local @param {Props} props */
const isUnstable = (local, { run, rate, momentum, weightDecay }) =>
  rate !== undefined &&
  stabilityOf({
    optimizer: run.optimizer.id,
    rate,
    momentum,
    weightDecay,
    critical: local.critical_learning_rate,
  })?.is === "unstable";

/**
 * @param {HTMLElement} section
 * @param {{ graph(): void, anatomy(): void, rates(): void, maps(): string }} on Opens the computation
 *   graph of the same point; takes the step from there apart; shows the rate of each coordinate; says
 *   where the selected run is mapped over its numbers.
 */
export function createTruth(section, on) {
  const facts = h("div", { class: "facts" });
  const graph = h("button", {
    type: "button",
    id: "open-graph",
    class: "text-button",
    onclick: on.graph,
  });
  const anatomy = h("button", {
    type: "button",
    id: "open-anatomy",
    class: "text-button",
    onclick: on.anatomy,
  });
  const rates = h("button", {
    type: "button",
    id: "show-effective",
    class: "text-button",
    onclick: on.rates,
  });
  const maps = h("a", {
    id: "open-maps",
    class: "text-button",
    href: "maps.html",
    // As the settings are by then.
    onclick: () => maps.setAttribute("href", on.maps()),
  });
  section.replaceChildren(facts, h("div", { class: "truth-doors" }, anatomy, rates, graph, maps));

  /** @param {string} name @param {string} value @param {boolean} [warning] */
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
  /** @param {string} kind @param {string} text */
  const words = (kind, text) => h("span", { dataset: { fact: kind } }, text);

  /** @param {Curved} local */
  function curvature(local) {
    const { hessian_eigenvalues: eigenvalues, condition_number: condition } = local;
    const critical = local.critical_learning_rate;
    return [
      fact("eigenvalues", `${quantity(eigenvalues[0])}; ${quantity(eigenvalues[1])}`),
      fact("condition", condition === null ? t("truth.none") : quantity(condition)),
      fact("critical", critical === null ? t("truth.none") : quantity(critical)),
    ];
  }

  /** @param {Local} local @param {Props} props */
  function sentences(local, props) {
    if (!isCurved(local)) return [words("no-curvature", localize(local.no_curvature))];
    const stability = stabilityText(local, props);
    return [
      ...(stability ? [words("stability", stability)] : []),
      words("shape", shapeText(local)),
    ];
  }

  function label() {
    graph.textContent = t("graph.title");
    graph.title = t("graph.help");
    maps.textContent = t("maps.open");
    maps.title = t("maps.open.help");
    maps.setAttribute("href", on.maps());
    anatomy.textContent = t("anatomy.button");
    anatomy.title = t("anatomy.help");
    rates.textContent = t("rates.effective.button");
    rates.title = t("rates.effective.help");
  }

  return {
    /** Which of what it opens is there. @param {{ anatomy: boolean, effective: boolean }} props */
    press(props) {
      anatomy.setAttribute("aria-pressed", String(props.anatomy));
      rates.setAttribute("aria-pressed", String(props.effective));
    },
    /** @param {string | null} hint The text of why there is nothing to see; null while it is looked up. */
    clear(hint) {
      facts.replaceChildren(...(hint ? [h("span", { class: "hint" }, t(hint))] : []));
      label();
      delete section.dataset.step;
      section.classList.remove("earlier");
    },
    /** @param {Props} props */
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
          ...(isCurved(local) ? curvature(local) : []),
          fact("rate", rate === undefined ? "–" : quantity(rate), isUnstable(local, props)),
        ),
      );
      label();
      section.classList.toggle("earlier", !isCurrent);
      if (isCurrent) section.dataset.step = String(step);
      else delete section.dataset.step;
    },
  };
}
