// What the colours of a map say, how its measure is chosen, how far it is zoomed and come, and what is
// under the pointer.

import { h } from "../core/dom.js";
import { integer, powerOfTen, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { createRefusal } from "../maps/dear.js";
import { priceIn } from "../maps/price.js";
import { progress } from "../maps/progress.js";
import { single } from "../maps/single.js";
import { iconButton } from "../shell/icons.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { MEASURES } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** @param {readonly string[]} colors */
const gradient = (colors) => `background: linear-gradient(to right, ${colors.join(", ")})`;

/** @param {number} value @param {string} id */
function tick(value, id) {
  if (id === "loss") return powerOfTen(Math.round(Math.log10(value)));
  return id === "steps" ? integer(value) : quantity(value, 7);
}

/** @param {import("./colours.js").Bar} bar */
const bar = ({ id, colors, ticks }) => html`<span class="map-bar" data-bar=${id}>
  <span class="map-bar-name">${t(`maps.bar.${id}`)}</span>
  <span class="map-bar-scale"><span class="map-bar-colors" style=${gradient(colors)}></span>
    ${
      ticks.length === 0
        ? html`<span class="map-bar-ends"><span>${t("maps.fast")}</span><span>${t("maps.slow")}</span></span>`
        : html`<span class="map-bar-ticks">${ticks.map(
            ({ at, value }) => html`<span style=${`left: ${100 * at}%`}>${tick(value, id)}</span>`,
          )}</span>`
    }</span>
</span>`;

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} picture Over which it is told how far the map is.
 * @param {object} on
 * @param {(measure: State["measure"]) => void} on.measure
 * @param {() => void} on.closer
 * @param {() => void} on.farther
 * @param {() => void} on.whole
 * @param {(precision: string) => void} on.precision
 * @param {(price: import("../maps/dear.js").Price) => import("../maps/dear.js").Offer[]} on.offers
 */
export function createLegend(section, picture, on) {
  const place = h("div", { class: "map-coming" });
  picture.append(place);
  const refusal = createRefusal(picture, { offers: on.offers, home: () => picture });

  /** @param {State["view"]} view @param {State["measure"]} measure */
  const measures = (view, measure) =>
    view === "trainability"
      ? nothing
      : html`<div class="segmented measures" role="group" aria-label=${t("maps.measure")}>
          ${MEASURES.map(
            (
              one,
            ) => html`<button type="button" id=${`measure-${one}`} aria-pressed=${String(one === measure)}
              title=${t(`maps.measure.${one}.help`)} @click=${() => on.measure(one)}>${t(`maps.measure.${one}`)}</button>`,
          )}
        </div>`;

  /** @param {import("./colours.js").Colouring} colouring */
  const signs = ({ hatched, never }) => html`
    ${hatched ? html`<span class="map-sign"><i class="map-hatch"></i>${t("maps.sign.diverged")}</span>` : nothing}
    ${never ? html`<span class="map-sign"><i class="map-never"></i>${t("maps.sign.never")}</span>` : nothing}`;

  /** @param {number} times */
  const zoom = (times) =>
    html`<span class="map-zooming"><span class="map-zoom" id="zoom-level" data-zoom=${times.toPrecision(4)}>${t("maps.zoom", { times: quantity(times, 3) })}</span>
      ${iconButton({ name: "plus", label: t("zoom.in"), id: "zoom-in", kind: "small", onclick: on.closer })}
      ${iconButton({ name: "minus", label: t("zoom.out"), id: "zoom-out", kind: "small", onclick: on.farther })}
      ${iconButton({ name: "fit", label: t("zoom.reset"), id: "zoom-reset", kind: "small", onclick: on.whole })}</span>`;

  return {
    /** @param {{ view: State["view"], measure: State["measure"], colouring: import("./colours.js").Colouring | null,
     *   coming: Pick<import("./resources.js").Coming, "done" | "total" | "secondsLeft"> | null, refused: unknown,
     *   answer: import("../maps/single.js").Checked | null, precision: string, zoom: number, isAsking: boolean, readout: string,
     *   notes: readonly string[] }} props */
    show(props) {
      const { view, measure, colouring, coming, readout, notes, isAsking } = props;
      render(
        html`<div class="map-head">${measures(view, measure)}
            ${colouring ? html`${colouring.bars.map(bar)}${signs(colouring)}` : nothing}
            <span class="spacer"></span>${zoom(props.zoom)}</div>
          <div class="map-readout"><output id="map-readout" aria-live="polite">${readout}</output>
            ${single([props.answer], { asked: props.precision, choose: on.precision })}${notes.map((note) => html`<span class="hint">${note}</span>`)}
          </div>`,
        section,
      );
      // Over the map, whose size does not change by it.
      render(isAsking ? progress(coming) : nothing, place);
      refusal.show(priceIn(props.refused));
    },
  };
}
