// What a map's colours mean: one row a class, with its share of the area.

import { percent } from "../i18n/format.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/**
 * @typedef {{ id: string, title: string, share: number | null, color?: string,
 *   hatch?: import("./colours.js").Kind, hint?: string }} Row
 */

// Under a hundredth its first digits say something, too.
/** @param {number} share */
const shareText = (share) => percent(share, share > 0 && share < 0.01 ? 2 : 0);

/** @param {Row} row */
const mark = ({ id, title, share, color, hatch, hint }) =>
  html`<span class="legend-mark map-mark" data-class=${id} title=${hint ?? nothing}>
    <i class="map-swatch" data-hatch=${hatch ?? nothing} style=${color ? `--color: ${color}` : nothing}></i>
    <span>${title}</span>${share === null ? nothing : html`<b>${shareText(share)}</b>`}</span>`;

/** @param {Row[]} rows */
export const legendOf = (rows) => rows.map(mark);
