// The pictures of one setting, or of two side by side on the same axes.

import { h } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { createBars, METRICS, rangeOf } from "./bars.js";
import { nameOf } from "./difference.js";
import { createMeasured, isAwaited } from "./measured.js";
import { createNumbers } from "./numbers.js";
import { createReadout } from "./readout.js";
import { SHOWN, settingsOf } from "./state.js";
import { legend, legendOfDistributions, sentence, source } from "./theory.js";
import { createViolins, DISTRIBUTIONS, rangeOfDistribution } from "./violins.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./answers.js").SignalAnswer} SignalAnswer
 * @typedef {import("./measured.js").Measured} Measured
 * @typedef {import("./picture.js").Choosing} Choosing
 * @typedef {import("./picture.js").Picture<any>} Picture Its axis is that of its own kind.
 * @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model
 */

/** @type {Partial<Record<State["show"], (answers: SignalAnswer[]) => Element[]>>} */
const LEGENDS = { norms: legend, distributions: legendOfDistributions };

/**
 * What every setting has a picture of.
 *
 * @typedef {object} Kind
 * @property {string} id
 * @property {(choosing: Choosing) => Picture} create
 * @property {(answers: SignalAnswer[]) => unknown} rangeOf The axis that the settings share.
 */

/** @type {Partial<Record<State["show"], Kind[]>>} */
const KINDS = {
  norms: METRICS.map((metric) => ({
    id: metric.id,
    create: (choosing) => createBars(metric, choosing),
    rangeOf: (answers) => rangeOf(metric, answers),
  })),
  distributions: DISTRIBUTIONS.map((distribution) => ({
    id: distribution.id,
    create: (choosing) => createViolins(distribution, choosing),
    rangeOf: (answers) => rangeOfDistribution(distribution, answers),
  })),
};

/**
 * @param {HTMLElement} section
 * @param {object} context
 * @param {import("./knobs.js").Catalog} context.catalog
 * @param {import("./resources.js").Questions} context.questions
 * @param {{ layer: (layer: number) => void, show: (show: State["show"]) => void }} context.on
 * @returns {import("../core/panels.js").Panel<Model, any>[]}
 */
export function createStage(section, { catalog, questions, on }) {
  const head = h("div", { class: "stage-head" });
  const columns = h("div", { class: "columns" });
  const charts = h("div", { class: "charts" });
  const foot = h("div", { class: "card readout-card" });
  const spinner = h("div", { class: "spinner", role: "status" });
  section.replaceChildren(spinner, head, columns, charts, foot);
  const measuredNow = createMeasured(questions);
  const readout = createReadout(foot, { onLayer: on.layer });
  /** @type {Choosing} */
  const choosing = {
    onLayer: on.layer,
    onNumbers: () => on.show("numbers"),
    // What is pointed at is shown for as long as it is.
    onHover: (layer) => mark(layer ?? chosen),
  };
  let chosen = 1;
  /** Pictures live as long as what they show stays: `${setting} ${what}` → picture.
   * @type {Map<string, Picture>} */
  let pictures = new Map();
  let laid = "";

  /** @param {number} layer */
  function mark(layer) {
    for (const picture of pictures.values()) picture.mark(layer);
    readout.mark(layer);
  }

  /** @param {Measured["settings"]} settings */
  function lay({ show, b }) {
    const letters = settingsOf({ b });
    if (laid === `${show} ${letters.length}`) return;
    laid = `${show} ${letters.length}`;
    pictures = new Map(
      (KINDS[show] ?? []).flatMap(({ id, create }) =>
        letters.map((letter) => [`${letter} ${id}`, create(choosing)]),
      ),
    );
    for (const [key, { element }] of pictures) {
      element.classList.add(`of-${key[0]}`);
      element.dataset.kind = key.slice(2);
    }
    charts.replaceChildren(...[...pictures.values()].map(({ element }) => element));
    section.dataset.show = show;
    section.dataset.settings = String(letters.length);
  }

  /** @param {State["show"]} show @param {SignalAnswer[]} answers */
  function showHead(show, answers) {
    render(
      html`
        <div class="segmented" role="group" aria-label=${t("signal.shown")}>
          ${SHOWN.map(
            (one) => html`<button type="button" id="show-${one}" aria-pressed=${one === show}
              @click=${() => on.show(one)}>${t(`signal.show.${one}`)}</button>`,
          )}
        </div>
        <div class="legend">${LEGENDS[show]?.(answers) ?? nothing}</div>
        ${show === "distributions" ? nothing : (source(answers) ?? nothing)}
      `,
      head,
    );
  }

  /** @param {Measured} measured */
  function showColumns({ settings, answers }) {
    const letters = settingsOf(settings);
    render(
      answers.map(
        (answer, index) => html`<div class="column of-${letters[index]}">
          <h2>
            ${letters.length > 1 ? html`<span class="letter">${letters[index]}</span>` : nothing}
            ${nameOf(catalog, settings, letters[index])}
          </h2>
          <p class="hint">
            ${t("signal.about", {
              count: answer.parameters,
              loss:
                answer.loss.mean === null ? t("signal.not_finite") : quantity(answer.loss.mean, 3),
            })}
            ${sentence(answer)}
          </p>
        </div>`,
      ),
      columns,
    );
  }

  /** @param {Measured} measured @param {number} depth */
  function showPictures({ settings, answers }, depth) {
    for (const { id, rangeOf } of KINDS[settings.show] ?? []) {
      const shared = { depth, layer: chosen, range: rangeOf(answers) };
      answers.forEach((answer, index) =>
        pictures.get(`${settingsOf(settings)[index]} ${id}`)?.show({ ...shared, answer }),
      );
    }
  }

  /** @param {Measured} measured */
  function showMeasured(measured) {
    const { settings, answers } = measured;
    lay(settings);
    const depth = Math.max(...answers.map(({ layers }) => layers.length));
    showHead(settings.show, answers);
    showColumns(measured);
    if (settings.show === "numbers") {
      charts.replaceChildren(
        ...answers.map((answer, index) => createNumbers(answer, settingsOf(settings)[index])),
      );
    } else showPictures(measured, depth);
    readout.show({
      depth,
      layer: chosen,
      settings: answers.map((answer, index) => ({
        answer,
        letter: settingsOf(settings)[index],
        name: nameOf(catalog, settings, settingsOf(settings)[index]),
      })),
    });
  }

  return [
    {
      select: ({ state, answers }) => ({ awaited: isAwaited(questions, state, answers) }),
      show: ({ awaited }) => section.classList.toggle("waiting", awaited),
    },
    {
      select: ({ state, answers }) => {
        const { language, large } = state;
        return { measured: measuredNow(state, answers), language, large };
      },
      show({ measured }) {
        section.setAttribute("aria-label", t("signal.view.signal"));
        spinner.setAttribute("aria-label", t("waiting"));
        section.classList.toggle("refused", measured === null);
        if (measured === null) return;
        showMeasured(measured);
        const { dataset } = document.body;
        dataset.revision = String(Number(dataset.revision) + 1);
      },
    },
    {
      select: ({ state }) => ({ layer: state.layer }),
      show({ layer }) {
        chosen = layer;
        mark(layer);
      },
    },
  ];
}
