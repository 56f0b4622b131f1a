// A foldable group. What is open is remembered for as long as the tab is, on whichever page.

import { keep, kept } from "../core/keeping.js";
import { ifDefined } from "../vendor/lit-html/directives/if-defined.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

const PLACE = "folds";

/** @type {Record<string, boolean> | null} */
let folds = null;

function known() {
  if (folds) return folds;
  try {
    folds = { ...JSON.parse(kept(PLACE) ?? "{}") };
  } catch {
    folds = {};
  }
  return /** @type {Record<string, boolean>} */ (folds);
}

/** @param {string} name @param {boolean} isOpen */
function remember(name, isOpen) {
  known()[name] = isOpen;
  keep(PLACE, JSON.stringify(known()));
}

/**
 * @param {object} props
 * @param {string} props.name Under which it is remembered, and `data-part`.
 * @param {string} props.title
 * @param {string | null} [props.value] What is set in it, in a word or two.
 * @param {boolean} [props.isOpen] Before anybody has opened or closed it.
 * @param {string} [props.kind] A class.
 * @param {unknown} props.content
 */
export function group({ name, title, value, isOpen = false, kind, content }) {
  const is = known()[name] ?? isOpen;
  return html`<details class=${`group ${kind ?? ""}`.trim()} data-part=${ifDefined(name)} .open=${is}
    @toggle=${(/** @type {Event} */ { target }) => {
      const { open } = /** @type {HTMLDetailsElement} */ (target);
      // What opened by itself, with a value, is not yet anybody's wish.
      if (open !== (known()[name] ?? isOpen)) remember(name, open);
    }}>
    <summary><span>${title}</span><span class="training-value">${value ?? nothing}</span></summary>
    <div class="group-content">${content}</div>
  </details>`;
}
