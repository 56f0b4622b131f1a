// A line of text, read on Enter and when it is left.

import { directive } from "../vendor/lit-html/async-directive.js";
import { ifDefined } from "../vendor/lit-html/directives/if-defined.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html } from "../vendor/lit-html/lit-html.js";
import { Drafted } from "./drafts.js";

/**
 * @typedef {import("./drafts.js").FieldProps & {
 *   value: string,
 *   id?: string,
 *   kind?: string,
 *   label?: string,
 *   placeholder?: string,
 *   maxlength?: number,
 *   onInput: (value: string) => void,
 * }} TextProps
 */

/** @extends {Drafted<TextProps>} */
class TextInput extends Drafted {
  take() {
    if (this.draft === null) return;
    const text = this.draft.trim();
    this.draft = null;
    this.sent.add(text);
    if (text !== this.props.value) this.props.onInput(text);
  }

  /** @param {Event} event */
  typed = (event) => this.type(/** @type {HTMLInputElement} */ (event.target).value);

  template() {
    const { id, kind, label, placeholder, maxlength, value } = this.props;
    return html`<input type="text" autocomplete="off" id=${ifDefined(id)} class=${ifDefined(kind)}
      aria-label=${ifDefined(label)} placeholder=${ifDefined(placeholder)} maxlength=${ifDefined(maxlength)}
      .value=${live(this.draft ?? value)} @input=${this.typed} @focus=${this.entered}
      @blur=${this.left} @keydown=${this.pressed}>`;
  }
}

const textOf = directive(TextInput);

/** @param {TextProps} props */
export const textInput = (props) => textOf(props);
