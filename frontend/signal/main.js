// Wires the Signal page: state → resources → panels. Panels know nothing of each other.

import { isPassing, pause } from "../api/api.js";
import { secondsUntil } from "../api/patience.js";
import { createAddress } from "../core/address.js";
import { keep } from "../core/keeping.js";
import { createPace } from "../core/pacing.js";
import { createPanels } from "../core/panels.js";
import { createResources } from "../core/resources.js";
import { createStore } from "../core/store.js";
import { createUndo } from "../core/undo.js";
import { copyAddress } from "../forms/switches.js";
import { preferredLanguage, setLanguage, t } from "../i18n/i18n.js";
import { listenToSystemTheme, openingLanguage } from "../shell/appearance.js";
import { loadCatalog } from "../shell/loading.js";
import { createNotices } from "../shell/notices.js";
import { paint } from "../shell/wiring.js";
import { fromAddress, toAddress } from "./fields.js";
import { createHeader } from "./header.js";
import { createAnswerNotices } from "./notices.js";
import { goneOn, onward } from "./rates.js";
import { createDeclared, createQuestions } from "./resources.js";
import { createScenarios, scenario } from "./scenarios.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { defaultState, SETTINGS } from "./state.js";
import { createStory } from "./story.js";
import { createCourse } from "./training/course.js";
import { createTrainingPlayer } from "./training/player.js";
import { createTraining } from "./training/view.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const opened = fromAddress(location.hash, catalog);
  const store = createStore({ ...defaultState(), ...opened.state });

  const questions = createQuestions(catalog);
  const course = createCourse(store, questions);
  const resources = createResources(store, createDeclared(catalog, questions), {
    isPassing,
    pass: (error, waited, signal) => pause(1000 * secondsUntil(error, waited), signal),
    onChange() {
      course.answered(resources.answers);
      pace.answered();
      panels.changed();
    },
    onError(_, error) {
      // A refusal is told; anything else is a mistake in the page.
      if (!("status" in Object(error))) throw error;
    },
  });
  // A training is not what a knob waits for.
  const isBusy = () =>
    Object.entries(resources.answers).some(
      ([name, { status }]) => status === "asking" && !name.startsWith("training"),
    );
  const pace = createPace(store, isBusy);
  createUndo(store, [...SETTINGS]);

  const told = () => {
    const { problems } = opened;
    if (problems.length === 0) return notices.close("address");
    const fields = problems.join(", ");
    notices.show("address", t("error.address", { fields }), { error: true });
  };
  const address = createAddress({
    store,
    write: (state) => toAddress(state, catalog),
    open(hash) {
      const next = fromAddress(hash, catalog);
      opened.problems = next.problems;
      store.update(next.state);
      told();
    },
    isEntry: (state, before) => state.view !== before.view || state.chosen !== before.chosen,
    onWritten: (hash) => keep("signal", hash),
  });

  const scenarios = createScenarios(catalog);
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
      {
        select: ({ state }) => ({ view: state.view }),
        show({ view }) {
          element("stage").hidden = view !== "signal";
          element("training").hidden = view !== "training";
          document.body.dataset.view = view;
        },
      },
      createHeader(element("header"), store, () => copyAddress(address.now(), notices)),
      createSidebar(element("knobs"), { catalog, store, pace }),
      createStory(element("story"), catalog, scenarios.current, (id) => {
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
      createTrainingPlayer(training.player, store, course.clock),
      createAnswerNotices(notices, { limits: catalog.limits }),
    ],
  );

  store.subscribe((state, changed) => {
    course.changed(resources.answers);
    if (changed.has("language")) {
      setLanguage(state.language ?? preferredLanguage());
      told();
    }
    if (changed.has("language") || changed.has("theme")) paint(state);
    panels.changed();
  });
  listenToSystemTheme(store, () => {
    paint(store.get());
    panels.renew();
  });
  paint(store.get());
  resources.begin();
  address.flush();
  told();
}

main();
