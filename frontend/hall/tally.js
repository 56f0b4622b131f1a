// What the hall has answered, drawn: bars for choices, a histogram for numbers; taps lie over the
// picture. What was answered the first time stays beside the second.

import { coordinate } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { median, shareOf, spread } from "./spread.js";

/**
 * @typedef {import("./session.js").Counts} Counts
 * @typedef {import("./session.js").Seen} Seen
 * @typedef {{ answers: any }} Question What may be answered is of three kinds.
 */

const BINS = 16;

const width = (/** @type {number} */ share) => `width: ${(100 * share).toFixed(1)}%`;

/**
 * @param {Question} question
 * @param {Counts} counts
 * @param {number | null} right
 */
function bars({ answers }, counts, right) {
  const { choices = [], count, before } = counts;
  return html`<ul class="hall-bars">
    ${choices.map((chosen, index) => {
      const share = count > 0 ? chosen / count : 0;
      const earlier =
        before?.choices && before.count > 0 ? before.choices[index] / before.count : null;
      const label = localize(answers.options[index]);
      return html`<li class=${right === index ? "right" : ""}>
        <span class="hall-option">${label}${right === index ? html` <b>✓</b>` : nothing}</span>
        <span class="hall-count">${t("hall.share", { count: chosen, share: Math.round(100 * share) })}</span>
        <span class="hall-bar" aria-hidden="true"><span style=${width(share)}></span>
          ${earlier === null ? nothing : html`<i style=${width(earlier)}></i>`}</span>
        ${earlier === null ? nothing : html`<small>${t("hall.before", { share: Math.round(100 * earlier) })}</small>`}
      </li>`;
    })}
  </ul>`;
}

/**
 * @param {Question} question
 * @param {Counts} counts
 * @param {number | null} right
 */
function histogram({ answers }, counts, right) {
  const { numbers = [], before } = counts;
  const now = spread(numbers, answers, BINS);
  const earlier = before?.numbers ? spread(before.numbers, answers, BINS) : null;
  const most = Math.max(1, ...now, ...(earlier ?? []));
  const height = (/** @type {number} */ one) => `height: ${((100 * one) / most).toFixed(1)}%`;
  const unit = localize(answers.unit);
  const said = (/** @type {number} */ value) => `${coordinate(value)} ${unit}`.trim();
  return html`<div class="hall-histogram" aria-hidden="true">
      ${now.map(
        (one, index) => html`<span class="hall-bin"><span style=${height(one)}></span>
          ${earlier ? html`<i style=${height(earlier[index])}></i>` : nothing}</span>`,
      )}
      ${right === null ? nothing : html`<b style=${`left: ${100 * shareOf(answers)(right)}%`}></b>`}
    </div>
    <p class="hall-ends" aria-hidden="true"><span>${said(answers.low)}</span><span>${said(answers.high)}</span></p>
    <p>${numbers.length > 0 ? t("hall.median", { number: said(median(numbers)) }) : nothing}
      ${right === null ? nothing : t("hall.came", { number: said(right) })}</p>`;
}

/**
 * @param {Seen} seen
 * @param {Counts} counts
 */
export function tally({ question, phase, result }, counts) {
  if (!question) return nothing;
  const came =
    phase === "shown" ? (result ?? /** @type {Question} */ (question).answers.right ?? null) : null;
  const { kind } = question.answers;
  if (kind === "choices") return bars(question, counts, /** @type {number | null} */ (came));
  if (kind === "number") return histogram(question, counts, /** @type {number | null} */ (came));
  return html`<p>${t("hall.over_the_picture")}</p>`;
}
