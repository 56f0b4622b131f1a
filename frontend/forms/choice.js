// A choice between words, and a yes or no.

import { ifDefined } from "../vendor/lit-html/directives/if-defined.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ value: string | number, title: string }} Option */
/** @typedef {{ label: string, options: Option[] }} OptionGroup */

/**
 * @typedef {object} ListProps
 * @property {string} [id]
 * @property {string} [kind] A class.
 * @property {string} [label] What it is called where no label stands beside it.
 * @property {string} [hint]
 * @property {string | number | null} value
 * @property {(Option | OptionGroup)[]} options
 * @property {boolean} [disabled]
 * @property {string} [control] As `data-control`.
 * @property {string} [parameter] As `data-parameter`.
 * @property {(value: string) => void} onInput
 */

/** @param {Option} option @param {ListProps["value"]} chosen */
const optionOf = ({ value, title }, chosen) =>
  html`<option value=${value} .selected=${live(String(value) === String(chosen ?? ""))}>${title}</option>`;

/**
 * A list that is opened.
 *
 * @param {ListProps} props
 */
export const list = ({
  id,
  kind,
  label,
  hint,
  value,
  options,
  disabled = false,
  control,
  parameter,
  onInput,
}) =>
  html`<select id=${ifDefined(id)} class=${ifDefined(kind)} aria-label=${ifDefined(label)} title=${ifDefined(hint)}
    data-control=${ifDefined(control)} data-parameter=${ifDefined(parameter)} ?disabled=${disabled}
    @change=${(/** @type {Event} */ event) => onInput(/** @type {HTMLSelectElement} */ (event.target).value)}
    >${repeat(
      options,
      (one) => ("options" in one ? `group ${one.label}` : one.value),
      (one) =>
        "options" in one
          ? html`<optgroup label=${one.label}>${one.options.map((inner) => optionOf(inner, value))}</optgroup>`
          : optionOf(one, value),
    )}</select>`;

/**
 * A list with its name before it.
 *
 * @param {ListProps & { id: string, title: string, error?: string | null, hidden?: boolean, name?: string }} props
 */
export const choice = ({ title, error, hidden = false, name, ...props }) =>
  html`<div class="choice" data-control=${ifDefined(name)} ?hidden=${hidden}>
    <label for=${props.id}>${title}</label>${list(props)}
    <p class="field-error" role="alert">${error ?? nothing}</p></div>`;

/**
 * A yes or no.
 *
 * @param {{ id: string, title: string, value: boolean, name?: string, parameter?: string,
 *   hidden?: boolean, hint?: string, onInput: (value: boolean) => void }} props
 */
export const toggle = ({ id, title, value, name, parameter, hidden = false, hint, onInput }) =>
  html`<label class="choice toggled" for=${id} data-control=${ifDefined(name)} ?hidden=${hidden} title=${ifDefined(hint)}>
    <span>${title}</span>
    <input type="checkbox" id=${id} data-parameter=${ifDefined(parameter)} .checked=${live(value)}
      @change=${(/** @type {Event} */ event) => onInput(/** @type {HTMLInputElement} */ (event.target).checked)}>
  </label>`;
