// Why Jacobians are never stored: the numbers of one against those that backpropagation keeps.

import { h } from "../core/dom.js";
import { numberField } from "../forms/number.js";
import { bytes, integer, powerOfTen, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { BYTES, jacobianNumbers, keptNumbers, MOST } from "./layer_sizes.js";
import { defaultState } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */

/** Powers of ten along the axis, and every which of them has its number. */
const DECADES = 15;
const EVERY = 3;
/** Numbers up to here are written out. */
const WRITTEN_OUT = 1e6;

const SIDES = /** @type {const} */ ([
  ["n", "N", "functions.layer_rows"],
  ["m", "M", "functions.layer_inputs"],
  ["k", "K", "functions.layer_outputs"],
]);
const SCHEMA = /** @type {any} */ ({ type: "integer", minimum: 1, maximum: MOST, scale: "log" });

/** Where a number stands on the axis, as a part of its length. @param {number} value */
const along = (value) => Math.log10(value) / DECADES;

/** @param {number} value */
const count = (value) => (value < WRITTEN_OUT ? integer(value) : quantity(value, 4));

/** @param {string} name @param {string} formula @param {number} value */
const bar = (name, formula, value) => html`
  <div class="size" data-size=${name} data-numbers=${value}>
    <p class="size-head"><b>${t(`functions.${name}`)}</b>
      <span class="size-formula">${formula}</span>
      <span class="size-value">= <output aria-live="off">${count(value)}</output></span>
      <span class="size-value">${bytes(value * BYTES)}</span></p>
    <div class="log-track" aria-hidden="true">
      <div class="log-bar" style=${`width: ${100 * along(value)}%`}></div></div>
  </div>`;

/** How long a side is drawn, in em: sizes of layers are decades apart. @param {number} size */
const drawn = (size) => (1 + 0.07 * Math.log2(size) ** 2).toFixed(2);

/** @param {string} letter @param {number} rows @param {number} columns */
const matrix = (letter, rows, columns) => html`<figure>
  <b style=${`height: ${drawn(rows)}em; width: ${drawn(columns)}em`}>${letter}</b>
  <figcaption>${integer(rows)} × ${integer(columns)}</figcaption>
</figure>`;

/** What is asked about, while a scene hides what it costs. @param {{ n: number, m: number, k: number }} layer */
const product = ({ n, m, k }) => html`<div class="layer-product">
  ${matrix("X", n, m)}<span>·</span>${matrix("W", m, k)}<span>=</span>${matrix("Y", n, k)}</div>`;

const axis = () => html`
  <div class="log-axis" aria-hidden="true">${Array.from(
    { length: DECADES / EVERY + 1 },
    (_, i) =>
      html`<span style=${`left: ${(100 * i * EVERY) / DECADES}%`}
        >${i === 0 ? integer(1) : powerOfTen(i * EVERY)}</span>`,
  )}</div>`;

/**
 * @param {HTMLElement} section
 * @param {{ store: import("../core/store.js").Store<State> }} options
 * @returns {import("../core/panels.js").Panel<Model, any>}
 */
export function createJacobians(section, { store }) {
  const fallback = defaultState();
  const card = h("div", { class: "card jacobians-card" });
  section.replaceChildren(card);

  /** @param {Readonly<State>} state */
  const side =
    (state) =>
    (/** @type {typeof SIDES[number]} */ [name, letter, title]) =>
      numberField({
        id: `layer-${name}`,
        parameter: name,
        title: `${letter}, ${t(title)}`,
        schema: SCHEMA,
        value: state[name],
        touched: state[name] !== fallback[name],
        onInput: (value) => store.update({ [name]: value }),
        onReset: () => store.update({ [name]: fallback[name] }),
      });

  return {
    select: ({ state: { n, m, k, language } }) => ({ n, m, k, language }),
    show({ n, m, k }) {
      section.setAttribute("aria-label", t("functions.jacobians"));
      const layer = { n, m, k };
      const times = jacobianNumbers(layer) / keptNumbers(layer);
      render(
        html`<h2>${t("functions.layer")}</h2>
          <div class="layer-sides">${SIDES.map(side(store.get()))}</div>
          ${product(layer)}
          <div class="sizes" role="group" aria-label=${t("functions.numbers")}>
            ${bar("jacobian", "N · K × N · M = N² · M · K", jacobianNumbers(layer))}
            ${bar("kept", "N · M + N · K", keptNumbers(layer))}
            ${axis()}
            <p class="hint">${t("functions.log_axis")}</p>
          </div>
          <p class="size-times">${t("functions.times", { times: count(Math.round(times)) })}</p>
          <p class="products">X̄ = Ȳ · Wᵀ &nbsp; W̄ = Xᵀ · Ȳ
            <span class="hint">${t("functions.products")}</span></p>`,
        card,
      );
    },
  };
}
