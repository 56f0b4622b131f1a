// Above the picture: ready scenarios, why the chosen one is worth seeing, and what B changes.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { differences } from "./difference.js";
import { current, hashOf, idsOf, scenario } from "./scenarios.js";

export function createStory(section, catalog, store, onChosen) {
  function chip(id, chosen) {
    return h("a", { href: hashOf(id), class: "chip", dataset: { scenario: id },
      "aria-current": id === chosen ? "true" : null, title: t(`signal.scenario.${id}.why`),
      onclick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        store.update(scenario(catalog, id));
        onChosen();
      } }, t(`signal.scenario.${id}`));
  }

  // "B differs from A: activation sigmoid → ReLU".
  function difference(state) {
    if (state.b === null) return null;
    const found = differences(catalog, state);
    const one = ({ key, title, a, b }) => h("li", { dataset: { knob: key } },
      h("span", { class: "knob-title" }, title, ": "), h("b", { class: "of-A" }, a), " → ",
      h("b", { class: "of-B" }, b));
    return h("div", { id: "difference", class: "difference", role: "status" },
      found.length === 0 ? h("p", { class: "hint" }, t("signal.same"))
        : [h("span", {}, t("signal.differs")), h("ul", {}, found.map(one))]);
  }

  return {
    show(state) {
      const chosen = current(catalog, state);
      const focused = document.activeElement?.closest?.("[data-scenario]")?.dataset.scenario;
      section.setAttribute("aria-label", t("signal.story"));
      section.replaceChildren(...[
        h("nav", { class: "chips", "aria-label": t("signal.scenarios") },
          idsOf(state.view).map((id) => chip(id, chosen))),
        chosen ? h("p", { class: "why" }, t(`signal.scenario.${chosen}.why`)) : null,
        difference(state)].filter(Boolean));
      if (focused) section.querySelector(`[data-scenario="${focused}"]`)?.focus();
      section.dataset.scenario = chosen ?? "";
    },
  };
}
