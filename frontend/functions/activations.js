// The lecture's table, alive: one z for all activations, by pointer, slider or keyboard.

import { h } from "../core/dom.js";
import { coordinate } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { createCard } from "./card.js";
import { indexOf, REACH, STEP } from "./requests.js";

/** @typedef {import("../api/answers.js").ActivationEntry} Activation */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */

/** The z that is shown: under the pointer, or chosen. @param {Readonly<State>} state */
const shownZ = ({ pointed, z }) => pointed ?? z;

/** @param {State["numbers"]} numbers @param {string} name */
const without = (numbers, name) =>
  Object.fromEntries(Object.entries(numbers).filter(([key]) => key !== name));

/**
 * @param {HTMLElement} section
 * @param {object} options
 * @param {readonly Activation[]} options.activations
 * @param {import("../core/store.js").Store<State>} options.store
 * @param {{ change(control: string, change: (state: Readonly<State>) => Partial<State>): void }} options.pace
 * @returns {import("../core/panels.js").Panel<Model, any>[]}
 */
export function createActivations(section, { activations, store, pace }) {
  const on = {
    /** @param {number} z */
    choose: (z) => store.update({ z, pointed: null }),
    /** @param {number | null} pointed */
    point: (pointed) => store.update({ pointed }),
    /** @param {string} name @param {number} value */
    number: (name, value) =>
      pace.change(name, ({ numbers }) => ({ numbers: { ...numbers, [name]: value } })),
    /** @param {string} name */
    reset: (name) => pace.change(name, ({ numbers }) => ({ numbers: without(numbers, name) })),
  };
  const cards = activations.map((entry) => ({ entry, card: createCard(entry, on) }));
  const bar = h("div", { class: "card z-bar" });
  section.replaceChildren(
    bar,
    h(
      "div",
      { class: "cards" },
      cards.map(({ card }) => card.element),
    ),
  );

  /** @param {{ z: number }} props */
  const barTemplate = ({ z }) => html`
    <label for="z"><i>z</i> = <output id="z-value" for="z" aria-live="off">${coordinate(z)}</output></label>
    <input type="range" id="z" class="slider" min=${-REACH} max=${REACH} step=${STEP}
      aria-label=${t("functions.z")} aria-valuetext=${`z = ${coordinate(z)}`} .value=${live(String(z))}
      @input=${(/** @type {Event} */ { target }) =>
        on.choose(Number(/** @type {HTMLInputElement} */ (target).value))}>
    <button type="button" class="text-button" id="z-zero" @click=${() => on.choose(0)}>z = 0</button>
    <p class="hint">${t("functions.hint")}</p>`;

  return [
    {
      select: ({ state }) => ({ z: shownZ(state), language: state.language }),
      show(props) {
        section.setAttribute("aria-label", t("functions.activations"));
        section.dataset.z = String(props.z);
        render(barTemplate(props), bar);
      },
    },
    ...cards.map(({ entry, card }) => {
      const names = Object.keys(entry.parameters.properties).map((name) => `${entry.id}.${name}`);
      return {
        /** @param {Model} model */
        select: ({ state, answers }) => ({
          values: answers.values.value?.get(entry.id) ?? null,
          index: indexOf(shownZ(state)),
          number: state.numbers[names[0]],
          language: state.language,
          large: state.large,
          isAsked: state.scene === null || !state.only || state.only.split(",").includes(entry.id),
        }),
        /** @param {import("./card.js").CardProps & { isAsked: boolean }} props */
        show({ isAsked, ...props }) {
          card.element.hidden = !isAsked;
          card.show(props);
        },
      };
    }),
    {
      select: ({ answers }) => answers.values.value && { values: answers.values.value },
      show({ values }) {
        section.dataset.drawn = String(values.size);
        section.dataset.revision = String(Number(section.dataset.revision ?? 0) + 1);
      },
    },
  ];
}
