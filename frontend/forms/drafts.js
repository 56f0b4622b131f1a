// What somebody is typing is theirs: a field keeps it, whatever is shown anew around it, until it is
// taken, or the field is another one.

import { AsyncDirective } from "../vendor/lit-html/async-directive.js";

/**
 * What every field is told.
 *
 * @typedef {object} FieldProps
 * @property {any} value As the state has it.
 * @property {string} [identity] Of what the value is, as of one run: another one's draft is not kept.
 * @property {boolean} [touched] Whether somebody chose the value; a default may move by itself.
 * @property {unknown} [error] Why the server refused the value, where it did.
 */

/**
 * A part of a template that is drawn anew when its props or its draft are others.
 *
 * @template {FieldProps} P
 */
export class Drafted extends AsyncDirective {
  /** What is typed and not taken yet; null where the field shows its value. @type {string | null} */
  draft = null;
  /** @type {P} */
  props = /** @type {any} */ (null);
  /** Values that were sent on from here since the field was entered. @type {Set<unknown>} */
  sent = new Set();
  /** A refusal that is not of what is typed now. @type {unknown} */
  outdated = null;
  isFocused = false;

  /** @param {P} props */
  render(props) {
    const before = this.props;
    this.props = props;
    if (before !== null && before.identity !== props.identity) this.forget();
    else if (before !== null && before.value !== props.value) this.moved();
    return this.template();
  }

  /** @returns {unknown} */
  template() {
    return null;
  }

  /** The value is another one: one chosen elsewhere takes the place of what was half-typed here. */
  moved() {
    const isChosen = this.props.touched !== false && !this.sent.has(this.props.value);
    if (isChosen && !this.isFocused) this.forget();
  }

  forget() {
    this.draft = null;
    this.sent.clear();
    this.outdated = this.props.error;
  }

  /** @param {string} text */
  type(text) {
    this.draft = text;
    this.outdated = this.props.error;
  }

  /** Called as the field is left: what is typed may become its value, or be what it was. */
  take() {
    if (this.draft === this.props.value) this.draft = null;
  }

  entered = () => {
    this.isFocused = true;
    this.sent.clear();
    this.redraw();
  };

  left = () => {
    this.isFocused = false;
    this.take();
    this.redraw();
  };

  /** Of a field of one line. @param {KeyboardEvent} event */
  pressed = (event) => {
    if (event.key === "Enter") this.take();
    else if (event.key === "Escape" && this.draft !== null) this.forget();
    else return;
    event.preventDefault();
    this.redraw();
  };

  redraw() {
    if (this.isConnected) this.setValue(this.template());
  }

  /** The refusal of what the field shows, or null. */
  get refusal() {
    const { error } = this.props;
    return error && error !== this.outdated ? error : null;
  }
}
