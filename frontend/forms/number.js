// A number: a field that takes every double within its bounds, with a slider or alone.

import { field, read } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { icon } from "../shell/icons.js";
import { directive } from "../vendor/lit-html/async-directive.js";
import { ifDefined } from "../vendor/lit-html/directives/if-defined.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { Drafted } from "./drafts.js";
import { fromSlider, nextTick, problem, sliderEnds, TICKS, toSlider } from "./schema.js";
import { formula } from "./signs.js";

/** Keys of a slider. @type {Record<string, 1 | -1>} */
const WAYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/**
 * @typedef {object} NumberProps
 * @property {string} [id]
 * @property {import("./schema.js").Schema} schema Bounds, scale and step; `titles` are not read.
 * @property {number} value
 * @property {string} [identity]
 * @property {boolean} [touched]
 * @property {number} [digits] Significant digits that are shown while nobody types, where six have no room.
 * @property {string | null} [error] Why the server refused the value.
 * @property {(value: number) => void} onInput
 */

/**
 * @typedef {NumberProps & {
 *   id: string,
 *   parameter: string,
 *   title: string,
 *   symbol?: string | null,
 *   note?: string | null,
 *   range?: import("./schema.js").Range,
 *   onReset: () => void,
 * }} NumberFieldProps
 */

/**
 * @typedef {NumberProps & {
 *   label: string,
 *   hint?: string,
 *   disabled?: boolean,
 *   kind?: string,
 *   start?: number,
 *   axis?: string,
 * }} NumberInputProps
 */

/** @template {NumberProps} P @extends {Drafted<P>} */
class NumberDraft extends Drafted {
  /** Whether a value counts as soon as it is right, or once the field is left. */
  isLive = true;

  /** What is wrong with the text, by this page or by the server. @returns {string | null} */
  get wrong() {
    const { schema } = this.props;
    const typed = this.draft === null ? null : problem(schema, this.draft);
    return typed ?? /** @type {string | null} */ (this.refusal);
  }

  get text() {
    const { value, digits } = this.props;
    return this.draft ?? field(value, this.isFocused ? undefined : digits);
  }

  /** @param {number} value */
  send(value) {
    this.sent.add(value);
    if (value !== this.props.value) this.props.onInput(value);
  }

  /** @param {Event} event */
  typed = (event) => {
    this.type(/** @type {HTMLInputElement} */ (event.target).value);
    const text = /** @type {string} */ (this.draft);
    if (this.isLive && problem(this.props.schema, text) === null) this.send(read(text));
    this.redraw();
  };

  /** Takes what is typed, if it is right; what is wrong stays and says so. */
  take() {
    if (this.draft === null || problem(this.props.schema, this.draft) !== null) return;
    const value = read(this.draft);
    this.draft = null;
    this.send(value);
  }

  /**
   * @param {string} id
   * @param {{ label?: string, disabled?: boolean, hint?: string, kind?: string, start?: number,
   *   axis?: string, parameter?: string }} more
   */
  input(id, { label, disabled = false, hint, kind = "", start, axis, parameter }) {
    return html`<input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
      class=${`number ${kind}`.trim()} id=${ifDefined(id || undefined)}
      aria-label=${ifDefined(label)} title=${ifDefined(hint)}
      aria-invalid=${String(this.wrong !== null)} aria-describedby=${ifDefined(id ? `${id}-error` : undefined)}
      data-parameter=${ifDefined(parameter)} data-start=${ifDefined(start)} data-axis=${ifDefined(axis)}
      ?disabled=${disabled} .value=${live(this.text)}
      @input=${this.typed} @focus=${this.entered} @blur=${this.left} @keydown=${this.pressed}>`;
  }

  /** @param {string} [id] */
  message(id) {
    return html`<p class="field-error" role="alert" id=${ifDefined(id ? `${id}-error` : undefined)}
      >${this.wrong ?? nothing}</p>`;
  }
}

/** @extends {NumberDraft<NumberInputProps>} */
class NumberInput extends NumberDraft {
  isLive = false;

  template() {
    const { id = "", label, disabled, hint, kind, start, axis } = this.props;
    return html`${this.input(id, { label, disabled, hint, kind, start, axis })}${this.message(id)}`;
  }
}

/** @extends {NumberDraft<NumberFieldProps>} */
class NumberField extends NumberDraft {
  /** Where the slider was put by hand, and what that is. @type {{ ticks: number, value: number } | null} */
  held = null;

  moved() {
    super.moved();
    if (!this.sent.has(this.props.value)) this.held = null;
  }

  forget() {
    super.forget();
    this.held = null;
  }

  // While it is dragged the state may be behind, and a rounded value between two of its places.
  get ticks() {
    const { schema, range, value } = this.props;
    const isHeld = this.held && (this.isSliding || this.held.value === value);
    return isHeld && this.held
      ? this.held.ticks
      : toSlider(schema, sliderEnds(schema, range), value);
  }

  isSliding = false;

  get text() {
    return this.draft ?? field(this.isSliding && this.held ? this.held.value : this.props.value);
  }

  /** @param {Event} event */
  slid = (event) => this.slide(Number(/** @type {HTMLInputElement} */ (event.target).value));

  /** @param {number} ticks */
  slide(ticks) {
    const { schema, range } = this.props;
    const value = fromSlider(schema, sliderEnds(schema, range), ticks);
    this.draft = null;
    this.outdated = this.props.error;
    this.held = { ticks, value };
    this.isSliding = true;
    this.sent.add(value);
    this.props.onInput(value);
    this.redraw();
  }

  released = () => {
    this.isSliding = false;
    this.redraw();
  };

  // A browser's own tick may be less than the number's step, and do nothing.
  /** @param {KeyboardEvent} event */
  nudged = (event) => {
    const way = WAYS[event.key];
    if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { schema, range, value } = this.props;
    const { ticks } = this;
    const next = nextTick(schema, sliderEnds(schema, range), { ticks, value }, way);
    if (next === ticks) return;
    // As the browser moves it, so that whoever listens to sliders hears of it.
    const slider = /** @type {HTMLInputElement} */ (event.currentTarget);
    slider.value = String(next);
    for (const kind of ["input", "change"])
      slider.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  /** @param {Event} event */
  reset = (event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    this.forget();
    this.props.onReset();
    // The button goes with what it undoes; the keyboard stays in the control.
    if (document.activeElement === button) {
      /** @type {HTMLElement | null} */ (button.parentElement?.querySelector(".number"))?.focus();
    }
    this.redraw();
  };

  template() {
    const { id, parameter, title, symbol, note, touched } = this.props;
    const isTouched = touched || this.held !== null || this.draft !== null;
    return html`<label for=${id} class="parameter-name">${formula(symbol)} ${title}</label>
      <button type="button" class="icon-button tiny reset" title=${t("field.reset")}
        aria-label=${`${t("field.reset")}: ${title}`}
        style=${isTouched ? "" : "visibility: hidden"} @click=${this.reset}>${icon("reset")}</button>
      ${this.input(id, { parameter })}
      <input type="range" class="slider" min="0" max=${TICKS} step="1" data-parameter=${parameter}
        aria-label=${title} aria-valuetext=${this.text} .value=${live(String(this.ticks))}
        @input=${this.slid} @change=${this.released} @blur=${this.released}
        @keydown=${this.nudged}>
      ${this.message(id)}${note ? html`<p class="hint field-note">${note}</p>` : nothing}`;
  }
}

const numberFieldOf = directive(NumberField);
const numberInputOf = directive(NumberInput);

/**
 * A number with its name, a slider as wide as the card, and the way back to the default. It counts as
 * soon as it is right.
 *
 * @param {NumberFieldProps & { hidden?: boolean }} props
 */
export const numberField = (props) =>
  html`<div class="parameter" data-control=${props.parameter} ?hidden=${props.hidden ?? false}>${numberFieldOf(props)}</div>`;

/** A field alone, read on Enter and when it is left. @param {NumberInputProps} props */
export const numberInput = (props) => numberInputOf(props);
