// Icons and buttons of an icon, as templates.

import { SHAPES } from "../core/dom.js";
import { ifDefined } from "../vendor/lit-html/directives/if-defined.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @param {import("../core/dom.js").IconName} name */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${SHAPES[name]}></path></svg>`;

/**
 * @param {object} options
 * @param {import("../core/dom.js").IconName} options.name
 * @param {string} options.label What it does: its title and what is read aloud.
 * @param {(event: Event) => void} options.onclick
 * @param {string} [options.id]
 * @param {string} [options.kind] More classes.
 * @param {boolean} [options.pressed] Of a switch, whether it is on.
 * @param {boolean} [options.disabled] It stays in the tab order, so that it keeps the focus.
 */
export const iconButton = ({ name, label, onclick, id, kind = "", pressed, disabled = false }) =>
  html`<button
    type="button"
    id=${ifDefined(id)}
    class=${`icon-button ${kind}`}
    title=${label}
    aria-label=${label}
    aria-pressed=${ifDefined(pressed === undefined ? undefined : String(pressed))}
    aria-disabled=${disabled ? "true" : nothing}
    @click=${disabled ? null : onclick}
  >${icon(name)}</button>`;
