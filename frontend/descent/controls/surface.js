// The chosen surface: which it is, its sliders, the field of a formula or the reader's own points,
// and what there is to say of it.

import { group } from "../../forms/group.js";
import { formula } from "../../forms/signs.js";
import { quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";
import { FORMULA, surfaceOf } from "../state.js";
import { OF_SURFACE, part } from "./fields.js";
import { createFormula } from "./formula.js";
import { createParameters } from "./parameters.js";
import { createPicker } from "./picker.js";
import { createPoints } from "./points.js";
import { placeOf, refusalOf } from "./refusals.js";

/** Pixels of height from which on formulas are shown before anybody asks for them: that of a surface
 *  stands above the rates, which come first. */
const TALL = { rule: 700, surface: 800 };
/** @param {"rule" | "surface"} formula */
export const isTall = (formula) => innerHeight >= TALL[formula];

/** @param {any} reference */
export const sourceOf = ({ citation, url }) =>
  url ? html`<a href=${url} target="_blank" rel="noreferrer">${citation}</a>` : citation;

/** What is said of the units of the points; nothing where they are as they were given and usual.
 * @param {any} standardised @param {string} chosen */
function unitsOf(standardised, chosen) {
  if (!standardised || (!standardised.on && chosen !== "off")) return "";
  const number =
    standardised.condition_number === null ? "∞" : quantity(standardised.condition_number);
  const reason = t(!standardised.on ? "units.off" : chosen === "auto" ? "units.auto" : "units.on", {
    number,
  });
  return standardised.on ? `${reason} ${t("units.scaled")}` : reason;
}

/**
 * @param {HTMLElement} section
 * @param {import("./types.js").Tools} tools
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>}
 */
export function createSurfaceCard(section, tools) {
  const { catalog } = tools;
  const parameters = createParameters(tools);
  const picker = createPicker(tools);
  const formulaField = createFormula(tools);
  const points = createPoints(tools);
  const fields = part([...OF_SURFACE, "typed", "language"]);

  /** @param {any} surface @param {any} state */
  function units(surface, state) {
    const { standardise } = surface.parameters.properties;
    const text = unitsOf(
      surface.standardised,
      state.parameters.standardise ?? standardise?.default,
    );
    return html`<p class="hint" id="units" ?hidden=${text === ""}>${text}</p>`;
  }

  return {
    select: ({ state, answers }) => ({
      state: fields(state),
      // As the last picture's answer wrote it, for the choices made.
      rule: answers.grid?.value?.surface === state.surface ? answers.grid.value.rule : null,
      refusal: refusalOf(answers),
    }),
    show({ state, rule, refusal }) {
      const surface = surfaceOf(catalog, state);
      const wrong = placeOf(catalog, state, refusal)?.name ?? null;
      const told = (/** @type {string} */ name) => (wrong === name ? refusal.msg : null);
      const markup =
        state.surface === FORMULA ? surface.formula_mathml : (rule ?? surface.formula_mathml);
      const parts = html`
        <h2 class="for-screen-readers">${t("header.surface")}</h2>
        ${picker(state.surface)}
        ${state.surface === FORMULA ? formulaField(state.formula, wrong === "formula" ? refusal : null) : nothing}
        ${parameters(state, surface, told)}
        ${surface.points ? units(surface, state) : nothing}
        ${surface.points ? points(state, surface, wrong === "points" ? refusal : null) : nothing}
        ${
          markup
            ? group({
                name: "surface.formula",
                title: t("surface.rule"),
                isOpen: isTall("surface"),
                content: html`<div class="formula" tabindex="0" role="group" aria-label=${t("surface.formula")}>${formula(markup)}</div>`,
              })
            : nothing
        }
        ${group({
          name: "surface.about",
          title: t("surface.about"),
          content: html`<p class="summary">${localize(surface.summary)}</p>
            ${surface.reference?.citation ? html`<p class="source">${t("source")}: ${sourceOf(surface.reference)}</p>` : nothing}`,
        })}`;
      render(parts, section);
    },
  };
}
