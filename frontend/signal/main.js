// Wires the Signal page: state → resources → panels. Panels know nothing of each other.

import { ApiError, isPassing, pause } from "../api/api.js";
import { secondsUntil } from "../api/patience.js";
import { createAddress } from "../core/address.js";
import { isPlayedOn } from "../core/clock.js";
import { keep } from "../core/keeping.js";
import { createPace } from "../core/pacing.js";
import { createPanels } from "../core/panels.js";
import { createResources } from "../core/resources.js";
import { createStore } from "../core/store.js";
import { createUndo } from "../core/undo.js";
import { setLanguage, t } from "../i18n/i18n.js";
import { applyAppearance, listenToSystemTheme, openingLanguage } from "../shell/appearance.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { loadCatalog } from "../shell/loading.js";
import { createAnswerNotices, createNotices } from "../shell/notices.js";
import { createPlayerBar, playerKeys } from "../shell/player_bar.js";
import { views } from "../shell/views.js";
import { fromAddress, toAddress } from "./fields.js";
import { refusalOf } from "./points.js";
import { goneOn, onward } from "./rates.js";
import { createDeclared, createQuestions } from "./resources.js";
import { createScenarios, scenario } from "./scenarios.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { defaultState, SETTINGS, untouched, VIEWS } from "./state.js";
import { createStory } from "./story.js";
import { createCourse, lengthOf } from "./training/course.js";
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
  const opened = fromAddress(location.hash, catalog);
  /** @type {import("../core/store.js").Store<State>} */
  const store = createStore({ ...defaultState(), ...opened.state });
  const questions = createQuestions(catalog);
  const course = createCourse(store, questions);

  const resources = createResources(store, createDeclared(catalog, questions), {
    isPassing,
    pass: (error, waited, signal) =>
      pause(1000 * secondsUntil(/** @type {ApiError} */ (error), waited), signal),
    onChange() {
      course.answered(resources.answers);
      pace.answered();
      panels.changed();
    },
    onError(_, error) {
      if (error instanceof ApiError) return;
      tellMistake(notices, error);
      throw error;
    },
  });
  // A training is not what a knob waits for.
  const isBusy = () =>
    Object.entries(resources.answers).some(
      ([name, { status }]) => status === "asking" && !name.startsWith("training"),
    );
  const pace = createPace(store, isBusy);
  const undo = createUndo(store, [...SETTINGS]);
  const keys = createKeys([...keysOfPlayer(store, course.clock), ...undoKeys(undo)]);

  let { problems } = opened;
  const tellProblems = () => {
    if (problems.length === 0) notices.close("address");
    else {
      const fields = problems.join(", ");
      notices.show("address", t("error.address", { fields }), { error: true });
    }
  };
  const address = createAddress({
    store,
    write: (state) => toAddress(state, catalog),
    open(hash) {
      const next = fromAddress(hash, catalog);
      ({ problems } = next);
      store.update(next.state);
      tellProblems();
    },
    isEntry: (state, before) => state.view !== before.view || state.chosen !== before.chosen,
    isPassing: isPlayedOn,
    onWritten: (hash) => keep("signal", hash),
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
  const panels = createPanels(
    () => ({ state: store.get(), answers: resources.answers }),
    [
      shownView,
      createHeader(element("header"), {
        page: "signal",
        store,
        select: ({ state }) => ({ view: state.view }),
        middle: ({ view }) =>
          views({
            label: t("signal.views"),
            views: VIEWS.map((id) => ({ id, title: t(`signal.view.${id}`) })),
            current: view,
            choose: (id) => store.update({ view: /** @type {State["view"]} */ (id) }),
          }),
        title: ({ view }) => t(`signal.view.${view}`),
        copyLink: () => copyAddress(address.now(), notices),
        undo,
        reset: () => store.update(untouched()),
        keys,
      }),
      createSidebar(element("knobs"), { catalog, store, pace }),
      createStory(element("story"), catalog, createScenarios(catalog).current, (id) => {
        store.update((state) => ({ ...scenario(catalog, id), chosen: state.chosen + 1 }));
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
      createAnswerNotices(notices, {
        limits: catalog.limits,
        // What is wrong with pasted points stands beside them.
        isTold: (_, error) => refusalOf(error) !== null,
        again: (name) => resources.again(name),
      }),
    ],
  );

  store.subscribe((state, changed) => {
    course.changed(resources.answers);
    if (["language", "theme", "large"].some((field) => changed.has(field))) {
      applyAppearance(state);
      if (changed.has("language")) tellProblems();
    }
    panels.changed();
  });
  listenToSystemTheme(store, () => {
    applyAppearance(store.get());
    panels.renew();
  });
  applyAppearance(store.get());
  resources.begin();
  address.flush();
  tellProblems();
}

/** @type {import("../core/panels.js").Panel<Model, { view: State["view"] }>} */
const shownView = {
  select: ({ state }) => ({ view: state.view }),
  show({ view }) {
    element("stage").hidden = view !== "signal";
    element("training").hidden = view !== "training";
    document.body.dataset.view = view;
  },
};

/** @param {import("../shell/notices.js").Notices} notices @param {unknown} error */
function tellMistake(notices, error) {
  const message = error instanceof Error ? error.message : String(error);
  notices.show("page", t("error.page", { message }), { error: true });
}

/** @param {import("../core/store.js").Store<State>} store @param {Clock} clock */
const keysOfPlayer = (store, clock) =>
  playerKeys(clock, {
    step: () => store.get().clock.step,
    length: () => lengthOf(store.get().trained),
    when: () => store.get().view === "training" && store.get().trained.length > 0,
  });

/**
 * @param {HTMLElement} section
 * @param {import("../core/store.js").Store<State>} store
 * @param {Clock} clock
 */
function playerOf(section, store, clock) {
  const bar = createPlayerBar(section, {
    clock,
    store,
    select(/** @type {Model} */ { state: { clock: time, trained, speed, loop, language } }) {
      const length = lengthOf(trained);
      const { step, playing } = time;
      return { step, length, playing, speed, loop, isIdle: length === 0, language };
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
