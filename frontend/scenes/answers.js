// What can be predicted, as controls: choices, a place on the picture, or a number.

import { numberField } from "../forms/number.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { isCounted, middleOf } from "./verdict.js";

/**
 * @typedef {import("./types.js").Predictable} Predictable
 * @typedef {import("./types.js").Place} Place
 * @typedef {import("./phases.js").Prediction} Prediction
 *
 * @typedef {object} Asking
 * @property {Predictable} answers
 * @property {Prediction} answer
 * @property {boolean} isOpen Whether it can still be changed.
 * @property {boolean} isTold Whether the right one may be seen.
 * @property {string} identity
 * @property {(answer: Prediction) => void} predict
 * @property {(event: KeyboardEvent) => void} moveCross
 * @property {(place: Place) => string} placeText
 */

/** @param {Extract<Predictable, { kind: "choices" }>} answers @param {Asking} asking */
const choices = ({ options, right }, { answer, isOpen, isTold, predict }) => html`
  <div class="scene-options" role="group" aria-labelledby="scene-question">
    ${options.map((option, index) => {
      const isChosen = index === answer;
      const mark = !isTold ? "" : index === right ? "right" : isChosen ? "wrong" : "";
      return html`<button type="button" class="scene-option" data-option=${index} data-mark=${mark}
        aria-pressed=${String(isChosen)} aria-disabled=${isOpen ? nothing : "true"}
        @click=${isOpen ? () => predict(index) : null}>
        <kbd aria-hidden="true">${index + 1}</kbd><span>${localize(option)}</span>
        ${mark ? html`<span class="scene-mark">${t(`scene.mark.${mark}`)}</span>` : nothing}
      </button>`;
    })}
  </div>`;

/** @param {Asking} asking */
const tap = ({ answer, isOpen, moveCross, placeText }) => html`
  <button ?hidden=${!isOpen && !Array.isArray(answer)} type="button" id="scene-cross" class="scene-cross" aria-describedby="scene-cross-help"
    aria-disabled=${isOpen ? nothing : "true"} @keydown=${moveCross}>
    <span class="scene-cross-sign" aria-hidden="true">✕</span>
    <span>${
      Array.isArray(answer) ? t("scene.tapped", { place: placeText(answer) }) : t("scene.tap")
    }</span>
  </button>
  <p class="hint" id="scene-cross-help" ?hidden=${!isOpen}>${t("scene.tap_help")}</p>`;

/** @param {Extract<Predictable, { kind: "number" }>} answers @param {Asking} asking */
function number(answers, { answer, isOpen, identity, predict }) {
  const unit = answers.unit ? localize(answers.unit) : "";
  const given = typeof answer === "number" ? answer : null;
  if (!isOpen) {
    return given === null
      ? nothing
      : html`<p class="scene-number">${t("scene.your_number")} <b>${quantity(given, 4)}</b> ${unit}</p>`;
  }
  const middle = middleOf(answers);
  return html`<div class="scene-number">${numberField({
    id: "scene-number",
    parameter: "prediction",
    title: unit || t("scene.your_number"),
    schema: {
      type: isCounted(answers) ? "integer" : "number",
      minimum: answers.low,
      maximum: answers.high,
      scale: answers.scale,
      titles: { en: "", ru: "" },
    },
    value: given ?? middle,
    touched: false,
    identity,
    onInput: predict,
    onReset: () => predict(middle),
  })}
    <button type="button" class="text-button" id="scene-take" ?hidden=${given !== null}
      @click=${() => predict(middle)}>${t("scene.take", { value: middle })}</button>
  </div>`;
}

/** @param {Asking} asking */
export function predictions(asking) {
  const { answers } = asking;
  if (answers.kind === "choices") return choices(answers, asking);
  return answers.kind === "tap" ? tap(asking) : number(answers, asking);
}
