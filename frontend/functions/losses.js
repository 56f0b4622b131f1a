// The same points, three losses: what each point costs, how it is pulled, and on which curve.

import { h } from "../core/dom.js";
import { selector } from "../core/selectors.js";
import { localize, t } from "../i18n/i18n.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { createBars } from "./bars.js";
import { createCurves } from "./curves.js";
import { createPoints } from "./points.js";
import { CURVES } from "./resources.js";
import { MODE_NAMES, MODES, pointsOf, selectedOf } from "./state.js";
import { createWords } from "./words.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Mode} Mode
 * @typedef {import("./main.js").Model} Model
 * @typedef {import("./resources.js").LossesOfPoints} LossesOfPoints
 * @typedef {import("./curves.js").Place} Place
 */

/** @typedef {{ mode: Mode, points: import("./state.js").Pair[], selected: number }} PointsScene */

/**
 * What the address of each point is on a curve: by its prediction, or by how far it misses.
 *
 * @param {LossesOfPoints} answer
 * @returns {Place[]}
 */
const placesOf = ({ mode, points, losses }) =>
  points.map(([target, at], i) => ({
    number: i + 1,
    at: mode === "classes" ? at : at - target,
    target,
    costs: Object.fromEntries(
      Object.entries(losses).flatMap(([id, loss]) => (loss?.each ? [[id, loss.each[i]]] : [])),
    ),
  }));

/**
 * @param {LossesOfPoints} answer
 * @param {import("./resources.js").Curves} known
 * @returns {import("./curves.js").CurvePane[]}
 */
function panesOf(answer, { curves }) {
  const isClasses = answer.mode === "classes";
  const places = placesOf(answer);
  return CURVES[answer.mode].map(({ target }, k) => ({
    curve: curves[k],
    title: isClasses ? `y = ${target}` : "",
    xTitle: t(isClasses ? "functions.by_prediction" : "functions.by_miss"),
    places: isClasses ? places.filter((one) => one.target === target) : places,
  }));
}

/**
 * @param {HTMLElement} section
 * @param {object} options
 * @param {readonly import("../api/answers.js").LossEntry[]} options.losses
 * @param {import("../core/store.js").Store<State>} options.store
 * @param {{ change(control: string, change: (state: Readonly<State>) => Partial<State>): void,
 *   release(): void }} options.pace
 * @returns {import("../core/panels.js").Panel<Model, any>[]}
 */
export function createLosses(section, { losses, store, pace }) {
  const ids = losses.map(({ id }) => id);
  const titles = new Map(losses.map(({ id, title }) => [id, title]));
  /** @param {string} id */
  const titleOf = (id) => localize(titles.get(id));

  /** @param {number} index @param {number} at @returns {(state: Readonly<State>) => Partial<State>} */
  const moved = (index, at) => (state) => ({
    point: index + 1,
    [state.mode]: pointsOf(state).map((pair, i) => (i === index ? [pair[0], at] : pair)),
  });
  const points = createPoints({
    select: (point) => store.update({ point }),
    move: (index, at) => store.update(moved(index, at)),
    drag: (index, at) => pace.change("point", moved(index, at)),
    drop: () => pace.release(),
  });
  const bars = losses.map((entry) => ({ entry, bars: createBars(entry) }));
  const curves = createCurves(ids, titleOf);
  const words = createWords(ids, titleOf);
  const head = h("div", { class: "points-head" });
  const chosen = h("p", { class: "chosen", "aria-live": "polite" });
  section.replaceChildren(
    h(
      "div",
      { class: "given" },
      h("section", { class: "card points-card" }, head, points.element, chosen),
      words.element,
    ),
    h(
      "div",
      { class: "costs" },
      h(
        "div",
        { class: "losses-row" },
        bars.map((one) => one.bars.element),
      ),
      curves.element,
    ),
  );

  /** @param {Mode} current */
  const headOf = (current) => html`
    <div class="card-head">
      <div class="segmented" role="group" aria-label=${t("functions.mode")}>
        ${MODE_NAMES.map(
          (mode) => html`<button type="button" id=${`mode-${mode}`} data-mode=${mode}
            aria-pressed=${String(mode === current)}
            @click=${() => store.update({ mode })}>${t(`functions.mode.${mode}`)}</button>`,
        )}
      </div>
      <button type="button" class="text-button" id="points-reset"
        @click=${() => store.update({ [current]: MODES[current].points, point: MODES[current].points.length })}
        >${t("functions.reset")}</button>
    </div>
    <p class="hint points-key">
      <span class="key-target"></span><span>${t("functions.target")}</span>
      <span class="key-prediction"></span><span>${t("functions.drag")}</span>
    </p>`;

  /** @param {PointsScene} scene */
  function showPoints(scene) {
    const [target, at] = scene.points[scene.selected - 1];
    section.setAttribute("aria-label", t("functions.losses"));
    render(headOf(scene.mode), head);
    points.show(scene);
    chosen.textContent = t("functions.chosen", { n: scene.selected, target, at });
  }

  const scene = selector(
    (/** @type {Model} */ { state, answers }) => [
      answers.losses.value,
      answers.curves.value,
      selectedOf(state),
      state.language,
    ],
    (
      /** @type {LossesOfPoints | null} */ answer,
      /** @type {import("./resources.js").Curves | null} */ known,
      selected,
      _,
    ) =>
      answer === null || known === null
        ? null
        : { mode: answer.mode, selected, panes: panesOf(answer, known) },
  );
  /** @param {Model} model */
  const shared = ({ state }) => ({
    selected: selectedOf(state),
    language: state.language,
    large: state.large,
  });

  return [
    {
      select: (model) => ({
        ...shared(model),
        mode: model.state.mode,
        points: pointsOf(model.state),
      }),
      show: showPoints,
    },
    ...bars.map(({ entry, bars: { show } }) => ({
      /** @param {Model} model */
      select: (model) => ({
        ...shared(model),
        loss: model.answers.losses.value?.losses[entry.id],
      }),
      show,
    })),
    {
      select: (model) => ({ ...shared(model), scene: scene(model) }),
      show: (props) => curves.show(props.scene),
    },
    {
      select: (model) => ({ ...shared(model), answer: model.answers.losses.value }),
      show: words.show,
    },
    {
      select: (model) => {
        const shown = scene(model);
        return shown && { shown };
      },
      show() {
        section.dataset.revision = String(Number(section.dataset.revision) + 1);
      },
    },
  ];
}
