// What is compared: surfaces, runs, the budget, and whether rates are tuned.

import { choice } from "../forms/choice.js";
import { numberInput } from "../forms/number.js";
import { t } from "../i18n/i18n.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { createRunsCard } from "./runs_card.js";
import { MOST_STARTS, TARGET, TUNED } from "./state.js";
import { createSurfacesCard } from "./surfaces_card.js";

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
  const surfaces = createSurfacesCard({ catalog, store });
  const runs = createRunsCard({ catalog, store });

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
    <div class="choice"><label for="board-target">${t("scoreboard.target")}</label>
      ${numberInput({
        id: "board-target",
        label: t("scoreboard.target"),
        schema: /** @type {any} */ ({ type: "number", ...TARGET }),
        value: state.target,
        onInput: (target) => store.update({ target }),
      })}</div>
    ${choice({
      id: "board-tuned",
      title: t("scoreboard.rates"),
      value: state.tuned,
      options: TUNED.map((value) => ({ value, title: t(`scoreboard.tuned.${value}`) })),
      onInput: (value) => store.update({ tuned: /** @type {State["tuned"]} */ (value) }),
    })}
    ${number(state, "seed", 0, 2 ** 32 - 1)}
    <p class="hint">${t("scoreboard.terms_help")}</p></section>`;

  return {
    select: ({ state, theme, answers: { scoreboard } }) => ({
      state,
      theme,
      error: scoreboard.status === "refused" ? scoreboard.error : null,
    }),
    /** @param {{ state: State, theme: "light" | "dark", error: unknown }} props */
    show(props) {
      section.hidden = false;
      render(html`${surfaces(props)}${runs(props)}${terms(props.state)}`, section);
    },
  };
}
