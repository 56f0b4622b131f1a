// Wires the Signal page: state → requests → panels. Panels know nothing of each other.

import { latest } from "../api/api.js";
import { createStore } from "../core/store.js";
import { copyAddress } from "../forms/switches.js";
import { preferredLanguage, setLanguage, t } from "../i18n/i18n.js";
import { listenToSystemTheme, openingLanguage, themeOf } from "../shell/appearance.js";
import { loadCatalog } from "../shell/loading.js";
import { createNotices } from "../shell/notices.js";
import { addressWriter, failureTeller, paint } from "../shell/wiring.js";
import { fromAddress, toAddress } from "./address.js";
import { nameOf } from "./difference.js";
import { createHeader } from "./header.js";
import { requestSignal, signalBody, trainingBody } from "./requests.js";
import { createSidebar } from "./sidebar.js";
import { createStage } from "./stage.js";
import { settingsOf } from "./state.js";
import { createStory } from "./story.js";
import { createTraining } from "./training/view.js";

const element = (id) => document.getElementById(id);

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const opened = fromAddress(location.hash, catalog);
  const store = createStore(opened.state);
  const theme = () => themeOf(store.get());
  // What is drawn: the state that was asked about, and each setting's question and answer.
  let measured = null;

  const writeAddress = addressWriter(() => toAddress(catalog, store.get()));
  const onError = failureTeller(notices, catalog.limits);

  const header = createHeader(element("header"), store, () =>
    copyAddress(toAddress(catalog, store.get()), notices),
  );
  const sidebar = createSidebar(element("knobs"), catalog, store);
  const story = createStory(element("story"), catalog, store, () => begin());
  const stage = createStage(element("stage"), catalog, store);
  const training = createTraining(element("training"), { catalog, notices });

  // Asks again only if the question has changed; one knob moves one of two settings.
  const measure = latest(async () => {
    const state = store.get();
    const bodies = settingsOf(state).map((letter) => signalBody(catalog, state, letter));
    const asked = bodies.map((body) => JSON.stringify(body));
    const known = (text) => measured?.settings.find((one) => one.asked === text)?.answer;
    stage.waiting(true);
    try {
      const answers = await Promise.all(
        bodies.map((body, index) => known(asked[index]) ?? requestSignal(body)),
      );
      measured = {
        state,
        settings: answers.map((answer, index) => ({ answer, asked: asked[index] })),
      };
    } finally {
      stage.waiting(false);
    }
    notices.close("measure");
    showMeasured();
    document.body.dataset.revision = Number(document.body.dataset.revision) + 1;
  }, onError("measure"));

  function showMeasured() {
    stage.show(
      measured.settings.map(({ answer }) => answer),
      { ...measured.state, layer: store.get().layer },
    );
  }

  function configureTraining() {
    const state = store.get();
    training.configure({
      theme: theme(),
      settings: settingsOf(state).map((letter) => ({
        key: letter,
        label: nameOf(catalog, state, letter),
        body: trainingBody(catalog, state, letter),
      })),
    });
  }

  // A link or a scenario of the training view is there to be watched.
  function begin() {
    if (store.get().view !== "training") return;
    configureTraining();
    training.start();
  }

  function showView({ view }) {
    element("stage").hidden = view !== "signal";
    element("training").hidden = view !== "training";
    document.body.dataset.view = view;
    if (view === "training") training.enter();
    else training.leave();
  }

  function compute({ view }) {
    showView(store.get());
    if (view === "training") configureTraining();
    else measure();
  }

  function rebuild(state) {
    header.show(state);
    sidebar.rebuild(state);
    story.show(state);
    stage.rebuild(state);
    if (measured) showMeasured();
    training.rebuild();
  }

  store.subscribe(async (state, changed) => {
    writeAddress();
    if (changed.has("theme")) {
      paint(store.get());
      header.show(state);
      training.restyle(theme());
    }
    if (changed.has("language")) {
      setLanguage(state.language ?? preferredLanguage());
      rebuild(store.get());
    }
    if (changed.has("view")) header.show(state);
    if (changed.has("layer")) stage.mark(state);
    const asks = ["a", "b", "shared", "view", "show", "language"].some((key) => changed.has(key));
    if (asks || changed.has("edited")) {
      sidebar.show(state);
      story.show(state);
    }
    if (asks) compute(state);
  });

  listenToSystemTheme(store, () => {
    paint(store.get());
    training.restyle(theme());
  });
  window.addEventListener("hashchange", () => location.reload());
  paint(store.get());
  rebuild(store.get());
  compute(store.get());
  begin();
  writeAddress();
  if (opened.problems.length > 0) {
    notices.show("address", t("error.address", { fields: opened.problems.join(", ") }), {
      error: true,
    });
  }
}

main();
