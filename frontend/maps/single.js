// What single precision costs: how many of some pixels end elsewhere in float64, and the way to float64.

import { integer, percent } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ precision?: string, float32_checked?: number, float32_unlike?: number | null }} Checked */

/** Where in words, of how many pixels, there is room for. @typedef {"short" | "long"} Length */

/**
 * Nothing where a map is not of float32. Of several maps what was found in all of them.
 *
 * @param {readonly (Checked | null)[]} answers
 * @param {() => void} toDouble
 * @param {Length} length
 */
export function single(answers, toDouble, length) {
  const checked = answers.flatMap((one) =>
    one?.precision === "float32"
      ? { all: one.float32_checked ?? 0, share: one.float32_unlike }
      : [],
  );
  const all = checked.reduce((sum, one) => sum + one.all, 0);
  if (all === 0) return nothing;
  const unlike = checked.reduce((sum, one) => sum + one.all * (one.share ?? 0), 0) / all;
  const share = percent(unlike, unlike > 0 && unlike < 0.1 ? 1 : 0);
  const said = t("maps.single.help", { share, count: integer(all) });
  return html`<span class="map-single" data-unlike=${unlike} title=${said}>
    <span>${length === "long" ? said : t("maps.single", { share })}</span>
    <button type="button" class="text-button" id="map-double" @click=${toDouble}>float64</button></span>`;
}
