// Wires the Scoreboard page: state → resource → panels. Panels know nothing of each other.

import { asking } from "../api/patience.js";
import { createAddress } from "../core/address.js";
import { keep } from "../core/keeping.js";
import { createPanels } from "../core/panels.js";
import { createResources } from "../core/resources.js";
import { createStore } from "../core/store.js";
import { createUndo } from "../core/undo.js";
import { setLanguage, t } from "../i18n/i18n.js";
import { createPresenter } from "../presenter/presenter.js";
import { followAppearance, openingLanguage, themeOf } from "../shell/appearance.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { loadCatalog } from "../shell/loading.js";
import { createAnswerNotices, createNotices } from "../shell/notices.js";
import { createProblems } from "../shell/problems.js";
import { nothing } from "../vendor/lit-html/lit-html.js";
import { createBoard } from "./board.js";
import { createControls } from "./controls.js";
import { createFields } from "./fields.js";
import { createScoreboard, refusalOf } from "./resources.js";
import { createStandings } from "./standings.js";
import { defaultState, SETTINGS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, theme: "light" | "dark",
 *   answers: import("../core/resources.js").Answers, question: string | null,
 *   last: import("./resources.js").Last | null }} Model `question` is what is wanted now. */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const { read, write } = createFields(catalog);
  const opened = read(location.hash);
  /** @type {import("../core/store.js").Store<State>} */
  const store = createStore(opened.state);
  followAppearance(store, () => panels.renew());
  const tellProblems = createProblems(notices, store);
  const scoreboard = createScoreboard(catalog);
  const resources = createResources(store, [scoreboard.resource], {
    ...asking,
    onChange: () => panels.changed(),
  });
  const undo = createUndo(store, SETTINGS);
  /** @param {string} href */
  function open(href) {
    const { pathname, hash } = new URL(href, location.href);
    if (pathname !== location.pathname) {
      location.assign(href);
      return;
    }
    const { state, problems } = read(hash);
    store.update(state);
    tellProblems(problems);
  }
  const address = createAddress({
    store,
    write,
    open: () => open(location.href),
    onWritten: (hash) => keep("scoreboard", hash),
  });

  function reset() {
    const all = defaultState(catalog);
    store.update(Object.fromEntries(SETTINGS.map((name) => [name, all[name]])));
  }

  const keys = createKeys(undoKeys(undo));
  const presenter = createPresenter({
    page: "scoreboard",
    store,
    keys,
    notices,
    address: address.now,
    open,
    renew: () => panels.renew(),
  });
  const panels = createPanels(
    /** @returns {Model} */ () => ({
      state: store.get(),
      theme: themeOf(store.get()),
      answers: resources.answers,
      question: scoreboard.question(store.get()),
      last: scoreboard.last(),
    }),
    [
      createHeader(element("header"), {
        page: "scoreboard",
        store,
        select: () => ({}),
        middle: () => nothing,
        title: () => t("nav.scoreboard"),
        copyLink: () => copyAddress(address.now(), notices),
        undo,
        reset,
        keys,
        presenter: presenter.buttons,
      }),
      createControls(element("controls"), { catalog, store }),
      createBoard(element("board"), { catalog, store }),
      createStandings(element("standings"), { catalog, store }),
      ...presenter.panels,
      createAnswerNotices(notices, {
        limits: catalog.limits,
        // What is wrong with a formula stands under it.
        isTold: (_, error) => refusalOf(store.get(), catalog, error) !== null,
        again: (name) => resources.again(name),
      }),
    ],
  );

  store.subscribe(panels.changed);
  presenter.begin();
  panels.render();
  resources.begin();
  address.flush();
  tellProblems(opened.problems);
}

main();
