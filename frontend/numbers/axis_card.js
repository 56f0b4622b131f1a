// Which two numbers are mapped, and from where to where.

import { list } from "../forms/choice.js";
import { numberInput } from "../forms/number.js";
import { t } from "../i18n/i18n.js";
import { html } from "../vendor/lit-html/lit-html.js";
import { axisOf, SCALES, spaced } from "./axes.js";
import { networkNumber, titleOf } from "./names.js";
import { AXES, networkAxis } from "./networks.js";
import { numberIn, numbersOf } from "./numbers.js";
import { axesOf, axisBounds, seenFrom } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Way} Way
 */

const NAME = { en: "", ru: "" };
const WAYS = /** @type {const} */ (["x", "y"]);
/** Digits of an axis's ends: so many as a wide range needs; of a narrow one those that tell its ends apart,
 * and two more. */
const DIGITS = 4;

/** @param {import("./axes.js").Axis} axis */
const digitsOf = ({ from, to }) =>
  Math.max(DIGITS, Math.ceil(Math.log10(Math.max(Math.abs(from), Math.abs(to)) / (to - from))) + 3);

/**
 * @param {object} tools
 * @param {import("./state.js").Catalog} tools.catalog
 * @param {import("../core/store.js").Store<State>} tools.store
 */
export function createAxisCard({ catalog, store }) {
  /** Numbers to choose from, with their titles. @param {State} state */
  const choices = (state) =>
    state.view === "trainability"
      ? Object.keys(AXES).map((value) => ({ value, title: networkNumber(value) }))
      : numbersOf(catalog, state).map((number) => ({ value: number.name, title: titleOf(number) }));

  /** The axis of a number as nobody has changed it. @param {State} state @param {string} name */
  function fresh(state, name) {
    if (state.view === "trainability") return networkAxis(name);
    const number = /** @type {import("./numbers.js").Mapped} */ (
      numbersOf(catalog, state).find((one) => one.name === name)
    );
    return axisOf(number, numberIn(catalog, state, number));
  }

  /** @param {Way} way @param {string} name */
  const choose = (way, name) =>
    store.update((state) => {
      const axes = axesOf(catalog, state);
      const other = way === "x" ? "y" : "x";
      // What stands on the other axis changes places with it.
      if (axes[other].name === name) {
        return seenFrom(state, { [way]: axes[other], [other]: axes[way] });
      }
      return seenFrom(state, { [way]: fresh(state, name), [other]: axes[other] });
    });

  /** @param {Way} way @param {Partial<import("./axes.js").Axis>} change */
  const put = (way, change) =>
    store.update((state) =>
      seenFrom(state, { [way]: { ...axesOf(catalog, state)[way], ...change } }),
    );

  /** @param {State} state @param {Way} way */
  function one(state, way) {
    const axis = axesOf(catalog, state)[way];
    const [least, most] = axisBounds(catalog, state)[way];
    /** @param {"from" | "to"} end */
    const field = (end) =>
      numberInput({
        id: `axis-${way}-${end}`,
        label: t(`maps.axis.${end}`, { axis: way }),
        schema: {
          titles: NAME,
          ...(end === "from" ? { minimum: least } : { maximum: most }),
          ...(end === "from" ? { exclusiveMaximum: axis.to } : { exclusiveMinimum: axis.from }),
          ...(end === "from" && axis.scale === "log" ? { minimum: Math.max(least, 1e-20) } : {}),
        },
        value: axis[end],
        digits: digitsOf(axis),
        identity: `${state.view} ${axis.name}`,
        onInput: (value) => put(way, { [end]: value }),
      });
    return html`<div class="axis-of" data-axis=${way}>
      <label for=${`axis-${way}`}>${t(`maps.axis.${way}`)}</label>
      ${list({
        id: `axis-${way}`,
        value: axis.name,
        options: choices(state),
        onInput: (name) => choose(way, name),
      })}
      <div class="axis-range">${field("from")}<span aria-hidden="true">…</span>${field("to")}
        <div class="segmented" role="group" aria-label=${t("maps.scale")}>
          ${SCALES.map(
            (scale) => html`<button type="button" id=${`axis-${way}-${scale}`}
              aria-pressed=${String(axis.scale === scale)}
              @click=${() => put(way, spaced(axis, scale))}>${t(`maps.scale.${scale}`)}</button>`,
          )}
        </div>
      </div>
    </div>`;
  }

  return (/** @type {State} */ state) => html`<section class="card axes-card">
    <h2>${t("maps.axes")}</h2>${WAYS.map((way) => one(state, way))}
  </section>`;
}
