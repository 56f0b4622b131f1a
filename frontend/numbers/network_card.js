// The network whose trainability is mapped: settings of the paper by name, or its numbers one by one.

import { choice } from "../forms/choice.js";
import { numberInput } from "../forms/number.js";
import { localize, t } from "../i18n/i18n.js";
import { html } from "../vendor/lit-html/lit-html.js";
import { ACTIVATIONS, PRESETS, presetOf, WHOLES } from "./networks.js";

/** @typedef {import("./state.js").State} State */

const PAPER = "https://arxiv.org/abs/2402.06184";

/** @param {import("./sidebar.js").Tools} tools */
export function createNetworkCard({ catalog, store }) {
  /** @param {string} name @param {unknown} value */
  const put = (name, value) =>
    store.update(({ network }) => ({ network: { ...network, [name]: value }, point: null }));
  /** @param {string} id */
  const titleOf = (id) =>
    localize(catalog.activations.find((/** @type {any} */ one) => one.id === id)?.title) ?? id;

  /** @param {State} state */
  return (state) => {
    const chosen = presetOf(state);
    return html`<section class="card network-card">
      <h2>${t("trainability.network")}</h2>
      <div class="presets" role="group" aria-label=${t("trainability.presets")}>
        ${Object.entries(PRESETS).map(
          ([name, preset]) => html`<button type="button" class="chip" id=${`preset-${name}`}
            aria-pressed=${String(name === chosen)} title=${t(`trainability.preset.${name}.help`)}
            @click=${() => store.update({ ...preset, point: null })}>${t(`trainability.preset.${name}`)}</button>`,
        )}
      </div>
      ${Object.entries(WHOLES).map(
        ([name, [minimum, maximum]]) => html`<div class="race-field"><label for=${`network-${name}`}
          >${t(`trainability.${name}`)}</label>${numberInput({
            id: `network-${name}`,
            label: t(`trainability.${name}`),
            schema: { type: "integer", minimum, maximum, titles: { en: "", ru: "" } },
            value: state.network[name],
            onInput: (value) => put(name, value),
          })}</div>`,
      )}
      ${choice({
        id: "network-activation",
        title: t("trainability.activation"),
        value: state.network.activation,
        options: ACTIVATIONS.map((value) => ({ value, title: titleOf(value) })),
        onInput: (value) => put("activation", value),
      })}
      <p class="source">${t("source")}: <a href=${PAPER} target="_blank" rel="noreferrer">Sohl-Dickstein (2024), The boundary of neural network trainability is fractal</a></p>
    </section>`;
  };
}
