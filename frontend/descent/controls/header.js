// Name, the other pages, surface picker, and what every header has.

import { h, iconButton, logo, renew } from "../../core/dom.js";
import { createSwitches } from "../../forms/switches.js";
import { localize, t } from "../../i18n/i18n.js";
import { navigation } from "../../shell/navigation.js";
import { chooseSurface, FORMULA, surfaceOf } from "../state.js";

const GROUPS = ["deep", "convex", "ravine", "saddle", "plateau", "cliff", "multimodal"];
const OWN = "data";

// `bring` asks the server about a formula before the page shows it.
export function createHeader(section, catalog, store, copyLink, bring) {
  const choose = (id) =>
    id === FORMULA
      ? bring({ surface: FORMULA, formula: store.get().formula })
      : store.update(chooseSurface(catalog, id));

  function picker(state) {
    const groups = new Map([OWN, ...GROUPS].map((tag) => [tag, []]));
    for (const surface of catalog.surfaces) {
      const tag = [OWN, ...GROUPS].find((name) => surface.tags.includes(name));
      groups.get(tag).push(surface);
    }
    return h(
      "select",
      {
        id: "surface-picker",
        "aria-label": t("header.surface"),
        onchange: (event) => choose(event.target.value),
      },
      h(
        "optgroup",
        { label: t("tag.own") },
        h("option", { value: FORMULA, selected: state.surface === FORMULA }, t("formula.title")),
      ),
      [...groups]
        .filter(([, surfaces]) => surfaces.length > 0)
        .map(([tag, surfaces]) =>
          h(
            "optgroup",
            { label: t(`tag.${tag}`) },
            surfaces.map((surface) =>
              h(
                "option",
                { value: surface.id, selected: surface.id === state.surface },
                localize(surface.title),
              ),
            ),
          ),
        ),
    );
  }

  function stepThrough(by) {
    const ids = [...section.querySelectorAll("#surface-picker option")].map(({ value }) => value);
    const at = ids.indexOf(store.get().surface);
    choose(ids.at((at + by) % ids.length));
  }

  return {
    show(state) {
      const surface = surfaceOf(catalog, state);
      document.title = `${localize(surface.title)} · Steepest`;
      renew(
        section,
        h("h1", { class: "brand" }, logo(), "Steepest"),
        navigation("descent", state),
        h(
          "div",
          { class: "surface-choice" },
          iconButton("back", t("header.previous"), () => stepThrough(-1), {
            class: "icon-button small",
          }),
          picker(state),
          iconButton("forward", t("header.next"), () => stepThrough(1), {
            class: "icon-button small",
          }),
        ),
        h("div", { class: "spacer" }),
        ...createSwitches(store, copyLink),
      );
    },
  };
}
