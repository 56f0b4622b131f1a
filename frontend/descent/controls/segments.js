// Two or three words side by side, of which one holds.

import { ifDefined } from "../../vendor/lit-html/directives/if-defined.js";
import { html, render } from "../../vendor/lit-html/lit-html.js";

/**
 * Segments over a part of the page, as a panel.
 *
 * @template {string} W
 * @param {HTMLElement} place
 * @param {object} options
 * @param {string} options.field Of the state.
 * @param {readonly W[]} options.words
 * @param {() => string} options.label
 * @param {(word: W) => { title: string, hint?: string }} options.say
 * @param {import("../../core/store.js").Store<any>} options.store
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>}
 */
export function createSegments(place, { field, words, label, say, store }) {
  const section = document.createElement("div");
  section.className = `${field} segmented`;
  section.setAttribute("role", "group");
  // A click on what lies under it would go to a step.
  section.addEventListener("click", (event) => event.stopPropagation());
  place.append(section);
  return {
    select: ({ state }) => ({ chosen: Reflect.get(state, field), language: state.language }),
    show({ chosen }) {
      section.setAttribute("aria-label", label());
      const buttons = words.map((word) => {
        const { title, hint } = say(word);
        return html`<button type="button" id=${`${field}-${word}`} aria-pressed=${String(word === chosen)}
          title=${ifDefined(hint)} @click=${() => store.update({ [field]: word })}>${title}</button>`;
      });
      render(html`${buttons}`, section);
    },
  };
}
