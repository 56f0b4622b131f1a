// Where the paths begin: a list with coordinates to type, and the race's length, seed and precision.

import { toggle } from "../../forms/choice.js";
import { numberInput } from "../../forms/number.js";
import { t } from "../../i18n/i18n.js";
import { icon } from "../../shell/icons.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";
import { namesOf } from "../state.js";
import { part } from "./fields.js";
import { addStart, another, putStart, removeStart } from "./moving.js";
import { createRowFocus, removedByKey } from "./rows.js";

const SEEDS = 2 ** 32 - 1;
const NAME = { en: "", ru: "" };

/** @typedef {import("./types.js").State} State */
/** With what the two coordinates are called. @typedef {State & { names: [string, string] }} Named */

/**
 * @param {HTMLElement} section
 * @param {import("./types.js").Tools} tools
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>}
 */
export function createStarts(section, { catalog, store }) {
  const { limits } = catalog;
  const focus = createRowFocus(section, ".start-name");
  const fields = part([
    "surface",
    "starts",
    "selectedStart",
    "steps",
    "seed",
    "precision",
    "runs",
    "language",
  ]);
  const within = { minimum: -limits.coordinate, maximum: limits.coordinate, titles: NAME };
  const ofSteps = { type: "integer", minimum: 1, maximum: limits.steps, titles: NAME };
  const ofSeeds = { type: "integer", minimum: 0, maximum: SEEDS, titles: NAME };

  /** @param {Named} state @param {number} index @param {number} axis */
  function coordinate({ starts, names }, index, axis) {
    return html`<div class="coordinate"><span class="axis">${names[axis]}</span>${numberInput({
      id: `start-${index}-${"xy"[axis]}`,
      label: t("starts.coordinate", { axis: names[axis], n: index + 1 }),
      schema: within,
      value: starts[index][axis],
      identity: `${starts.length}`,
      start: index,
      axis: "xy"[axis],
      onInput: (value) =>
        store.update((now) => {
          const point = [...now.starts[index]];
          point[axis] = value;
          return putStart(now, index, point);
        }),
    })}</div>`;
  }

  function add() {
    store.update((state) => {
      return addStart(state, another(state.starts), limits.starts);
    });
  }

  /** @param {Named} state @param {number} index */
  function row(state, index) {
    const isSelected = index === state.selectedStart;
    const remove = () => {
      focus.leaving(index);
      store.update((now) => removeStart(now, index));
    };
    const label = t("starts.remove", { n: index + 1 });
    return html`<li class=${`start${isSelected ? " selected" : ""}`} @keydown=${removedByKey(remove)}>
      <button type="button" class="start-name" aria-pressed=${String(isSelected)}
        aria-label=${t("starts.one", { n: index + 1 })}
        @click=${() => store.update({ selectedStart: index })}>${index + 1}</button>
      ${coordinate(state, index, 0)}${coordinate(state, index, 1)}
      ${
        state.starts.length > 1
          ? html`<button type="button" class="icon-button small" title=${label} aria-label=${label}
              @click=${remove}>${icon("close")}</button>`
          : nothing
      }
    </li>`;
  }

  /** @param {State} state */
  function race({ steps, seed, precision, runs }) {
    // Where nothing is random the seed does nothing.
    const isRandom = runs.some((/** @type {any} */ run) => run.noise > 0 || run.batch !== null);
    return html`<div class="race">
      <div class="race-field"><label for="steps">${t("steps.label")}</label>${numberInput({
        id: "steps",
        label: t("steps.label"),
        schema: ofSteps,
        value: steps,
        onInput: (value) => store.update({ steps: value }),
      })}</div>
      <div class="race-field"><label for="seed">${t("seed.label")}</label>${numberInput({
        id: "seed",
        label: t("training.seed"),
        hint: isRandom ? t("training.seed") : t("training.seed_idle"),
        disabled: !isRandom,
        schema: ofSeeds,
        value: seed,
        onInput: (value) => store.update({ seed: value }),
      })}</div>
      ${toggle({
        id: "float32",
        title: "float32",
        hint: t("precision.help"),
        value: precision === "float32",
        onInput: (is) => store.update({ precision: is ? "float32" : "float64" }),
      })}
    </div>`;
  }

  return {
    select: ({ state }) => ({ state: fields(state) }),
    show({ state: given }) {
      const state = { ...given, names: namesOf(catalog, store.get()) };
      const label = t("starts.add");
      render(
        html`<div class="card-head">
            <h2 title=${t("starts.hint")}>${t("starts.title")}</h2>
            <button type="button" class="icon-button small" id="add-start" title=${label} aria-label=${label}
              ?disabled=${state.starts.length >= limits.starts} @click=${add}>${icon("plus")}</button>
          </div>
          <ul>${state.starts.map((/** @type {unknown} */ _, /** @type {number} */ index) => row(state, index))}</ul>
          ${race(state)}`,
        section,
      );
      focus.shown();
    },
  };
}
