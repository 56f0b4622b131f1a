// A map that would cost more than one may: what it would cost, and the numbers that make it cheaper,
// each with a click.

import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ price: number, limit: number, fits: Record<string, number> }} Price `fits`: the most of each
 *   number with the others as they are. */
/** @typedef {{ id: string, text: string, run: () => void }} Offer */

/**
 * What the server said of the price; null of anything else that it may have refused.
 *
 * @param {unknown} error
 * @returns {Price | null}
 */
export function priceIn(error) {
  const [found] = /** @type {any} */ (error)?.detail ?? [];
  return found?.type === "too_much_work" ? { fits: {}, ...found.values } : null;
}

/** At most a number, in two digits as people say it. @param {number} most */
export function plainly(most) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(most)) - 1);
  return Math.floor(most / unit) * unit;
}

/** @param {Price | null} price @param {(price: Price) => Offer[]} offered */
export function dear(price, offered) {
  if (price === null) return nothing;
  const offers = offered(price);
  return html`<div class="map-dear" role="alert">
    <p>${t("maps.dear", { price: Math.ceil(price.price), limit: price.limit })}
      ${t(offers.length > 0 ? "maps.dear.lower" : "error.too_much_work_less")}</p>
    <div>${offers.map(
      ({ id, text, run }) =>
        html`<button type="button" class="primary" data-fits=${id} @click=${run}>${text}</button>`,
    )}</div>
  </div>`;
}
