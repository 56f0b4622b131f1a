// In which precision a map is computed, as a choice; and what single precision costs: how many of some
// pixels that were computed in both end elsewhere.

import { integer } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ precision?: string, float32_checked?: number, float32_unlike?: number | null }} Checked */

/** Single precision is taken as long as it tells pixels apart. */
const ASKED = { float32: "auto", float64: "float64" };

/**
 * Of several maps what was found in all of them.
 *
 * @param {readonly (Checked | null)[]} answers Null of those that have not come yet.
 * @param {{ asked: string, choose: (precision: string) => void }} choice `asked`: "auto" or "float64".
 */
export function single(answers, { asked, choose }) {
  const whole = answers.flatMap((one) => one ?? []);
  const checked = whole.filter(({ precision }) => precision === "float32");
  const all = checked.reduce((sum, one) => sum + (one.float32_checked ?? 0), 0);
  const unlike = checked.reduce(
    (sum, one) => sum + Math.round((one.float32_checked ?? 0) * (one.float32_unlike ?? 0)),
    0,
  );
  const isTooNear = asked === ASKED.float32 && whole.length > 0 && checked.length === 0;
  const chosen = asked === ASKED.float64 || isTooNear ? "float64" : "float32";
  const option = (/** @type {keyof typeof ASKED} */ one) => html`<button type="button"
    id=${`map-${one}`} aria-pressed=${String(one === chosen)} ?disabled=${isTooNear && one === "float32"}
    @click=${() => choose(ASKED[one])}>${one}</button>`;
  return html`<span class="map-single" data-unlike=${all > 0 ? unlike : nothing}>
    <span class="segmented" role="group" aria-label=${t("maps.precision")}>${option("float32")}${option("float64")}</span>
    ${all > 0 ? html`<span>${t("maps.single", { count: all, unlike: integer(unlike), all: integer(all) })}</span>` : nothing}
    ${isTooNear ? html`<span>${t("maps.single.too_near")}</span>` : nothing}</span>`;
}
