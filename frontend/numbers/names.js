// What the numbers on the axes are called.

import { localize, t } from "../i18n/i18n.js";
import { AXES } from "./networks.js";
import { NOISE, numbersOf, OF_PENALTIES, THRESHOLD } from "./numbers.js";
import { axesOf } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 */

/** Whose titles are formulas with their letter in them. */
const WRITTEN = ["l2", "l1"].map((name) => OF_PENALTIES + name);

/** A name of the server's as a key of a text: dots are the keys' own. @param {string} name */
const keyOf = (name) => name.replaceAll(".", "_");

/** @param {string} name */
export const networkNumber = (name) => t(`trainability.axis.${keyOf(name)}`);

/** @param {import("./numbers.js").Mapped} number */
export function titleOf({ name, schema }) {
  // Away from its clipping a threshold says what it is of.
  const title = name === THRESHOLD ? t("maps.axis.threshold") : localize(schema.titles);
  return name === NOISE || WRITTEN.includes(name) || !schema.symbol_text
    ? title
    : `${title} ${schema.symbol_text}`;
}

/**
 * Both axes' titles and symbols.
 *
 * @param {Catalog} catalog
 * @param {Readonly<State>} state
 * @returns {{ x: import("./frame.js").Named, y: import("./frame.js").Named }}
 */
export function namesOf(catalog, state) {
  const { x, y } = axesOf(catalog, state);
  const numbers = state.view === "stability" ? numbersOf(catalog, state) : [];
  /** @param {string} name */
  function named(name) {
    if (state.view === "trainability") {
      const { symbol } = AXES[name];
      return { title: `${networkNumber(name)} ${symbol}`, symbol };
    }
    const number = /** @type {import("./numbers.js").Mapped} */ (
      numbers.find((one) => one.name === name)
    );
    return {
      title: titleOf(number),
      symbol: number.schema.symbol_text || localize(number.schema.titles),
    };
  }
  return { x: named(x.name), y: named(y.name) };
}
