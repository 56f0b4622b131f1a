// Above a training: what begins and what ends it, and a word on where it stands.

import { t } from "../../i18n/i18n.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";

/**
 * @typedef {object} BarProps
 * @property {import("./course.js").Phase} phase
 * @property {boolean} stale
 * @property {number} cancelledAt
 * @property {string} language
 */

/** @param {BarProps} props */
function hintOf({ phase, stale, cancelledAt }) {
  if (phase === "training") return "";
  if (phase === "failed") return t("trained.failed");
  if (phase === "cancelled") return t("trained.cancelled", { step: cancelledAt });
  if (stale) return t("trained.stale");
  return phase === "idle" ? t("trained.empty") : "";
}

/**
 * @param {HTMLElement} section
 * @param {{ start: () => void, cancel: () => void }} on
 */
export function createBar(section, on) {
  return {
    /** @param {BarProps} props */
    show(props) {
      const isTraining = props.phase === "training";
      render(
        html`
          <h2>${t("trained.title")}</h2>
          <button type="button" id="train" class="text-button primary"
            ?disabled=${isTraining} @click=${on.start}>${t("trained.train")}</button>
          ${
            isTraining
              ? html`<button type="button" id="cancel" class="text-button" @click=${on.cancel}>
                  ${t("trained.cancel")}
                </button>`
              : nothing
          }
          <p class="hint training-hint ${props.stale && !isTraining ? "stale" : ""}" role="status">
            ${hintOf(props)}
          </p>
        `,
        section,
      );
    },
  };
}
