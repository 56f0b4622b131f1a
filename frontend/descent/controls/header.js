// Name, the other pages, and what every header has.

import { h, logo, renew } from "../../core/dom.js";
import { createSwitches } from "../../forms/switches.js";
import { localize } from "../../i18n/i18n.js";
import { navigation } from "../../shell/navigation.js";
import { surfaceOf } from "../state.js";

export function createHeader(section, catalog, store, copyLink) {
  return {
    show(state) {
      const surface = surfaceOf(catalog, state);
      document.title = `${localize(surface.title)} · Steepest`;
      renew(
        section,
        h("h1", { class: "brand" }, logo(), "Steepest"),
        navigation("descent", state),
        h("div", { class: "spacer" }),
        ...createSwitches(store, copyLink),
      );
    },
  };
}
