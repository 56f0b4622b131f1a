// What is compared: surfaces by tag, optimizers, the budget, and whether rates are tuned.

import { runStyle } from "../charts/palette.js";
import { swatch } from "../charts/swatch.js";
import { choice, toggle } from "../forms/choice.js";
import { group } from "../forms/group.js";
import { numberInput } from "../forms/number.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { LECTURE, MOST_STARTS, steppingOf, TARGETS, TUNED, tagsOf, withUnknown } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./main.js").Model} Model */

/**
 * @param {HTMLElement} section
 * @param {object} options
 * @param {import("../api/answers.js").Catalog} options.catalog
 * @param {import("../core/store.js").Store<State>} options.store
 * @returns {import("../core/panels.js").Panel<Model, any>}
 */
export function createControls(section, { catalog, store }) {
  const { limits } = catalog;
  const optimizers = steppingOf(catalog.optimizers);
  const everyTag = tagsOf(catalog.surfaces, true);

  /** @param {"tags" | "runs"} name @param {string[]} order @param {string} word */
  const toggled = (name, order, word) =>
    store.update((state) => {
      const chosen = new Set(state[name]);
      if (!chosen.delete(word)) chosen.add(word);
      const next = order.filter((one) => chosen.has(one));
      const isPossible = name === "tags" || (next.length > 0 && next.length <= limits.runs);
      return isPossible ? { [name]: next } : {};
    });

  /** @param {State} state @param {string} tag */
  const tagButton = (state, tag) => html`<button type="button" class="text-button tag"
      data-tag=${tag} aria-pressed=${String(state.tags.includes(tag))}
      @click=${() => toggled("tags", everyTag, tag)}>${t(`tag.${tag}`)}</button>`;

  const surfaces = (/** @type {State} */ state) => html`<section class="card">
    <div class="card-head"><h2>${t("scoreboard.surfaces")}</h2></div>
    <div class="tags" role="group" aria-label=${t("scoreboard.surfaces")}>
      <button type="button" class="text-button tag" id="all-surfaces"
        aria-pressed=${String(state.tags.length === 0)}
        @click=${() => store.update({ tags: [] })}>${t("scoreboard.all")}</button>
      ${tagsOf(catalog.surfaces, state.unknown).map((tag) => tagButton(state, tag))}
    </div>
    ${toggle({
      id: "board-unknown",
      title: t("scoreboard.also_unknown"),
      hint: t("scoreboard.unknown"),
      value: state.unknown,
      onInput: (unknown) => store.update((state) => withUnknown(state, unknown, catalog.surfaces)),
    })}</section>`;

  /** @param {{ state: State, theme: "light" | "dark" }} props
   * @param {import("../api/answers.js").OptimizerEntry} entry */
  function box({ state, theme }, { id, title }) {
    const at = state.runs.indexOf(id);
    return html`<li><label class="compared">
      <input type="checkbox" data-optimizer=${id} .checked=${live(at >= 0)}
        @change=${() => {
          toggled(
            "runs",
            optimizers.map((one) => one.id),
            id,
          );
          // The last one stays.
          panel.show({ ...props(store.get(), theme) });
        }}>
      ${at < 0 ? "" : guard([at, theme], () => swatch(runStyle(at, theme), { compact: true }))}
      <span>${localize(title)}</span></label></li>`;
  }

  const runs = (/** @type {any} */ shown) => {
    const [lecture, others] = [true, false].map((is) =>
      optimizers.filter(({ id }) => LECTURE.includes(id) === is),
    );
    const chosen = others.filter(({ id }) => shown.state.runs.includes(id)).length;
    return html`<section class="card">
      <div class="card-head"><h2>${t("scoreboard.runs")}</h2></div>
      <ul class="compared-list">${lecture.map((one) => box(shown, one))}</ul>
      ${group({
        name: "scoreboard-others",
        title: t("scoreboard.others"),
        value: chosen > 0 ? String(chosen) : null,
        content: html`<ul class="compared-list">${others.map((one) => box(shown, one))}</ul>`,
      })}</section>`;
  };

  /** @param {State} state @param {"steps" | "starts" | "seed"} name @param {number} minimum
   * @param {number} maximum */
  const number = (state, name, minimum, maximum) => html`<div class="choice">
    <label for=${`board-${name}`}>${t(`scoreboard.${name}`)}</label>
    ${numberInput({
      id: `board-${name}`,
      label: t(`scoreboard.${name}`),
      schema: /** @type {any} */ ({ type: "integer", minimum, maximum }),
      value: state[name],
      onInput: (value) => store.update({ [name]: value }),
    })}</div>`;

  const terms = (/** @type {State} */ state) => html`<section class="card">
    <div class="card-head"><h2>${t("scoreboard.terms")}</h2></div>
    ${number(state, "steps", 2, limits.steps)}
    ${number(state, "starts", 1, MOST_STARTS)}
    ${choice({
      id: "board-target",
      title: t("scoreboard.target"),
      value: state.target,
      options: TARGETS.map((value) => ({ value, title: quantity(value, 2) })),
      onInput: (value) => store.update({ target: Number(value) }),
    })}
    ${choice({
      id: "board-tuned",
      title: t("scoreboard.rates"),
      value: state.tuned,
      options: TUNED.map((value) => ({ value, title: t(`scoreboard.tuned.${value}`) })),
      onInput: (value) => store.update({ tuned: /** @type {State["tuned"]} */ (value) }),
    })}
    ${number(state, "seed", 0, 2 ** 32 - 1)}
    <p class="hint">${t("scoreboard.terms_help")}</p></section>`;

  const props = (/** @type {Readonly<State>} */ state, /** @type {"light" | "dark"} */ theme) => ({
    ...{ state, theme, language: state.language },
  });
  const panel = {
    select: (/** @type {Model} */ { state, theme }) => props(state, theme),
    /** @param {any} shown */
    show(shown) {
      section.hidden = false;
      render(html`${surfaces(shown.state)}${runs(shown)}${terms(shown.state)}`, section);
    },
  };
  return panel;
}
