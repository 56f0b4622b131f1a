// Wires the Scoreboard page: state → resource → panels. Panels know nothing of each other.

import { element } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { themeOf } from "../shell/appearance.js";
import { openPage } from "../shell/opening.js";
import { nothing } from "../vendor/lit-html/lit-html.js";
import { createPage } from "../wiring/page.js";
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

async function main() {
  const { notices, catalog } = await openPage();
  const { read, write } = createFields(catalog);
  const scoreboard = createScoreboard(catalog);
  const page = createPage({
    name: "scoreboard",
    ...{ notices, catalog, write },
    opened: read(location.hash),
    openAddress(href) {
      const { pathname, hash } = new URL(href);
      if (pathname !== location.pathname) {
        location.assign(href);
        return [];
      }
      const { state, problems } = read(hash);
      store.update(state);
      return problems;
    },
    settings: SETTINGS,
    defaults: () => defaultState(catalog),
    declared: [scoreboard.resource],
    /** @returns {Model} */
    modelOf: (state, answers) => ({
      state,
      answers,
      theme: themeOf(state),
      question: scoreboard.question(state),
      last: scoreboard.last(),
    }),
  });
  const { store } = page;

  page.begin({
    keys: [],
    header: {
      select: () => ({}),
      middle: () => nothing,
      title: () => t("nav.scoreboard"),
    },
    panels: [
      createControls(element("controls"), { catalog, store }),
      createBoard(element("board"), { catalog, store }),
      createStandings(element("standings"), { catalog, store }),
    ],
    // What is wrong with a formula stands under it.
    isTold: (_, error) => refusalOf(store.get(), catalog, error) !== null,
  });
}

main();
