// The field for a function of one's own, and the words that it may use.

import { formulaField } from "../../forms/formula.js";
import { group } from "../../forms/group.js";
import { localize, t } from "../../i18n/i18n.js";
import { formulaTold } from "../../runs/formula.js";
import { html } from "../../vendor/lit-html/lit-html.js";
import { FORMULA } from "../state.js";

const ARGUMENTS = ["x", "x, y", "x, −1, 1"];

/** All that a formula may say. @param {any} formulas */
function vocabulary({ functions, aliases, constants }) {
  const words = Object.entries(functions)
    .filter(([name]) => !(name in aliases))
    .map(
      ([name, { arguments: count }]) =>
        `${name}(${name === "where" ? "x>0, x, y" : ARGUMENTS[count - 1]})`,
    );
  const others = Object.entries(aliases)
    .filter(([name]) => name in functions)
    .map(([name, plain]) => `${name} = ${plain}`);
  return `x, y, ${constants.join(", ")}, + − * / ^, < <= > >= == !=, and, or, not, ${words.join(", ")}; ${others.join(", ")}`;
}

/** What a formula cannot call stands in other rules too: losses, activations. @param {any} formulas */
const corners = ({ corners: all, functions, no_curvature }) =>
  all
    .flatMap((/** @type {any} */ { functions: cornered, rule }) => {
      const known = cornered.filter(
        (/** @type {string} */ name) => name in functions || !/^\w+$/.test(name),
      );
      return known.length ? [`${known.join(", ")}: ${localize(rule)}.`] : [];
    })
    .concat(localize(no_curvature))
    .join(" ");

/** @param {import("./types.js").Tools} tools */
export function createFormula({ catalog, actions }) {
  const words = vocabulary(catalog.formulas);
  /** @param {string} text @param {import("./types.js").Refusal | null} refusal */
  return (text, refusal) =>
    formulaField({
      id: "formula",
      value: text,
      before: "f(x, y) =",
      label: t("formula.label"),
      maxlength: catalog.limits.formula,
      error: refusal,
      say: formulaTold,
      onInput: (formula) => actions.bring({ surface: FORMULA, formula }),
      below: group({
        name: "formula.words",
        kind: "words",
        title: t("formula.words"),
        content: html`<p>${words}</p><p>${t("formula.words.also")}</p>
          <p>${t("formula.corners")} ${corners(catalog.formulas)}</p>`,
      }),
    });
}
