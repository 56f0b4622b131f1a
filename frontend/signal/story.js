// Above the picture: ready scenarios, why the chosen one is worth seeing, and what B changes.

import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { differences } from "./difference.js";
import { hashOf, idsOf } from "./scenarios.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {ReturnType<typeof idsOf>[number]} Id
 */

/**
 * @param {HTMLElement} section
 * @param {import("./knobs.js").Catalog} catalog
 * @param {(state: Readonly<State>) => Id | null} current Which scenario the state is.
 * @param {(id: Id) => void} choose
 * @returns {import("../core/panels.js").Panel<{ state: Readonly<State> }, any>}
 */
export function createStory(section, catalog, current, choose) {
  /** @param {Id} id @param {Id | null} chosen */
  const chip = (id, chosen) => html`
    <a href=${hashOf(id)} class="chip" id="scenario-${id}" data-scenario=${id}
      aria-current=${id === chosen ? "true" : nothing} title=${t(`signal.scenario.${id}.why`)}
      @click=${(/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose(id);
      }}>${t(`signal.scenario.${id}`)}</a>`;

  // «B differs from A: activation sigmoid → ReLU».
  /** @param {Pick<State, "a" | "b" | "shared" | "view">} state */
  function difference(state) {
    const found = differences(catalog, state);
    if (found.length === 0) return html`<p class="hint">${t("signal.same")}</p>`;
    return html`<span>${t("signal.differs")}</span>
      <ul>
        ${found.map(
          ({ key, title, a, b }) => html`<li data-knob=${key}>
            <span class="knob-title">${title}: </span><b class="of-A">${a}</b> → <b class="of-B">${b}</b>
          </li>`,
        )}
      </ul>`;
  }

  return {
    select: ({ state }) => {
      const { a, b, shared, view, language } = state;
      return { a, b, shared, view, language, chosen: current(state) };
    },
    show({ chosen, language: _, ...state }) {
      section.setAttribute("aria-label", t("signal.story"));
      section.dataset.scenario = chosen ?? "";
      render(
        html`
          <nav class="chips" aria-label=${t("signal.scenarios")}>
            ${idsOf(state.view).map((id) => chip(id, chosen))}
          </nav>
          <p class="why" ?hidden=${!chosen}>${chosen ? t(`signal.scenario.${chosen}.why`) : ""}</p>
          <div id="difference" class="difference" role="status" ?hidden=${state.b === null}>
            ${state.b === null ? nothing : difference(state)}
          </div>
        `,
        section,
      );
    },
  };
}
