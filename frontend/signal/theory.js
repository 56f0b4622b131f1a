// What the pictures are made of: measured bars, their spread, theory's lines; and what theory says
// of a setting, in one sentence.

import { s } from "../charts/chart.js";
import { h } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

/** @param {...SVGElement} shapes */
const sample = (...shapes) =>
  s("svg", { class: "sample chart", viewBox: "0 0 26 14", "aria-hidden": "true" }, ...shapes);
/** @param {string} name @param {Element} picture @param {string} words */
const key = (name, picture, words) =>
  h("span", { class: "key", dataset: { key: name } }, picture, words);

/** @typedef {import("./answers.js").SignalAnswer} Answer */

/** @param {Answer[]} answers @returns {Element[]} */
export function legend(answers) {
  const seeds = answers[0].seeds.length;
  const known = answers.some(({ prediction }) => prediction !== null);
  const bound = answers.some(({ prediction }) => prediction?.bound_factor);
  const norms = answers.flatMap(({ layers }) =>
    layers.flatMap((layer) => [
      layer.gradient_norm,
      layer.weight_gradient_norm,
      layer.activation_std,
    ]),
  );
  return [
    key(
      "measured",
      sample(s("path", { class: "bar", d: "M7 14V3h12V14z" })),
      t("signal.key.measured", { count: seeds }),
    ),
    seeds > 1
      ? key(
          "spread",
          sample(s("path", { class: "whisker", d: "M9 2h8M13 2V12M9 12h8" })),
          t("signal.key.spread"),
        )
      : null,
    known
      ? key("theory", sample(s("path", { class: "theory", d: "M1 7h24" })), t("signal.key.theory"))
      : null,
    bound
      ? key("bound", sample(s("path", { class: "bound", d: "M1 7h24" })), t("signal.key.bound"))
      : null,
    norms.includes(0)
      ? key("zero", h("b", { class: "zero-sign" }, "0"), t("signal.key.zero"))
      : null,
    norms.includes(null)
      ? key("overflow", h("b", { class: "overflow-sign" }, "∞"), t("signal.key.overflow"))
      : null,
  ].filter((one) => one !== null);
}

/** @param {Answer[]} answers */
export const legendOfDistributions = (answers) => [
  key(
    "values",
    sample(s("path", { class: "violin", d: "M13 1L7 5L3 8L8 11L13 13L18 11L23 8L19 5z" })),
    t("signal.key.values", { seed: answers[0].seeds[0] }),
  ),
  key(
    "moments",
    sample(s("path", { class: "moments", d: "M8 7h10M13 1V13" })),
    t("signal.key.moments"),
  ),
];

/**
 * How theory multiplies a gradient on its way back through a layer, or why it is silent.
 *
 * @param {Answer} answer
 */
export function sentence({ prediction }) {
  if (prediction === null) return t("signal.theory.none");
  const { factor, bound_factor: bound } = prediction;
  const words = { factor: quantity(factor, 3), bound: quantity(bound, 3) };
  return t(bound === null ? "signal.theory.no_bound" : "signal.theory.factor", words);
}

/** Where theory comes from and what it leaves out. @param {Answer[]} answers */
export function source(answers) {
  const { reference } = answers.find(({ prediction }) => prediction !== null)?.prediction ?? {};
  return reference
    ? h(
        "p",
        { class: "hint theory-source" },
        t("signal.theory.terms"),
        " ",
        h(
          "a",
          { href: reference.url, target: "_blank", rel: "noreferrer", title: reference.citation },
          t("signal.theory.source"),
        ),
      )
    : null;
}
