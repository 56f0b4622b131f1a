// What came of a prediction, in words.

import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { fitting, verdictOf } from "./verdict.js";

/**
 * @typedef {import("./types.js").Predictable} Predictable
 * @typedef {import("./types.js").Place} Place
 * @typedef {import("./phases.js").Prediction} Prediction
 */

/** @param {Predictable} answers @param {Prediction} prediction @param {(place: Place) => string} placeText */
function said(answers, prediction, placeText) {
  if (Array.isArray(prediction)) return placeText(prediction);
  if (answers.kind === "choices") return localize(answers.options[Number(prediction)]);
  return numberText(answers, Number(prediction));
}

/** @param {Predictable} answers @param {number} value */
function numberText(answers, value) {
  const unit = answers.kind === "number" && answers.unit ? ` ${localize(answers.unit)}` : "";
  return `${quantity(value, 4)}${unit}`;
}

/** What is so. @param {Predictable} answers @param {Place | null} end @param {(place: Place) => string} placeText */
function truth(answers, end, placeText) {
  if (answers.kind === "choices") return localize(answers.options[answers.right]);
  if (answers.kind === "number") return numberText(answers, answers.right);
  return end ? placeText(end) : null;
}

/**
 * @param {Predictable} answers
 * @param {Prediction} prediction
 * @param {Place | null} end
 * @param {(place: Place) => string} placeText
 * @returns {{ word: "right" | "wrong" | "none", lines: string[] }}
 */
export function resultOf(answers, prediction, end, placeText) {
  const { word, distance } = verdictOf(answers, prediction, end);
  const is = truth(answers, end, placeText);
  const lines = [];
  if (fitting(answers, prediction) !== null) {
    lines.push(t("scene.said", { answer: said(answers, prediction, placeText) }));
  }
  if (is !== null && !(word === "right" && answers.kind === "choices")) {
    lines.push(t("scene.truth", { answer: is }));
  }
  if (distance !== null) lines.push(t("scene.distance", { distance: quantity(distance, 3) }));
  return { word, lines };
}
