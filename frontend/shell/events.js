// What happened to a run: a button for each event, which goes to its step, and the sentence of the
// one that is pointed at, or else of the last that was passed.

import { integer } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { html, render } from "../vendor/lit-html/lit-html.js";

/**
 * @typedef {import("../charts/events.js").Told} Told
 * @typedef {{ color: string, list: Told[] }} Events
 */

/**
 * What of a run's events has been played, with their numbers: how it goes on is not given away.
 *
 * @template {{ step: number }} T
 * @param {readonly T[]} events
 * @param {number} step
 * @param {number} end The run's last step, at which all of it is told.
 * @returns {(T & { n: number })[]}
 */
export const played = (events, step, end) =>
  events.filter((one) => step >= end || one.step <= step).map((one, i) => ({ ...one, n: i + 1 }));

/** @param {Told[]} list @param {number} step @returns {Told | undefined} */
const passed = (list, step) => list.filter((one) => one.step <= step).at(-1) ?? list[0];

/** @param {HTMLElement} section @param {(step: number) => void} seek */
export function createEventsList(section, seek) {
  /** @type {{ events: Events | null, step: number }} */
  let shown = { events: null, step: 0 };
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
    /** @param {Events | null} events @param {number} step */
    show(events, step) {
      shown = { events, step };
      draw();
    },
  };
}
