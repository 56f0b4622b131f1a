// Above the picture: ready scenarios, why the chosen one is worth seeing, and what B changes.

import { h, renew } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { differences } from "./difference.js";
import { current, hashOf, idsOf, scenario } from "./scenarios.js";

export function createStory(section, catalog, store, onChosen) {
  // Lasting elements: a list keeps its place, and a status is read aloud when its text changes.
  const chips = h("nav", { class: "chips" });
  const why = h("p", { class: "why" });
  const status = h("div", { id: "difference", class: "difference", role: "status" });
  section.replaceChildren(chips, why, status);
  let told = null;

  function chip(id, chosen) {
    return h(
      "a",
      {
        href: hashOf(id),
        class: "chip",
        id: `scenario-${id}`,
        dataset: { scenario: id },
        "aria-current": id === chosen ? "true" : null,
        title: t(`signal.scenario.${id}.why`),
        onclick(event) {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          store.update(scenario(catalog, id));
          onChosen();
        },
      },
      t(`signal.scenario.${id}`),
    );
  }

  // "B differs from A: activation sigmoid → ReLU".
  function difference(state) {
    if (state.b === null) return [];
    const found = differences(catalog, state);
    const one = ({ key, title, a, b }) =>
      h(
        "li",
        { dataset: { knob: key } },
        h("span", { class: "knob-title" }, title, ": "),
        h("b", { class: "of-A" }, a),
        " → ",
        h("b", { class: "of-B" }, b),
      );
    return found.length === 0
      ? [h("p", { class: "hint" }, t("signal.same"))]
      : [h("span", {}, t("signal.differs")), h("ul", {}, found.map(one))];
  }

  return {
    show(state) {
      const chosen = current(catalog, state);
      section.setAttribute("aria-label", t("signal.story"));
      chips.setAttribute("aria-label", t("signal.scenarios"));
      renew(chips, ...idsOf(state.view).map((id) => chip(id, chosen)));
      why.hidden = !chosen;
      why.textContent = chosen ? t(`signal.scenario.${chosen}.why`) : "";
      const next = difference(state);
      const words = next.map(({ outerHTML }) => outerHTML).join("");
      if (words !== told) status.replaceChildren(...next);
      told = words;
      status.hidden = next.length === 0;
      section.dataset.scenario = chosen ?? "";
    },
  };
}
