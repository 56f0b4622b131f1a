// The next step of the selected run as a formula: the rule in letters, the same in numbers, and its
// parts, each in the colour of its arrow.

import { s } from "../../charts/chart.js";
import { partSign } from "../../charts/legend.js";
import { swatch } from "../../charts/swatch.js";
import { formula } from "../../forms/signs.js";
import { quantity } from "../../i18n/format.js";
import { currentLanguage, t } from "../../i18n/i18n.js";
import { icon } from "../../shell/icons.js";
import { guard } from "../../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";
import { shownOf } from "./assembly.js";
import { filled, numberOf } from "./numbers.js";

/**
 * @typedef {import("./types.js").Taken} Taken
 * @typedef {import("./types.js").Part} Part
 * @typedef {import("../../charts/roles.js").PartRole} PartRole
 *
 * @typedef {object} Props
 * @property {Taken | null} taken
 * @property {string} hint Why there is none.
 * @property {number} number Of the step.
 * @property {"selected" | "all"} anatomy
 * @property {number | null} pieces
 * @property {PartRole | null} lit
 * @property {boolean} isCurrent
 * @property {import("../../charts/palette.js").Theme} theme
 * @property {string | null} language
 */

/** @param {EventTarget | null} target @returns {PartRole | null} */
const roleOf = (target) => {
  const marked = target instanceof Element ? target.closest("[data-role]") : null;
  return /** @type {PartRole | null} */ (marked?.getAttribute("data-role") || null);
};

/**
 * @param {HTMLElement} section
 * @param {import("../../core/store.js").Store<import("../types.js").State>} store
 */
export function createAnatomyPanel(section, store) {
  /** @param {PartRole | null} lit */
  const light = (lit) => {
    if (store.get().lit !== lit) store.update({ lit });
  };
  section.addEventListener("pointerover", ({ target }) => light(roleOf(target)));
  section.addEventListener("pointerleave", () => light(null));
  section.addEventListener("focusin", ({ target }) => light(roleOf(target)));
  section.addEventListener("focusout", () => light(null));

  /** @param {PartRole} role */
  const sign = (role) =>
    s(
      "svg",
      { viewBox: "0 0 20 12", width: 20, height: 12, "aria-hidden": "true" },
      ...[partSign(role)].flat(),
    );

  /** @param {[number, number]} value */
  function column(value) {
    const element = document.createElementNS("http://www.w3.org/1998/Math/MathML", "math");
    element.append(numberOf(value));
    return element;
  }

  /** @param {string} line @param {Taken["step"]} step */
  const rule = (line, step) =>
    html`<div class="anatomy-line"><div class="in-letters">${formula(line)}</div>
      <div class="in-numbers">${guard([line, step, currentLanguage()], () => filled(line, step.values))}</div></div>`;

  /** @param {Part} part @param {number} index @param {Taken["step"]} step */
  const row = ({ role, formula: text, value }, index, step) => {
    const key = [role, step, currentLanguage()];
    return html`<li><button type="button" class="part" data-role=${role} data-part=${index}
        title=${t(`anatomy.${role}.help`)}>
      ${guard([role], () => sign(role))}
      <span class="part-name">${t(`anatomy.${role}`)}</span>
      <span class="part-numbers">${text ? formula(text) : nothing}${text ? html`<span class="equals">=</span>` : nothing}${guard(key, () => column(value))}</span>
    </button></li>`;
  };

  /** @param {Props} props */
  const head = ({ taken, number, anatomy, theme }) => html`<div class="card-head">
    <h2>${
      taken
        ? html`${guard([taken.run, theme], () => swatch(taken.run.style, { compact: true }))}
          ${t("anatomy.title", { name: taken.run.name, step: number })}`
        : t("anatomy.button")
    }</h2>
    <button type="button" id="anatomy-all" class="text-button" aria-pressed=${String(anatomy === "all")}
      title=${t("anatomy.all.help")}
      @click=${() => store.update({ anatomy: anatomy === "all" ? "selected" : "all" })}>${t("anatomy.all")}</button>
    <button type="button" id="anatomy-close" class="icon-button small" title=${t("anatomy.close")}
      aria-label=${t("anatomy.close")} @click=${() => store.update({ anatomy: null, pieces: null, lit: null })}>${icon("close")}</button>
  </div>`;

  /** @param {Taken} taken @param {Props} props */
  function body({ step, parts }, { pieces }) {
    const shown = shownOf(parts, pieces);
    const isWhole = shown === parts.length;
    return html`<div class="anatomy-rule" tabindex="0" role="group" aria-label=${t("editor.rule")}>
        ${step.lines.map((line) => rule(line, step))}</div>
      <ul class="parts">${parts.slice(0, shown).map((part, i) => row(part, i, step))}</ul>
      <p class="hint">${t(isWhole ? "anatomy.whole" : "anatomy.next", { rest: quantity(parts.length - shown) })}</p>`;
  }

  return {
    /** @param {Props} props */
    show(props) {
      const { taken, hint, lit, isCurrent, number } = props;
      section.hidden = false;
      section.classList.toggle("earlier", !isCurrent);
      section.dataset.lit = lit ?? "";
      if (taken && isCurrent) section.dataset.step = String(number);
      else delete section.dataset.step;
      render(
        html`${head(props)}${taken ? body(taken, props) : html`<p class="hint">${hint}</p>`}`,
        section,
      );
    },
    hide() {
      section.hidden = true;
      delete section.dataset.step;
    },
  };
}
