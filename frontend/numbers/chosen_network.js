// What was chosen on a network's map: its two numbers, and what the map says of its training. Signal has no
// such network to lead to: this one has no biases, is scaled by its width and learns labels drawn at random
// (server/maps/kernels/network.py), Signal's have biases, initialisers of their own and data sets.

import { h } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { NOTHING } from "../maps/filling.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";

/** @typedef {import("./resources.js").Coming} Coming */

/** Last losses whose mean decides (server/maps/trainability.py). */
const TAIL = 20;
const DIGITS = 4;

/**
 * Sentences of what became of a training; none where the map says nothing yet.
 *
 * @param {Coming | null} coming
 * @param {number | null} pixel
 * @param {number} steps
 * @returns {string[]}
 */
export function trainingTold(coming, pixel, steps) {
  if (coming === null || pixel === null) return [];
  const { fields, known } = coming.filling;
  if (known[pixel] === NOTHING || !fields.diverged) return [];
  const [loss, rate] = [fields.loss[pixel], fields.rate[pixel]];
  const of = { tail: Math.min(TAIL, steps), steps };
  const fate = fields.diverged[pixel] ? "fails" : "learns";
  // Where neighbours agree a pixel between them may be filled in.
  const about = (coming.answer?.computed ?? 0) < 1 ? "≈ " : "";
  return [
    Number.isFinite(loss)
      ? t(`trainability.told.${fate}`, { ...of, loss: about + quantity(loss, DIGITS) })
      : t("trainability.told.out"),
    ...(Number.isFinite(rate)
      ? [t(`trainability.told.${fate}.rate`, { rate: about + quantity(rate) })]
      : []),
  ];
}

/** @param {HTMLElement} results */
export function createChosenNetwork(results) {
  const section = h("section", { class: "chosen card", id: "chosen-network", hidden: true });
  results.append(section);
  return {
    section,
    /** @param {{ numbers: string, told: readonly string[] }} props */
    show({ numbers, told }) {
      render(
        html`<div class="chosen-words"><h2>${t("trainability.chosen")}</h2>
          <p class="chosen-numbers">${numbers}</p>
          ${told.length > 0 ? told.map((one, at) => html`<p class=${at > 0 ? "hint" : ""}>${one}</p>`) : nothing}</div>`,
        section,
      );
    },
  };
}
