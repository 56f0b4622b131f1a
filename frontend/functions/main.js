// Wires the Functions page: state → requests → panels. Panels know nothing of each other.

import { ApiError, pause } from "../api.js";
import { applyTheme, listenToSystemTheme, openingLanguage, themeOf } from "../appearance.js";
import { copyAddress } from "../controls/switches.js";
import { preferredLanguage, setLanguage, t } from "../i18n.js";
import { loadCatalog } from "../loading.js";
import { createNotices, explain } from "../notices.js";
import { runStyle } from "../palette.js";
import { createStore } from "../store.js";
import { createActivations } from "./activations.js";
import { createHeader } from "./header.js";
import { createLosses } from "./losses.js";
import { VIEWS, fromAddress, toAddress } from "./state.js";

const element = (id) => document.getElementById(id);
// The page's lines, in the colours that runs have on the other pages.
const COLOURS = ["--first", "--second", "--third"];

async function main() {
  const notices = createNotices(element("notices"));
  const [catalog] = await Promise.all([loadCatalog(notices), setLanguage(openingLanguage())]);
  const opened = fromAddress(location.hash, catalog);
  const store = createStore(opened.state);
  let addressTimer = null;

  function paint() {
    const state = store.get();
    applyTheme(state);
    COLOURS.forEach((name, index) => document.documentElement.style.setProperty(name,
      runStyle(index, themeOf(state)).color));
  }

  // Browsers refuse more than some hundred address changes a minute, so a drag writes once.
  function writeAddress() {
    clearTimeout(addressTimer);
    addressTimer = setTimeout(() =>
      history.replaceState(null, "", toAddress(store.get())), 300);
  }

  const onError = (kind) => async (error, again) => {
    if (!(error instanceof ApiError)) {
      notices.show(kind, t("error.page", { message: String(error.message ?? error) }),
        { error: true });
      throw error;
    }
    const { message, retry } = explain(error, catalog.limits);
    notices.show(kind, message, { error: true });
    if (retry !== null) {
      again();
      await pause(1000 * retry);
    }
  };

  const header = createHeader(element("header"), store,
    () => copyAddress(toAddress(store.get()), notices));
  const panels = {
    activations: createActivations(element("activations"), catalog, store, { onError, notices }),
    losses: createLosses(element("losses"), catalog, store, { onError, notices }),
  };

  function showView({ view }) {
    for (const name of VIEWS) element(name).hidden = name !== view;
  }

  function rebuild(state) {
    header.show(state);
    for (const panel of Object.values(panels)) panel.rebuild(state);
    showView(state);
  }

  store.subscribe(async (state, changed) => {
    writeAddress();
    if (changed.has("theme")) paint();
    if (changed.has("language")) {
      await setLanguage(state.language ?? preferredLanguage());
      rebuild(store.get());
      return;
    }
    if (changed.has("theme") || changed.has("view")) header.show(state);
    if (changed.has("view")) showView(state);
    if (changed.has("z")) panels.activations.showZ(state);
    if (changed.has("numbers")) panels.activations.showNumbers(state);
    if (["mode", "classes", "regression", "point"].some((key) => changed.has(key))) {
      panels.losses.show(state);
    }
  });

  listenToSystemTheme(store, paint);
  window.addEventListener("hashchange", () => location.reload());
  paint();
  rebuild(store.get());
  writeAddress();
  if (opened.problems.length > 0) {
    notices.show("address", t("error.address", { fields: opened.problems.join(", ") }));
  }
}

main();
