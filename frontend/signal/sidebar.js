// The knobs beside the picture, drawn from their schemas: those of the setting that is edited,
// then those that both settings share.

import { control } from "../forms/parameter.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { iconButton } from "../shell/icons.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { entryOf, isShared, knobsOf, PARTS } from "./knobs.js";
import { createPoints, pointsOf } from "./points.js";
import { chosenPreset, presetsOf } from "./presets.js";
import { changeRemoved, changesOf, presentRate, RATE, turnRate } from "./rates.js";
import { compare, compareNoMore, settingsOf, turn } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./knobs.js").Knob} Knob
 * @typedef {import("../core/resources.js").Answers} Answers
 */

/** @type {Record<State["view"], Knob["group"][]>} */
const GROUPS = { signal: ["network", "data"], training: ["training", "network", "data"] };
// Only a signal is averaged over seeds, and only training takes steps.
/** @type {Record<string, State["view"]>} */
const ONLY = { seeds: "signal", steps: "training" };

/** @param {Readonly<State>} state @param {Knob} knob */
const isThere = ({ view }, { key, group, schema }) =>
  GROUPS[view].includes(group) &&
  (ONLY[key] ?? view) === view &&
  // A text has a control of its own.
  !schema.allows;

/** The rate first: it is what is turned in a lecture. @param {Knob[]} knobs */
const rateFirst = (knobs) => [
  ...knobs.filter(({ key }) => key === RATE),
  ...knobs.filter(({ key }) => key !== RATE),
];

/**
 * @param {HTMLElement} section
 * @param {object} context
 * @param {import("./knobs.js").Catalog} context.catalog
 * @param {import("../core/store.js").Store<State>} context.store
 * @param {{ change(control: string, change: (state: Readonly<State>) => Partial<State>): void }} context.pace
 * @returns {import("../core/panels.js").Panel<{ state: Readonly<State>, answers: Answers }, any>}
 */
export function createSidebar(section, { catalog, store, pace }) {
  const points = createPoints(catalog, store);
  /** @param {Readonly<State>} state */
  const edited = (state) => knobsOf(catalog, state, state.edited);

  /** @param {Readonly<State>} state @param {Knob} knob */
  function controlOf(state, { key, schema, value, touched }) {
    const shared = { name: key, identity: state.edited };
    const presets = presetsOf(catalog, key);
    if (presets) {
      return control({
        ...shared,
        schema: { ...schema, ...presets },
        value: chosenPreset(catalog, edited(state)),
        onInput: (word) => store.update((now) => presets.choose(now, word)),
      });
    }
    if (key === RATE) return rateControl(state, schema, touched);
    return control({
      ...shared,
      schema,
      value,
      touched,
      onInput: (next) => pace.change(key, (now) => turn(now, key, next)),
      onReset: () => store.update((now) => turn(now, key)),
    });
  }

  // The rate of the last steps, and under it where it was changed on the way.
  /** @param {Readonly<State>} state @param {Knob["schema"]} schema @param {boolean} touched */
  function rateControl(state, schema, touched) {
    const knobs = edited(state);
    const changes = changesOf(knobs);
    return html`${control({
      name: RATE,
      identity: state.edited,
      schema,
      value: presentRate(knobs),
      touched: touched || changes.length > 0,
      onInput: (next) => pace.change(RATE, (now) => turnRate(now, edited(now), next)),
      onReset: () => store.update((now) => turnRate(now, edited(now))),
    })}
    ${
      changes.length > 0
        ? html`<ul class="rate-changes">
            ${changes.map(
              ({ step, learning_rate: rate }) => html`<li>
                ${t("signal.change", { rate: quantity(rate, 6), step })}
                ${iconButton({
                  name: "close",
                  label: t("signal.change_remove"),
                  kind: "tiny",
                  onclick: () => store.update((now) => changeRemoved(now, edited(now), step)),
                })}
              </li>`,
            )}
          </ul>`
        : nothing
    }`;
  }

  /** @param {Readonly<State>} state @param {Map<string, Knob["value"]> | null} other @param {Knob} knob */
  function row(state, other, knob) {
    const { key, value } = knob;
    const entry = key in PARTS ? entryOf(catalog, key, value) : null;
    const differs = other !== null && !isShared(key) && other.get(key) !== value;
    const isOfPart = key.includes(".") && key !== RATE;
    return html`<div class="knob ${isOfPart ? "of-part" : ""} ${differs ? "differs" : ""}"
      title=${entry ? localize(entry.summary) : nothing}>${controlOf(state, knob)}</div>`;
  }

  /** @param {Readonly<State>} state */
  function settings(state) {
    if (state.b === null) {
      return html`<button type="button" id="compare" class="text-button primary compare"
        @click=${() => replaced(compare, "setting-B")}>${t("signal.compare")}</button>`;
    }
    return html`<div class="settings">
      <div class="segmented" role="group" aria-label=${t("signal.edited")}>
        ${settingsOf(state).map(
          (letter) => html`<button type="button" id="setting-${letter}" class="setting ${letter}"
            aria-pressed=${letter === state.edited}
            @click=${() => store.update({ edited: letter })}>${t("signal.setting", { letter })}</button>`,
        )}
      </div>
      <button type="button" id="compare-no-more" class="text-button"
        @click=${() => replaced(compareNoMore, "compare")}>${t("signal.compare_no_more")}</button>
    </div>`;
  }

  // The button that opens the comparison gives way to the setting to be changed, and back: the
  // keyboard goes along.
  let next = "";
  /** @param {(state: Readonly<State>) => Partial<State>} change @param {string} id */
  function replaced(change, id) {
    if (section.contains(document.activeElement)) next = id;
    store.update(change);
  }

  return {
    select({ state, answers }) {
      const { a, b, shared, view, edited, language } = state;
      return { a, b, shared, view, edited, language, ...pointsOf(state, answers) };
    },
    show({ refusal, reading, ...props }) {
      const state = /** @type {Readonly<State>} */ (props);
      section.setAttribute("aria-label", t("signal.knobs"));
      section.dataset.edited = state.edited;
      const there = edited(state).filter((knob) => isThere(state, knob));
      const otherLetter = state.edited === "B" ? "A" : "B";
      const other =
        state.b === null
          ? null
          : new Map(knobsOf(catalog, state, otherLetter).map(({ key, value }) => [key, value]));
      render(
        html`${settings(state)}
        ${repeat(
          GROUPS[state.view],
          (name) => name,
          (name) => html`<section class="card knobs group-${name}">
            <h2>${t(`signal.group.${name}`)}</h2>
            ${repeat(
              rateFirst(there.filter(({ group }) => group === name)),
              ({ key }) => key,
              (knob) =>
                html`${row(state, other, knob)}${
                  knob.key === "dataset" ? points(state, refusal, reading) : nothing
                }`,
            )}
          </section>`,
        )}`,
        section,
      );
      if (next) document.getElementById(next)?.focus({ preventScroll: true });
      next = "";
    },
  };
}
