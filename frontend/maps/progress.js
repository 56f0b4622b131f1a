// How far a map is: a bar, and how long the rest will take, where that is worth saying.

import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

// Seconds that nobody needs to be told of.
const SHORT = 1;

/** @param {number} seconds */
const leftText = (seconds) =>
  seconds < 90
    ? t("maps.seconds_left", { seconds: Math.ceil(seconds) })
    : t("maps.minutes_left", { minutes: quantity(seconds / 60, 2) });

/**
 * Nothing once the map is whole.
 *
 * @param {Pick<import("./asking.js").Mapped, "done" | "total" | "secondsLeft"> | null} mapped
 */
export function progress(mapped) {
  if (mapped === null || mapped.done >= mapped.total) return nothing;
  const { done, total, secondsLeft } = mapped;
  const isLong = secondsLeft !== null && secondsLeft > SHORT;
  return html`<span class="map-progress">
    <progress max=${total} .value=${done} aria-label=${t("maps.progress")}></progress>
    ${isLong ? html`<span>${leftText(secondsLeft)}</span>` : nothing}
  </span>`;
}
