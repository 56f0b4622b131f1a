// Wires the Signal page: state → resources → panels. Panels know nothing of each other.

import { asking } from "../api/patience.js";
import { createAddress } from "../core/address.js";
import { isPlayedOn } from "../core/clock.js";
import { keep } from "../core/keeping.js";
import { createPace } from "../core/pacing.js";
import { createPanels } from "../core/panels.js";
import { createResources } from "../core/resources.js";
import { createStore } from "../core/store.js";
import { createUndo } from "../core/undo.js";
import { setLanguage, t } from "../i18n/i18n.js";
import { createPresenter } from "../presenter/presenter.js";
import { createSceneAddress } from "../scenes/address.js";
import { isHidden } from "../scenes/phases.js";
import { followAppearance, openingLanguage, themeOf } from "../shell/appearance.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { loadCatalog } from "../shell/loading.js";
import { createAnswerNotices, createNotices } from "../shell/notices.js";
import { createPlayerBar, playerKeys } from "../shell/player_bar.js";
import { createProblems } from "../shell/problems.js";
import { views } from "../shell/views.js";
import { refusalOf } from "./points.js";
import { goneOn, onward } from "./rates.js";
import { createDeclared, createQuestions } from "./resources.js";
import { createScenarios, settingsIn } from "./scenarios.js";
import { createReading, createSignalScenes } from "./scenes.js";
import { createScheme } from "./scheme.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { defaultState, SETTINGS, untouched, VIEWS } from "./state.js";
import { createStory } from "./story.js";
import { createCourse, lengthOf } from "./training/course.js";
import { createMarks } from "./training/events.js";
import { createTraining } from "./training/view.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model */
/** @typedef {ReturnType<typeof import("../core/clock.js").createClock>} Clock */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const reading = createReading(catalog);
  const sceneAddress = createSceneAddress(catalog.scenarios, "signal.html", reading);
  const opened = sceneAddress.read(location.href);
  /** @type {import("../core/store.js").Store<State>} */
  const store = createStore({ ...defaultState(), ...opened.state });
  followAppearance(store, () => panels.renew());
  const tellProblems = createProblems(notices, store);
  const questions = createQuestions(catalog);
  const course = createCourse(store, questions);

  const resources = createResources(store, createDeclared(catalog, questions), {
    ...asking,
    onChange() {
      course.answered(resources.answers);
      pace.answered();
      panels.changed();
    },
  });
  // A training is not what a knob waits for.
  const isBusy = () =>
    Object.entries(resources.answers).some(
      ([name, { status }]) => status === "asking" && !name.startsWith("training"),
    );
  const pace = createPace(store, isBusy);
  const undo = createUndo(store, [...SETTINGS]);
  const model = () => ({ state: store.get(), answers: resources.answers });
  const scenes = createSignalScenes({
    ...{ catalog, store, model, pace, questions, course, reading },
    address: sceneAddress,
    quietly: undo.quietly,
  });
  const keys = createKeys([
    ...scenes.keys,
    ...keysOfPlayer(store, course.clock),
    ...undoKeys(undo),
  ]);

  /** @param {string} href */
  const open = (href) => tellProblems(scenes.openAddress(href));
  const address = createAddress({
    store,
    write: sceneAddress.write,
    open: () => open(location.href),
    isEntry: (state, before) =>
      state.scene !== before.scene ||
      (state.scene === null && (state.view !== before.view || state.chosen !== before.chosen)),
    isPassing: isPlayedOn,
    onWritten: (address) => address.startsWith("#") && keep("signal", address),
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
      cancel: () => course.cancel(resources.answers),
    },
  });
  const presenter = createPresenter({
    page: "signal",
    store,
    keys,
    notices,
    address: address.now,
    open,
    renew: () => panels.renew(),
    words: scenes.words,
  });
  const panels = createPanels(model, [
    ...scenes.panels,
    shownView,
    createScheme(
      element("waiting"),
      catalog,
      (state) => isHidden(state) && state.view === "signal",
    ),
    createHeader(element("header"), {
      page: "signal",
      store,
      select: ({ state: { view, scene, origin } }) => ({ view, scene, origin }),
      middle: ({ view, origin }) => [
        scenes.wayBack(origin),
        views({
          label: t("signal.views"),
          views: VIEWS.map((id) => ({ id, title: t(`signal.view.${id}`) })),
          current: view,
          choose: (id) => store.update({ view: /** @type {State["view"]} */ (id) }),
        }),
      ],
      title: ({ view, scene }) => scenes.title(scene) ?? t(`signal.view.${view}`),
      copyLink: () => copyAddress(address.now(), notices),
      undo,
      reset: () => store.update(untouched()),
      keys,
      presenter: { ...presenter.buttons, openHall: scenes.openHall },
    }),
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
    ...presenter.panels,
    createAnswerNotices(notices, {
      limits: catalog.limits,
      // What is wrong with pasted points stands beside them.
      isTold: (_, error) => refusalOf(error) !== null,
      again: (name) => resources.again(name),
    }),
  ]);

  store.subscribe(() => {
    trainShown(store, course);
    course.changed(resources.answers);
    panels.changed();
  });
  resources.begin();
  presenter.begin();
  trainShown(store, course);
  address.flush();
  tellProblems(opened.problems);
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
