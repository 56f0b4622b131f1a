// A question of one's own to the hall: its words, and what may be answered.

import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ question: string, answers: object }} Asked As the API takes it. */
/** @typedef {"choices" | "number" | "tap"} Kind */

const FEWEST = 2;
const MOST = 6;

/** The choices of a text, a line each. @param {string} text */
export const optionsOf = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/**
 * What a form asks; or the name of the field that cannot be used, and why.
 *
 * @param {Kind} kind
 * @param {(name: string) => string} field What was typed.
 * @param {import("./taps.js").Land | null} [land] What is tapped on.
 * @returns {Asked | { wrong: string, says: string }}
 */
export function askedBy(kind, field, land = null) {
  const question = field("question").trim();
  if (question === "") return { wrong: "question", says: "hall.own.no_question" };
  if (kind === "tap") return { question, answers: { kind, ...land } };
  const typed = field("right").trim();
  const right = typed === "" ? null : Number(typed.replace(",", "."));
  if (kind === "choices") {
    const options = optionsOf(field("options"));
    if (options.length < FEWEST || options.length > MOST) {
      return { wrong: "options", says: "hall.own.no_choices" };
    }
    const isOne =
      right === null || (Number.isInteger(right) && right >= 1 && right <= options.length);
    if (!isOne) return { wrong: "right", says: "hall.own.no_right" };
    const known = right === null ? {} : { right: right - 1 };
    return { question, answers: { kind, options, ...known } };
  }
  const [low, high] = ["low", "high"].map((name) =>
    Number(field(name).trim().replace(",", ".") || "x"),
  );
  if (!(low < high)) return { wrong: "high", says: "hall.own.no_bounds" };
  if (right !== null && !(right >= low && right <= high)) {
    return { wrong: "right", says: "hall.own.no_right" };
  }
  const unit = field("unit").trim();
  const more = { ...(unit ? { unit } : {}), ...(right === null ? {} : { right }) };
  return { question, answers: { kind, low, high, ...more } };
}

/**
 * @param {object} panel
 * @param {(asked: Asked) => void} panel.ask
 * @param {() => import("./taps.js").Land | null} panel.land What can be tapped on, now.
 * @param {() => void} panel.redraw
 */
export function createOwnQuestion({ ask, land, redraw }) {
  /** @type {Kind} */
  let kind = "choices";
  /** Another page has nothing to tap on. */
  const known = () => (kind === "tap" && land() === null ? "choices" : kind);
  /** The text that says what cannot be used. @type {string | null} */
  let wrong = null;

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const typed = new FormData(form);
    const asked = askedBy(known(), (name) => String(typed.get(name) ?? ""), land());
    if ("wrong" in asked) {
      wrong = asked.says;
      /** @type {HTMLElement | null} */ (form.querySelector(`[name=${asked.wrong}]`))?.focus();
    } else {
      wrong = null;
      const fold = form.closest("details");
      if (fold) fold.open = false;
      ask(asked);
    }
    redraw();
  }

  /** @param {Event} event */
  function choose({ currentTarget }) {
    kind = /** @type {Kind} */ (/** @type {HTMLSelectElement} */ (currentTarget).value);
    wrong = null;
    redraw();
  }

  /** @param {string} name @param {string} label */
  const line = (name, label) =>
    html`<label>${label}<input class="text-field" type="text" name=${name} autocomplete="off"
      maxlength="300" inputmode=${["low", "high", "right"].includes(name) ? "decimal" : nothing}></label>`;

  const fields = () => {
    if (known() === "tap") return html`<p class="hint">${t("hall.own.tap_help")}</p>`;
    if (known() === "number") {
      return html`${line("low", t("hall.own.low"))} ${line("high", t("hall.own.high"))}
        ${line("unit", t("hall.own.unit"))} ${line("right", t("hall.own.right"))}`;
    }
    return html`<label>${t("hall.own.options")}<textarea name="options" rows="4"></textarea></label>
      ${line("right", t("hall.own.right_choice"))}`;
  };

  return () => html`<form @submit=${submit} novalidate>
      <label>${t("hall.own.question")}<textarea name="question" rows="2" maxlength="300"></textarea></label>
      <label>${t("hall.own.kind")}<select @change=${choose} .value=${known()}>
        <option value="choices">${t("hall.own.choices")}</option>
        <option value="number">${t("hall.own.number")}</option>
        ${land() === null ? nothing : html`<option value="tap">${t("hall.own.tap")}</option>`}</select></label>
      ${fields()}
      ${wrong ? html`<p role="alert">${t(wrong)}</p>` : nothing}
      <button class="text-button primary" id="hall-own-ask">${t("hall.own.ask")}</button>
    </form>`;
}
