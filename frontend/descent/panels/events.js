// What happened to the selected run: a button for each event, which goes to its step, and the sentence
// of the one that is pointed at, or else of the last that was passed.

import { integer } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { html, render } from "../../vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("../types.js").Events} Events
 * @typedef {import("../types.js").Told} Told
 * @typedef {{ events: Events | null, step: number, language: string | null }} Props
 */

/** @param {Told[]} list @param {number} step @returns {Told | undefined} */
const passed = (list, step) => list.filter((one) => one.step <= step).at(-1) ?? list[0];

/**
 * @param {HTMLElement} section
 * @param {{ selectors: import("./types.js").Selectors, seek(step: number): void }} page
 * @returns {import("./types.js").Panel<Props>}
 */
export function createEventsPanel(section, { selectors, seek }) {
  /** @type {Props} */
  let shown = { events: null, step: 0, language: null };
  /** @type {number | null} */
  let pointed = null;

  /** @param {number | null} n */
  function point(n) {
    pointed = n;
    draw();
  }

  /** @param {Told} event @param {Told | undefined} told */
  const item = (event, told) => html`<li>
    <button
      type="button" class="event" data-event=${event.n} data-kind=${event.kind}
      style=${`--color: ${shown.events?.color}`}
      aria-current=${String(event === told)} title=${localize(event.text)}
      @click=${() => seek(event.step)}
      @pointerenter=${() => point(event.n)} @pointerleave=${() => point(null)}
      @focus=${() => point(event.n)} @blur=${() => point(null)}
    ><b>${event.n}</b> ${t(`event.${event.kind}`)} <span>${integer(event.step)}</span></button>
  </li>`;

  function draw() {
    const { events, step } = shown;
    // As high with events as without: what stands over it must not jump while the race is played.
    section.hidden = events === null;
    const list = events?.list ?? [];
    const told = list.find(({ n }) => n === pointed) ?? passed(list, step);
    const sentence = told
      ? html`<b>${t("events.at", { step: integer(told.step) })}</b> ${localize(told.text)}`
      : t("events.none");
    render(
      html`<ol aria-label=${t("events.title")}>${list.map((event) => item(event, told))}</ol>
        <p class="sentence">${sentence}</p>`,
      section,
    );
  }

  return {
    select: (model) => ({
      events: selectors.events(model),
      step: selectors.step(model),
      language: model.state.language,
    }),
    show(props) {
      shown = props;
      draw();
    },
  };
}
