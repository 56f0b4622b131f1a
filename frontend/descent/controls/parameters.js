// The sliders of a surface; those that only make synthetic points are folded.

import { group } from "../../forms/group.js";
import { control } from "../../forms/parameter.js";
import { applies } from "../../forms/schema.js";
import { integer, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { isMeasured, rangeOf } from "../state.js";
import { replaced } from "./fields.js";

/** @typedef {import("./types.js").State} State */

/** What synthetic points are made by, which one's own do without. */
const SYNTHETIC = ["size", "noise", "outliers", "data_seed"];

/** The numbers as somebody chose them, which the server may still be measuring.
 * @param {State} state @returns {Record<string, any>} */
function chosen({ typed, surface, points, parameters }) {
  const isHeld = typed && typed.surface === surface && typed.points === points;
  return (isHeld && typed.change.parameters) || parameters;
}

/**
 * The control of one number of a surface, for any place that shows it.
 *
 * @param {import("./types.js").Tools} tools
 */
export function createParameter({ catalog, store, pace, actions }) {
  /** @param {string} name @param {unknown} value */
  function put(name, value) {
    const parameters = (/** @type {State} */ state) => replaced(chosen(state), name, value);
    // What changes the units that the start is in has to be measured before it is shown.
    const isOther = name === "standardise" || isMeasured(store.get());
    if (isOther) actions.bring({ parameters: parameters(store.get()) });
    else pace.change(`surface.${name}`, (state) => ({ parameters: parameters(state) }));
  }

  /** @param {State} state @param {any} surface @param {string} name @param {object} [more] */
  function parameter(state, surface, name, more) {
    const { properties } = surface.parameters;
    const numbers = chosen(state);
    const schema = properties[name];
    return control({
      name,
      schema,
      value: numbers[name] ?? schema.default,
      touched: name in numbers,
      range: rangeOf(catalog, state, name),
      identity: `${state.surface} ${name}`,
      // What does nothing under the choices made is not shown.
      hidden: !applies(schema, (other) => numbers[other] ?? properties[other].default),
      onInput: (value) => put(name, value),
      onReset: () => put(name, undefined),
      ...more,
    });
  }

  return { put, parameter };
}

/** @param {import("./types.js").Tools} tools */
export function createParameters(tools) {
  const { put, parameter } = createParameter(tools);

  /** @param {number | undefined} best @param {number} value */
  const bestBias = (best, value) =>
    html`<button type="button" class="text-button" id="best-bias" ?hidden=${best === undefined || best === value}
      @click=${() => put("bias", best)}>${best === undefined ? nothing : t("units.bias", { value: quantity(best, 5) })}</button>`;

  /** @param {State} state @param {any} surface @param {(name: string) => string | null} told */
  return (state, surface, told) => {
    const { properties } = surface.parameters;
    const numbers = chosen(state);
    /** @param {string} name */
    const valueFor = (name) => numbers[name] ?? properties[name].default;
    /** @param {string} name */
    const one = (name) => parameter(state, surface, name, { error: told(name) });
    const names = Object.keys(properties);
    const made = surface.points ? names.filter((name) => SYNTHETIC.includes(name)) : [];
    const best = isMeasured(state) ? surface.suggested?.bias : undefined;
    return html`${names.filter((name) => !made.includes(name)).map(one)}
      ${"bias" in properties ? bestBias(best, valueFor("bias")) : nothing}
      ${
        made.length > 0 && state.points === null
          ? group({
              name: "points.made",
              title: t("points.made"),
              value: integer(valueFor("size")),
              content: made.map(one),
            })
          : nothing
      }`;
  };
}
