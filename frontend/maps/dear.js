// A map that would cost more than one may: what it would cost, and the numbers that make it cheaper,
// each with a click.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";

/** @typedef {import("./price.js").Price} Price */
/** @typedef {{ id: string, text: string, run: () => void }} Offer */

/**
 * Over a picture, which hears nothing of what is pressed or turned on it.
 *
 * @param {HTMLElement} picture
 * @param {object} on
 * @param {(price: Price) => Offer[]} on.offers
 * @param {() => HTMLElement | null} on.home Has the focus of an offer that is taken, which goes away then.
 */
export function createRefusal(picture, { offers, home }) {
  const section = h("div", { class: "map-refusal" });
  for (const name of ["pointerdown", "wheel", "dblclick"]) {
    section.addEventListener(name, (event) => event.stopPropagation());
  }
  picture.append(section);

  /** @param {Offer} offer */
  const offerButton = ({ id, text, run }) =>
    html`<button type="button" class="text-button" data-fits=${id} @click=${(
      /** @type {Event} */ event,
    ) => {
      const isFocused = document.activeElement === event.currentTarget;
      run();
      if (isFocused) home()?.focus();
    }}>${text}</button>`;

  return {
    /** @param {Price | null} price Null where nothing is too dear. */
    show(price) {
      const offered = price === null ? [] : offers(price);
      render(
        price === null
          ? nothing
          : html`<div class="map-dear" role="alert">
              <p>${t("maps.dear", { price: Math.ceil(price.price), limit: price.limit })}
                ${t(offered.length > 0 ? "maps.dear.lower" : "error.too_much_work_less")}</p>
              <div>${offered.map(offerButton)}</div>
            </div>`,
        section,
      );
    },
  };
}
