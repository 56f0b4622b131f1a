// One activation: its picture over its derivative's on the same z, what they are there, and why.

import { h, math } from "../core/dom.js";
import { control } from "../forms/parameter.js";
import { coordinate, quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { createCardPicture } from "./card_picture.js";
import { indexOf, REACH } from "./requests.js";

/** Whole z are enough to hear the course of a curve. */
const HEARD = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH);

/**
 * @typedef {import("./activations.js").Activation} Activation
 * @typedef {import("./requests.js").Values} Values
 * @typedef {import("../shell/fields.js").Appearance} Appearance
 */

/** @typedef {{ values: Values | null, index: number, number: number | undefined,
 *   language: Appearance["language"], large: boolean }} CardProps */

/**
 * @typedef {object} CardEvents
 * @property {(z: number) => void} choose
 * @property {(z: number | null) => void} point
 * @property {(name: string, value: number) => void} number
 * @property {(name: string) => void} reset
 */

// An equation in a sentence stays on one line.
/** @param {string} sentence */
const unbroken = (sentence) => sentence.replace(/ = /g, "\u00a0=\u00a0");

/** @param {Activation} entry @param {Values} values */
const table = ({ title }, { value, derivative }) => html`
  <div class="for-screen-readers"><table>
    <caption>${t("functions.table", { name: localize(title) })}</caption>
    <thead><tr><th scope="col">z</th><th scope="col">φ</th><th scope="col">φ′</th></tr></thead>
    <tbody>
      ${HEARD.map((z) => {
        const at = indexOf(z);
        return html`<tr><th scope="row">${coordinate(z)}</th>
          <td>${quantity(value[at], 4)}</td><td>${quantity(derivative[at], 4)}</td></tr>`;
      })}
    </tbody>
  </table></div>`;

/** @param {Activation} entry @param {CardEvents} on */
export function createCard(entry, on) {
  const picture = createCardPicture(on);
  const element = h("article", {
    class: "card activation",
    dataset: { activation: entry.id },
  });
  const [parameter] = Object.entries(entry.parameters.properties);

  /** @param {"value" | "derivative"} name @param {CardProps} props */
  const output = (name, { values, index }) =>
    html`<output class=${name} data-of=${name} aria-live="off"
      >${values === null ? nothing : quantity(values[name][index], 4)}</output>`;

  /** @param {CardProps["number"]} number */
  function numberControl(number) {
    if (!parameter) return nothing;
    const [name, schema] = /** @type {[string, any]} */ (parameter);
    const key = `${entry.id}.${name}`;
    return control({
      name,
      group: entry.id,
      schema,
      value: number ?? schema.default,
      touched: number !== undefined,
      onInput: (value) => on.number(key, value),
      onReset: () => on.reset(key),
    });
  }

  // What does not follow z.
  const head = () => html`
    <div class="activation-head">
      <h2 title=${localize(entry.summary)}>${localize(entry.title)}</h2>
      ${
        entry.in_lecture
          ? nothing
          : html`<span class="later" title=${t("functions.later.long")}>${t("functions.later")}</span>`
      }
      <span class="range" title=${t("functions.range")}>∈ ${math(entry.range_mathml)}</span>
    </div>`;

  const words = () => html`
    <div class="equations">
      <div class="equation value">${math(entry.formula_mathml)}</div>
      <div class="equation derivative">${math(entry.derivative_mathml)}</div>
    </div>
    <p class="at-zero"><b>${t("functions.at_zero")}</b> ${unbroken(localize(entry.at_zero))}</p>
    <p class="about">${localize(entry.summary)}</p>`;

  return {
    element,
    /** @param {CardProps} props */
    show(props) {
      const { values, index, number, language, large } = props;
      element.setAttribute("aria-label", localize(entry.title));
      render(
        html`${guard([language], head)}
          <div class="readout">
            <span class="value">φ = ${output("value", props)}</span>
            <span class="derivative">φ′ = ${output("derivative", props)}</span>
          </div>
          ${picture.element}
          ${guard([language], words)}
          ${numberControl(number)}
          ${values === null ? nothing : guard([language, values], () => table(entry, values))}`,
        element,
      );
      picture.show(values, index, large);
    },
  };
}
