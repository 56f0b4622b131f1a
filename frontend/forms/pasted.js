// A table that is pasted: the text as it is, and beneath it what the server says of it.

import { directive } from "../vendor/lit-html/async-directive.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { Drafted } from "./drafts.js";

/**
 * @typedef {import("./drafts.js").FieldProps & {
 *   id: string,
 *   value: string,
 *   label: string,
 *   placeholder: string,
 *   maxlength: number,
 *   say: (error: any) => string,
 *   onInput: (text: string) => void,
 *   below: (error: any, isEmpty: boolean) => unknown,
 * }} PastedProps
 */

/** @extends {Drafted<PastedProps>} */
class Pasted extends Drafted {
  /** @param {Event} event */
  typed = (event) => {
    this.type(/** @type {HTMLTextAreaElement} */ (event.target).value);
    const text = /** @type {string} */ (this.draft);
    this.sent.add(text);
    this.props.onInput(text);
    this.redraw();
  };

  // Nothing is wrong with a field that was emptied.
  get refusal() {
    return this.draft?.trim() === "" ? null : super.refusal;
  }

  template() {
    const { id, value, label, placeholder, maxlength, say, below } = this.props;
    const text = this.draft ?? value;
    const wrong = this.refusal;
    return html`<textarea id=${id} class="points-text" rows="5" spellcheck="false" autocomplete="off"
        wrap="off" maxlength=${maxlength} placeholder=${placeholder} aria-label=${label}
        aria-describedby=${`${id}-error`} aria-invalid=${String(wrong !== null)} .value=${live(text)}
        @input=${this.typed} @focus=${this.entered} @blur=${this.left}></textarea>
      <p class="field-error" id=${`${id}-error`} role="alert">${wrong ? say(wrong) : nothing}</p>
      ${below(wrong, text.trim() === "")}`;
  }
}

const pastedOf = directive(Pasted);

/** @param {PastedProps} props */
export const pastedTable = (props) => pastedOf(props);
