// The training's panels: its bar, how far it is, what came of it or what it begins with, the step.

import { h } from "../../core/dom.js";
import { isSameList, selector } from "../../core/selectors.js";
import { themeOf } from "../../shell/appearance.js";
import { nameOf } from "../difference.js";
import { onward } from "../rates.js";
import { answersOf } from "../resources.js";
import { settingsOf } from "../state.js";
import { createBar } from "./bar.js";
import { isStale, phaseOf } from "./course.js";
import { createProgress } from "./progress.js";
import { createResults } from "./results.js";

/**
 * @typedef {import("../state.js").State} State
 * @typedef {import("../state.js").Settings} Settings
 * @typedef {import("../state.js").Letter} Letter
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("../state.js").Asked} Asked
 * @typedef {import("../state.js").Trained} Trained
 * @typedef {import("./asking.js").Course} Course
 * @typedef {{ state: Readonly<State>, answers: import("../../core/resources.js").Answers }} Model
 */

/**
 * The same list for as long as its items are the same.
 *
 * @template T
 * @returns {(items: T[]) => T[]}
 */
function steady() {
  /** @type {T[]} */
  let known = [];
  return (items) => (known = isSameList(known, items) ? known : items);
}

/**
 * What stands under the bar: what was trained, or `looks` at what would be in `steps` steps.
 *
 * @typedef {object} Shown
 * @property {readonly Trained[]} trained
 * @property {Run[]} looks
 * @property {string[]} labels
 * @property {number} steps
 * @property {import("../../charts/palette.js").Theme} theme
 *
 * @typedef {Pick<State, "language"> & { asked: readonly Asked[], one: Course | null,
 *   other: Course | null }} UnderWay
 */

/** How many steps there would be. @param {string[]} bodies */
const stepsOf = ([body]) => (body ? JSON.parse(body).steps : 1);

/**
 * @param {HTMLElement} section
 * @param {object} context
 * @param {import("../knobs.js").Catalog} context.catalog
 * @param {import("../resources.js").Questions} context.questions
 * @param {ReturnType<import("./course.js").createCourse>} context.course
 * @param {{ start: () => void, goOn: () => void, cancel: () => void }} context.on
 */
export function createTraining(section, { catalog, questions, course, on }) {
  const bar = h("div", { class: "card training-bar" });
  const spoken = h("p", { class: "for-screen-readers", role: "status" });
  const watching = h("div", { class: "training-progress", hidden: true });
  const stage = h("div", { class: "trained-stage" });
  const player = h("div", { class: "player trained-player", hidden: true });
  section.replaceChildren(bar, spoken, watching, stage, player);
  Object.assign(section.dataset, { state: "idle", revision: 0, step: 0, stale: false });

  /** @param {Settings} settings @param {Letter} letter */
  const labelOf = (settings, letter) => nameOf(catalog, { ...settings, view: "training" }, letter);

  const shownBar = createBar(bar, on);
  /** @type {ReturnType<typeof createResults> | null} */
  let results = null;
  // Whether the histograms and the numbers are open, for this run and for the next one.
  const fold = { isOpen: true, numbers: { isOpen: false } };
  /** @type {ReturnType<typeof steady<Run>>} */
  const looksOf = steady();
  /** @type {ReturnType<typeof steady<string>>} */
  const labelsOf = steady();
  const onwardOf = selector(
    (/** @type {Readonly<State>} */ { a, b, shared, trained }) => [a, b, shared, trained],
    (a, b, shared, trained) => onward(catalog, { a, b, shared, trained }),
  );
  /** @type {readonly Trained[]} */
  let told = [];

  /** @type {import("../../core/panels.js").Panel<Model, any>[]} */
  const panels = [
    {
      select({ state, answers }) {
        const settings = questions.settings(state);
        return {
          phase: phaseOf(state, answers, settings),
          isEmpty: questions.training(state).length === 0,
          stale: isStale(state, settings),
          cancelledAt: state.cancelled?.step ?? 0,
          onward: onwardOf(state),
          language: state.language,
        };
      },
      show(props) {
        section.dataset.state = props.phase;
        section.dataset.stale = String(props.stale);
        shownBar.show(props);
      },
    },
    progressPanel(watching, labelOf),
    {
      // What was trained; before that, each network as it stands at the start.
      select({ state, answers }) {
        const { trained, language, large, a, b, shared } = state;
        const isLook = trained.length === 0;
        const found = isLook ? answersOf(answers, "look", questions.look(state)) : [];
        const labels = isLook
          ? settingsOf(state).map((letter) => labelOf({ a, b, shared }, letter))
          : trained.map(({ settings, letter }) => labelOf(settings, letter));
        return {
          trained,
          looks: looksOf(found.every(({ value }) => value) ? found.map(({ value }) => value) : []),
          labels: labelsOf(labels),
          steps: isLook ? stepsOf(questions.training(state)) : 0,
          theme: themeOf(state),
          language,
          large,
        };
      },
      /** @param {Shown} props */
      show({ trained, looks, labels, steps, theme }) {
        const runs =
          trained.length > 0
            ? trained.map(({ run }) => run)
            : looks.map((look) => ({ ...look, asked: steps }));
        results = null;
        if (runs.length === 0) {
          stage.replaceChildren();
          return;
        }
        results = createResults(
          runs.map((run, index) => ({
            run,
            label: labels[index] ?? "",
            key: trained[index]?.letter ?? settingsOf({ b: {} })[index],
          })),
          { theme, fold, onSeek: course.clock.seek },
        );
        const { scrollTop } = stage;
        stage.replaceChildren(results.element);
        results.layout();
        stage.scrollTop = scrollTop;
        if (trained === told || trained.length === 0) return;
        told = trained;
        spoken.textContent = results.outcome;
        section.dataset.revision = String(Number(section.dataset.revision) + 1);
      },
    },
    {
      select: ({ state }) => ({ step: state.clock.step, trained: state.trained, results }),
      show({ step }) {
        results?.draw(step);
        section.dataset.step = String(step);
      },
    },
  ];
  return { player, panels };
}

/**
 * How far each of those that are trained is.
 *
 * @param {HTMLElement} section
 * @param {(settings: Settings, letter: Letter) => string} labelOf
 * @returns {import("../../core/panels.js").Panel<Model, UnderWay>}
 */
function progressPanel(section, labelOf) {
  /** @type {ReturnType<typeof createProgress>[]} */
  let rows = [];
  /** @type {unknown[]} */
  let shown = [];
  return {
    select({ state: { asked, language }, answers }) {
      if (asked === null) return null;
      const [one, other] = asked.map(({ letter }) => answers[`training.${letter}`]);
      if ([one, other].some((answer) => answer?.status === "refused")) return null;
      return { asked, language, one: one.value, other: other?.value ?? null };
    },
    show({ asked, language, one, other }) {
      section.hidden = false;
      if (!isSameList(shown, [asked, language])) {
        shown = [asked, language];
        rows = asked.map(({ settings, letter }, index) =>
          createProgress(labelOf(settings, letter), index === 0 ? "first" : "second"),
        );
        section.replaceChildren(...rows.map((row) => row.element));
      }
      [one, other].forEach((course, index) => {
        if (course) rows[index]?.show(course);
      });
    },
    hide() {
      section.hidden = true;
    },
  };
}
