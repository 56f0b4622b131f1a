// What a scene asks about while the measured bars are hidden: the networks themselves, layer by layer.

import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { nameOf } from "./difference.js";
import { knobsOf } from "./knobs.js";
import { settingsOf } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Letter} Letter
 */

/**
 * @param {HTMLElement} section
 * @param {import("./knobs.js").Catalog} catalog
 * @param {(state: Readonly<State>) => boolean} isShown
 * @returns {import("../core/panels.js").Panel<{ state: Readonly<State> }, any>}
 */
export function createScheme(section, catalog, isShown) {
  /** @param {Pick<State, "a" | "b" | "shared" | "view">} state @param {Letter} letter */
  function network(state, letter) {
    const depth = Number(knobsOf(catalog, state, letter).find(({ key }) => key === "depth")?.value);
    return html`<figure class="scheme of-${letter}" data-layers=${depth}>
      <figcaption>
        ${state.b === null ? nothing : html`<span class="letter">${letter}</span>`}
        ${nameOf(catalog, state, letter)}
      </figcaption>
      <div class="scheme-layers" aria-hidden="true">
        <i>x</i><span>→</span>
        ${Array.from({ length: depth }, () => html`<b></b>`)}
        <span>→</span><i>L</i>
      </div>
      <p class="scheme-numbers" aria-hidden="true">
        <span>${t("signal.layer").toLowerCase()} 1</span><span>${depth}</span>
      </p>
    </figure>`;
  }

  return {
    select({ state }) {
      const { a, b, shared, view, language } = state;
      return isShown(state) ? { a, b, shared, view, language } : null;
    },
    show(state) {
      section.hidden = false;
      const letters = settingsOf(state);
      render(
        html`${letters.map((letter) => network(state, letter))}
          <p>${t("scene.waiting")}</p>`,
        section,
      );
    },
    hide() {
      section.hidden = true;
    },
  };
}
