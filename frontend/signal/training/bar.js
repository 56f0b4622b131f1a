// Above a training: what begins and what ends it, and a word on where it stands.

import { quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";

/**
 * @typedef {object} BarProps
 * @property {import("./course.js").Phase} phase
 * @property {boolean} isEmpty Whether there is nothing to train: no points yet.
 * @property {boolean} stale
 * @property {number} cancelledAt
 * @property {ReturnType<typeof import("../rates.js").onward>} onward
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

/** «Go on: 300 more steps, α = 0.01» @param {NonNullable<BarProps["onward"]>} onward */
function goOnWords({ from, to, rates }) {
  const isOne = rates.every((rate) => rate === rates[0]);
  const count = to - from;
  return isOne
    ? t("trained.go_on_with", { count, rate: quantity(rates[0], 6) })
    : t("trained.go_on", { count });
}

/**
 * @param {HTMLElement} section
 * @param {{ start: () => void, goOn: () => void, cancel: () => void }} on
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
            ?disabled=${isTraining || props.isEmpty} @click=${() => on.start()}>${t("trained.train")}</button>
          ${
            props.onward && !isTraining
              ? html`<button type="button" id="go-on" class="text-button" @click=${on.goOn}>
                  ${goOnWords(props.onward)}
                </button>`
              : nothing
          }
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
