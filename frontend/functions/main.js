// Wires the Functions page: state → requests → panels. Panels know nothing of each other.

import { createStore } from "../core/store.js";
import { copyAddress } from "../forms/switches.js";
import { preferredLanguage, setLanguage, t } from "../i18n/i18n.js";
import { listenToSystemTheme, openingLanguage } from "../shell/appearance.js";
import { loadCatalog } from "../shell/loading.js";
import { createNotices } from "../shell/notices.js";
import { addressWriter, failureTeller, paint } from "../shell/wiring.js";
import { createActivations } from "./activations.js";
import { createHeader } from "./header.js";
import { createLosses } from "./losses.js";
import { fromAddress, toAddress, VIEWS } from "./state.js";

const element = (id) => document.getElementById(id);

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const opened = fromAddress(location.hash, catalog);
  const store = createStore(opened.state);

  const writeAddress = addressWriter(() => toAddress(store.get()));
  const onError = failureTeller(notices, catalog.limits);

  const header = createHeader(element("header"), store, () =>
    copyAddress(toAddress(store.get()), notices),
  );
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
    if (changed.has("theme")) paint(store.get());
    if (changed.has("language")) {
      setLanguage(state.language ?? preferredLanguage());
      rebuild(store.get());
      return;
    }
    if (changed.has("theme") || changed.has("view")) header.show(state);
    if (changed.has("view")) showView(state);
    if (changed.has("z")) panels.activations.showZ(state);
    if (changed.has("numbers") || changed.has("view")) panels.activations.showNumbers(state);
    if (["mode", "classes", "regression", "point", "view"].some((key) => changed.has(key))) {
      panels.losses.show(state);
    }
  });

  listenToSystemTheme(store, () => paint(store.get()));
  window.addEventListener("hashchange", () => location.reload());
  paint(store.get());
  rebuild(store.get());
  writeAddress();
  if (opened.problems.length > 0) {
    notices.show("address", t("error.address", { fields: opened.problems.join(", ") }));
  }
}

main();
