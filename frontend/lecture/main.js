// Wires the Lecture page: state → panels. All that it shows is in the catalogue.

import { createAddress } from "../core/address.js";
import { element } from "../core/dom.js";
import { keep } from "../core/keeping.js";
import { createPanels } from "../core/panels.js";
import { createUndo } from "../core/undo.js";
import { t } from "../i18n/i18n.js";
import { themeOf } from "../shell/appearance.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { createState, openPage } from "../shell/opening.js";
import { nothing } from "../vendor/lit-html/lit-html.js";
import { createGallery } from "./cards.js";
import { courseKeys, createCoursePanel } from "./course_panel.js";
import { drafts, keepDrafts } from "./drafts.js";
import { takeDropped } from "./dropping.js";
import { createEdit } from "./editing.js";
import { read, write } from "./fields.js";
import { createOpening } from "./opening.js";
import { ALONG, SETTINGS } from "./state.js";
import { createTitles } from "./titles.js";
import { galleryKeys } from "./walking.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{ state: Readonly<State>, theme: "light" | "dark" }} Model */

async function main() {
  const { notices, catalog } = await openPage();
  const opened = read(location.hash);
  const { store, tellProblems } = createState({ ...opened.state, ...drafts() }, notices, () =>
    panels.renew(),
  );
  keepDrafts(store);
  const undo = createUndo(store, SETTINGS, ALONG);
  const edit = createEdit(store, undo);
  const opening = createOpening(store, notices, edit);
  takeDropped(opening.file);

  const address = createAddress({
    store,
    write,
    open() {
      const { state, problems } = read(location.hash);
      const { query, writing, asked, language, theme, large } = state;
      store.update({ query, writing, asked, language, theme, large });
      opening.asked();
      tellProblems(problems);
    },
    onWritten: (hash) => keep("lecture", hash),
  });

  async function copyLink() {
    await opening.link();
    copyAddress(address.now(), notices);
  }

  const keys = createKeys([...galleryKeys, courseKeys(edit), ...undoKeys(undo)]);
  const panels = createPanels(
    /** @returns {Model} */ () => ({ state: store.get(), theme: themeOf(store.get()) }),
    [
      createHeader(element("header"), {
        page: "lecture",
        store,
        select: () => ({}),
        middle: () => nothing,
        title: () => t("nav.lecture"),
        copyLink,
        undo,
        keys,
      }),
      createGallery(element("gallery"), { scenarios: catalog.scenarios, store, edit }),
      createCoursePanel(element("course"), {
        store,
        edit,
        titles: createTitles(catalog),
        opening,
        undo,
        copyLink,
      }),
    ],
  );

  store.subscribe(panels.changed);
  panels.render();
  tellProblems(opened.problems);
  opening.asked();
  keep("lecture", address.now());
}

main();
