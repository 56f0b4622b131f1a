// The sidebar for a page that shows its parts itself: until Descent's panels are shown by its model.

import { createPanels } from "../core/panels.js";
import { createHeader } from "./controls/header.js";
import { placeOf } from "./controls/refusals.js";
import { createSidebar } from "./sidebar.js";

const NOTHING = { status: "nothing", key: null, value: null, valueKey: null, error: null };

export function createShownSidebar({ catalog, store, element, theme, tuning, bring, copyLink }) {
  const answers = { grid: NOTHING, paths: NOTHING, measure: NOTHING };
  const pace = { change: (_, change) => store.update(change) };
  const header = createHeader(element("header"), catalog, store, copyLink);
  const panels = createPanels(
    () => ({ state: store.get(), answers, theme: theme(), tuning }),
    createSidebar({ catalog, store, pace, element, actions: { bring, tuning } }),
  );
  return {
    rebuild(state) {
      header.show(state);
      panels.renew();
      panels.render();
    },
    restyle(state) {
      header.show(state);
      panels.changed();
    },
    show(state, changed) {
      if (changed.has("surface")) header.show(state);
      answers.paths = NOTHING;
      panels.changed();
    },
    tell(refusal) {
      const at = placeOf(catalog, store.get(), refusal);
      if (at === null) return false;
      const name = at.run === null ? "measure" : "paths";
      answers[name] = { ...NOTHING, status: "refused", error: { status: 422, detail: [refusal] } };
      panels.changed();
      return true;
    },
    settle() {
      answers.measure = NOTHING;
      panels.changed();
    },
    rule({ surface }, rule) {
      answers.grid = { ...NOTHING, value: { surface, rule } };
      panels.changed();
    },
  };
}
