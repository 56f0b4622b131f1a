// Wires the Signal page: state → resources → panels. Panels know nothing of each other.

import { isPlayedOn } from "../core/clock.js";
import { element } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { createSceneAddress } from "../scenes/address.js";
import { isHidden } from "../scenes/phases.js";
import { themeOf } from "../shell/appearance.js";
import { openPage } from "../shell/opening.js";
import { createPlayerBar, playerKeys } from "../shell/player_bar.js";
import { createPage } from "../wiring/page.js";
import { viewsHeader } from "../wiring/views_header.js";
import { refusalOf } from "./points.js";
import { goneOn, onward } from "./rates.js";
import { createDeclared, createQuestions } from "./resources.js";
import { createScenarios, settingsIn } from "./scenarios.js";
import { createReading, createSignalScenes } from "./scenes.js";
import { createScheme } from "./scheme.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { defaultState, SETTINGS, VIEWS } from "./state.js";
import { createStory } from "./story.js";
import { createCourse, lengthOf } from "./training/course.js";
import { createMarks } from "./training/events.js";
import { createTraining } from "./training/view.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model */
/** @typedef {ReturnType<typeof import("../core/clock.js").createClock>} Clock */

async function main() {
  const { notices, catalog } = await openPage();
  const reading = createReading(catalog);
  const address = createSceneAddress(catalog.scenarios, "signal.html", reading);
  const { state, problems } = address.read(location.href);
  const questions = createQuestions(catalog);
  const page = createPage({
    name: "signal",
    ...{ notices, catalog },
    opened: { state: { ...defaultState(), ...state }, problems },
    write: address.write,
    openAddress: (href) => scenes.openAddress(href),
    isEntry: (state, before) =>
      state.scene !== before.scene ||
      (state.scene === null && (state.view !== before.view || state.chosen !== before.chosen)),
    isPassing: isPlayedOn,
    settings: SETTINGS,
    defaults: defaultState,
    declared: createDeclared(catalog, questions),
    // A training is not what a knob waits for.
    isBusy: (answers) =>
      Object.entries(answers).some(
        ([name, { status }]) => status === "asking" && !name.startsWith("training"),
      ),
    onAnswer: (answers) => course.answered(answers),
    /** @returns {Model} */
    modelOf: (state, answers) => ({ state, answers }),
  });
  const { store, answers, pace, undo, model } = page;
  const course = createCourse(store, questions);
  const scenes = createSignalScenes({
    ...{ catalog, store, model, pace, questions, course, reading, address },
    quietly: undo.quietly,
  });
  const training = createTraining(element("training"), {
    catalog,
    questions,
    course,
    on: {
      start: course.start,
      goOn() {
        const from = onward(catalog, store.get())?.from;
        store.update(goneOn(catalog, store.get()));
        course.start(from);
      },
      cancel: () => course.cancel(answers),
    },
  });

  page.begin({
    scenes,
    keys: [...scenes.keys, ...keysOfPlayer(store, course.clock)],
    header: viewsHeader({
      ...{ store, scenes, views: VIEWS },
      label: () => t("signal.views"),
      titleOf: (view) => t(`signal.view.${view}`),
    }),
    panels: [
      shownView,
      createScheme(
        element("waiting"),
        catalog,
        (state) => isHidden(state) && state.view === "signal",
      ),
      createSidebar(element("knobs"), { catalog, store, pace }),
      createStory(element("story"), catalog, createScenarios(catalog), (scenario) => {
        store.update((state) => ({ ...settingsIn(scenario), chosen: state.chosen + 1 }));
        // Whoever chooses one here wants to see it; a link alone trains nothing.
        if (store.get().view === "training") course.start();
      }),
      ...createStage(element("stage"), {
        catalog,
        questions,
        on: {
          layer: (layer) => store.update({ layer }),
          show: (show) => store.update({ show }),
        },
      }),
      ...training.panels,
      playerOf(training.player, store, course.clock),
    ],
    // What is wrong with pasted points stands beside them.
    isTold: (_, error) => refusalOf(error) !== null,
    onChange() {
      trainShown(store, course);
      course.changed(answers);
    },
  });
}

/** What a scene shows of a training is trained by itself, as where a link to it is opened.
 * @param {import("../core/store.js").Store<State>} store
 * @param {{ start(): void }} course */
function trainShown(store, course) {
  const state = store.get();
  const isShown = state.scene !== null && !isHidden(state) && state.view === "training";
  const isBegun = state.trained.length > 0 || state.asked !== null || state.cancelled !== null;
  if (isShown && !isBegun) course.start();
}

/** @type {import("../core/panels.js").Panel<Model, { view: State["view"], hidden: boolean,
 *   language: State["language"] }>} */
const shownView = {
  select: ({ state }) => ({
    view: state.view,
    hidden: isHidden(state),
    language: state.language,
  }),
  show({ view, hidden }) {
    element("stage").hidden = view !== "signal" || hidden;
    element("training").hidden = view !== "training";
    document.body.dataset.view = view;
  },
};

/** @param {import("../core/store.js").Store<State>} store @param {Clock} clock */
const keysOfPlayer = (store, clock) =>
  playerKeys(clock, {
    step: () => store.get().clock.step,
    length: () => lengthOf(store.get().trained),
    isScene: () => store.get().scene !== null,
    when: () => store.get().view === "training" && store.get().trained.length > 0,
  });

/**
 * @param {HTMLElement} section
 * @param {import("../core/store.js").Store<State>} store
 * @param {Clock} clock
 */
function playerOf(section, store, clock) {
  const marks = createMarks();
  const bar = createPlayerBar(section, {
    clock,
    store,
    select(/** @type {Model} */ { state }) {
      const { clock: time, trained, speed, loop, language } = state;
      const length = lengthOf(trained);
      const { step, playing } = time;
      const events = marks(trained, step, themeOf(state));
      return { step, length, playing, speed, loop, isIdle: length === 0, language, events };
    },
  });
  return {
    select: bar.select,
    /** @param {Parameters<typeof bar.show>[0]} props */
    show(props) {
      section.hidden = props.length === 0;
      bar.show(props);
    },
  };
}

main();
