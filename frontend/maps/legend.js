// What a map's colours mean: one row a class, with its share of the area.

import { integer, percent } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/**
 * @typedef {{ id: string, title: string, share: number | null, color?: string,
 *   other?: string, hatch?: import("./colours.js").Kind | "tied", hint?: string }} Row
 */

// Under a hundredth its first digits say something, too.
/** @param {number} share */
const shareText = (share) => percent(share, share > 0 && share < 0.01 ? 2 : 0);

/** @param {Row} row */
const mark = ({ id, title, share, color, other, hatch, hint }) =>
  html`<span class="legend-mark map-mark" data-class=${id} title=${hint ?? nothing}>
    <i class="map-swatch" data-hatch=${hatch ?? nothing} style=${color ? `--color: ${color}; --other: ${other ?? color}` : nothing}></i>
    ${share === null ? nothing : html`<b>${shareText(share)}</b>`}<span>${title}</span></span>`;

/** @param {Row[]} rows */
export const legendOf = (rows) => rows.map(mark);

/** What brightness means: from one step to the most, by their logarithm. @param {number} most */
export const stepsOf = (most) =>
  html`<span class="map-steps"><span>${t("maps.steps")}</span><i></i><span><span>1</span><span>${integer(most)}</span></span></span>`;
