// A map that would cost more than one may: what it would cost, and the numbers that make it cheaper,
// each with a click.

import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {import("./price.js").Price} Price */
/** @typedef {{ id: string, text: string, run: () => void }} Offer */

/** @param {Price | null} price @param {(price: Price) => Offer[]} offered */
export function dear(price, offered) {
  if (price === null) return nothing;
  const offers = offered(price);
  return html`<div class="map-dear" role="alert">
    <p>${t("maps.dear", { price: Math.ceil(price.price), limit: price.limit })}
      ${t(offers.length > 0 ? "maps.dear.lower" : "error.too_much_work_less")}</p>
    <div>${offers.map(
      ({ id, text, run }) =>
        html`<button type="button" class="text-button" data-fits=${id} @click=${run}>${text}</button>`,
    )}</div>
  </div>`;
}
