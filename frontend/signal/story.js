// Above the picture: ready scenarios, why the chosen one is worth seeing, and what B changes.

import { localize, t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { differences } from "./difference.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./scenarios.js").Scenario} Scenario
 */

/**
 * @param {HTMLElement} section
 * @param {import("./knobs.js").Catalog} catalog
 * @param {ReturnType<typeof import("./scenarios.js").createScenarios>} scenarios
 * @param {(scenario: Scenario) => void} choose
 * @returns {import("../core/panels.js").Panel<{ state: Readonly<State> }, any>}
 */
export function createStory(section, catalog, scenarios, choose) {
  /** @param {Scenario} one @param {Scenario | null} chosen */
  const chip = (one, chosen) => html`
    <a href=${one.hash} class="chip" id="scenario-${one.scene.id}" data-scenario=${one.scene.id}
      aria-current=${one === chosen ? "true" : nothing} title=${localize(one.scene.why)}
      @click=${(/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose(one);
      }}>${localize(one.scene.title)}</a>`;

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
      return { a, b, shared, view, language, chosen: scenarios.current(state) };
    },
    show({ chosen, language: _, ...state }) {
      section.setAttribute("aria-label", t("signal.story"));
      section.dataset.scenario = chosen?.scene.id ?? "";
      render(
        html`
          <nav class="chips" aria-label=${t("signal.scenarios")}>
            ${scenarios.of(state.view).map((one) => chip(one, chosen))}
          </nav>
          <p class="why" ?hidden=${!chosen}>${localize(chosen?.scene.why)}</p>
          <div id="difference" class="difference" role="status" ?hidden=${state.b === null}>
            ${state.b === null ? nothing : difference(state)}
          </div>
        `,
        section,
      );
    },
  };
}
