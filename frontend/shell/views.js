// The views of a page, one of which is shown: buttons in its header.

import { html } from "../vendor/lit-html/lit-html.js";

/**
 * @param {object} options
 * @param {string} options.label What they are, read aloud.
 * @param {{ id: string, title: string }[]} options.views
 * @param {string} options.current
 * @param {(id: string) => void} options.choose
 */
export const views = ({ label, views, current, choose }) => html`
  <div class="segmented views" role="group" aria-label=${label}>
    ${views.map(
      ({ id, title }) => html`<button
        type="button"
        id=${`view-${id}`}
        aria-pressed=${String(id === current)}
        @click=${() => choose(id)}
      >${title}</button>`,
    )}
  </div>`;
