// A formula that is typed. A mirror behind the text marks a mistake under the very character where
// it is, and gives the field its height.

import { directive } from "../vendor/lit-html/async-directive.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { Drafted } from "./drafts.js";

/** Where a mistake is, in characters. @typedef {{ position?: number, length?: number }} Place */

/**
 * @typedef {import("./drafts.js").FieldProps & {
 *   id: string,
 *   value: string,
 *   before: string,
 *   label: string,
 *   maxlength: number,
 *   error: (Place & Record<string, any>) | null,
 *   say: (error: any) => string,
 *   onInput: (text: string) => void,
 *   below?: unknown,
 * }} FormulaProps
 */

/** @extends {Drafted<FormulaProps>} */
class Formula extends Drafted {
  moved() {
    if (this.props.value === this.draft && !this.isFocused) this.forget();
    else super.moved();
  }

  /** @param {Event} event */
  typed = (event) => {
    this.type(/** @type {HTMLTextAreaElement} */ (event.target).value);
    this.sent.add(this.draft);
    this.props.onInput(/** @type {string} */ (this.draft));
    this.redraw();
  };

  template() {
    const { id, value, before, label, maxlength, say, below } = this.props;
    const text = this.draft ?? value;
    const wrong = /** @type {Place | null} */ (this.refusal);
    // The server counts characters; a string is indexed by halves of some of them.
    const characters = [...text];
    const { position = characters.length, length = 0 } = wrong ?? {};
    /** @param {number} from @param {number} [to] */
    const part = (from, to) => characters.slice(from, to).join("");
    const marked = part(position, position + length) || " ";
    return html`<label for=${id}>${before}</label>
      <div class="formula-box"><div class="formula-mirror" aria-hidden="true"
        >${part(0, position)}${wrong ? html`<mark>${marked}</mark>` : nothing}${part(position + length)}\u200b</div
        ><textarea id=${id} class="formula-text" rows="1" spellcheck="false" autocapitalize="off"
          autocomplete="off" maxlength=${maxlength} aria-label=${label} aria-describedby=${`${id}-error`}
          aria-invalid=${String(wrong !== null)} .value=${live(text)}
          @input=${this.typed} @focus=${this.entered} @blur=${this.left}></textarea></div>
      <p class="field-error" id=${`${id}-error`} role="alert">${wrong ? say(wrong) : nothing}</p>
      ${below ?? nothing}`;
  }
}

const formulaOf = directive(Formula);

/** @param {FormulaProps} props */
export const formulaField = (props) => html`<div class="formula-entry">${formulaOf(props)}</div>`;
