// On what runs are compared: surfaces by tag or one by one, and formulas of one's own.

import { toggle } from "../forms/choice.js";
import { formulaField } from "../forms/formula.js";
import { group } from "../forms/group.js";
import { localize, t } from "../i18n/i18n.js";
import { formulaTold } from "../runs/formula.js";
import { leadOn } from "../shell/focus.js";
import { icon } from "../shell/icons.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { refusalOf } from "./resources.js";
import {
  chosenOf,
  isTyped,
  MOST_FORMULAS,
  picked,
  tagsOf,
  withGoal,
  withUnknown,
} from "./state.js";

/** @typedef {import("./state.js").State} State */

/** What a new formula begins as. */
const FIRST = "x^4 + y^2 + x*y";

/**
 * @param {object} options
 * @param {import("../api/answers.js").Catalog} options.catalog
 * @param {import("../core/store.js").Store<State>} options.store
 */
export function createSurfacesCard({ catalog, store }) {
  const { surfaces, limits } = catalog;
  const everyTag = tagsOf(surfaces, true);

  /** @param {string} tag */
  const toggled = (tag) =>
    store.update(({ tags }) => {
      const next = tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag];
      return { tags: everyTag.filter((one) => next.includes(one)), only: null };
    });

  /** @param {State} state @param {string} tag */
  const tagButton = ({ tags }, tag) => html`<button type="button" class="text-button tag"
      data-tag=${tag} aria-pressed=${String(tags.includes(tag))}
      @click=${() => toggled(tag)}>${t(`tag.${tag}`)}</button>`;

  /** @param {State} state */
  function oneByOne(state) {
    const chosen = chosenOf(state, surfaces);
    const isLast = chosen.length === 1 && !state.formulas.some(isTyped);
    return group({
      name: "scoreboard-surfaces",
      title: t("scoreboard.one_by_one"),
      value: String(chosen.length),
      content: html`<ul class="compared-list">${withGoal(surfaces, true).map(
        ({ id, title, minima_known: known }) => html`<li><label class="compared">
          <input type="checkbox" data-surface-choice=${id} .checked=${live(chosen.includes(id))}
            ?disabled=${isLast && chosen[0] === id}
            @change=${() => store.update((now) => picked(now, id, surfaces))}>
          <span>${localize(title)}${known === "none" ? " *" : ""}</span></label></li>`,
      )}</ul>`,
    });
  }

  // While one is typed nothing may be there to compare; without it there is again.
  /** @param {number} at */
  const remove = (at) =>
    store.update((state) => {
      const formulas = state.formulas.filter((_, i) => i !== at);
      const isAny = formulas.some(isTyped) || chosenOf(state, surfaces).length > 0;
      return isAny ? { formulas } : { formulas, only: null };
    });

  /** @param {string} id */
  const found = (id) => document.getElementById(id);

  /** @param {State} state @param {unknown} error */
  function formulas(state, error) {
    const refusal = refusalOf(state, catalog, error);
    return html`${state.formulas.map(
      (text, i) => html`<div class="own-formula">${formulaField({
        id: `formula-${i + 1}`,
        value: text,
        before: "f(x, y) =",
        label: t("scoreboard.formula", { n: i + 1 }),
        maxlength: limits.formula,
        error: refusal?.at === i ? refusal.detail : null,
        say: formulaTold,
        onInput: (typed) =>
          store.update((now) => ({
            formulas: now.formulas.map((one, at) => (at === i ? typed : one)),
          })),
      })}<button type="button" class="icon-button small" title=${t("scoreboard.formula_remove", { n: i + 1 })}
        aria-label=${t("scoreboard.formula_remove", { n: i + 1 })}
        @click=${(/** @type {Event} */ { currentTarget }) =>
          leadOn(
            currentTarget,
            () => remove(i),
            () => found("add-formula"),
          )}>${icon("close")}</button></div>`,
    )}
    ${
      state.formulas.length < MOST_FORMULAS
        ? html`<button type="button" class="text-button" id="add-formula"
            @click=${() => {
              store.update((now) => ({ formulas: [...now.formulas, FIRST] }));
              const id = `formula-${store.get().formulas.length}`;
              // Once it is there.
              requestAnimationFrame(() => found(id)?.focus());
            }}>${t("scoreboard.formula_add")}</button>`
        : nothing
    }`;
  }

  /** @param {{ state: State, error: unknown }} props */
  return ({ state, error }) => html`<section class="card">
    <div class="card-head"><h2>${t("scoreboard.surfaces")}</h2></div>
    <div class="tags" role="group" aria-label=${t("scoreboard.surfaces")}>
      <button type="button" class="text-button tag" id="all-surfaces"
        aria-pressed=${String(state.tags.length === 0 && state.only === null)}
        @click=${() => store.update({ tags: [], only: null })}>${t("scoreboard.all")}</button>
      ${tagsOf(surfaces, state.unknown).map((tag) => tagButton(state, tag))}
    </div>
    ${toggle({
      id: "board-unknown",
      title: t("scoreboard.also_unknown"),
      hint: t("scoreboard.unknown"),
      value: state.unknown,
      onInput: (unknown) =>
        store.update((now) => ({ ...withUnknown(now, unknown, surfaces), only: null })),
    })}
    ${oneByOne(state)}${formulas(state, error)}</section>`;
}
