// Name, the other pages, the two views of this one, and what every header has.

import { h, logo, renew } from "../core/dom.js";
import { createSwitches } from "../forms/switches.js";
import { t } from "../i18n/i18n.js";
import { navigation } from "../shell/navigation.js";
import { VIEWS } from "./state.js";

export function createHeader(section, store, copyLink) {
  return {
    select: ({ state: { view, language, theme } }) => ({ view, language, theme }),
    show(state) {
      document.title = `${t(`signal.view.${state.view}`)} · Steepest`;
      renew(
        section,
        h("h1", { class: "brand" }, logo(), "Steepest"),
        navigation("signal", state),
        h(
          "div",
          { class: "segmented views", role: "group", "aria-label": t("signal.views") },
          VIEWS.map((view) =>
            h(
              "button",
              {
                type: "button",
                id: `view-${view}`,
                "aria-pressed": String(view === state.view),
                onclick: () => store.update({ view }),
              },
              t(`signal.view.${view}`),
            ),
          ),
        ),
        h("div", { class: "spacer" }),
        ...createSwitches(store, copyLink),
      );
    },
  };
}
