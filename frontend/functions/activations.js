// The lecture's table, alive: one z for all activations, by pointer, slider or keyboard.

import { latest } from "../api/api.js";
import { h } from "../core/dom.js";
import { coordinate } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { createCard } from "./card.js";
import { indexOf, REACH, requestValues, STEP } from "./requests.js";

const numbersOf = (entry, state) =>
  Object.fromEntries(
    Object.keys(entry.parameters.properties)
      .filter((name) => `${entry.id}.${name}` in state.numbers)
      .map((name) => [name, state.numbers[`${entry.id}.${name}`]]),
  );

export function createActivations(section, catalog, store, { onError, notices }) {
  let cards = new Map();
  let slider = null;
  let shown = null;
  const answers = new Map();
  // What each card was last answered for, and what it is to show now.
  const known = new Map();
  let wished = new Map();

  // Whatever has another number than was answered, in one request.
  const ask = latest(async () => {
    const open = [...wished].filter(([id, wish]) => known.get(id) !== wish);
    if (open.length === 0) return;
    const found = await requestValues(open.map(([, wish]) => JSON.parse(wish)));
    notices.close("values");
    for (const [id, wish] of open) {
      known.set(id, wish);
      answers.set(id, found.get(id));
      cards.get(id).show(found.get(id));
    }
    section.dataset.drawn = answers.size;
    section.dataset.revision = Number(section.dataset.revision ?? 0) + 1;
  }, onError("values"));

  function showZ(z) {
    slider.value = z;
    slider.setAttribute("aria-valuetext", `z = ${coordinate(z)}`);
    shown.textContent = coordinate(z);
    for (const card of cards.values()) card.mark(indexOf(z));
    section.dataset.z = z;
  }

  function build(state) {
    slider = h("input", {
      type: "range",
      id: "z",
      class: "slider",
      min: -REACH,
      max: REACH,
      step: STEP,
      value: state.z,
      "aria-label": t("functions.z"),
      oninput: (event) => store.update({ z: Number(event.target.value) }),
    });
    shown = h("output", { id: "z-value", for: "z", "aria-live": "off" });
    cards = new Map(
      catalog.activations.map((entry) => [
        entry.id,
        createCard(entry, {
          onZ: (z) => store.update({ z }),
          onHover: (z) => showZ(z ?? store.get().z),
          onNumber: (name, value) =>
            store.update(({ numbers }) => ({ numbers: { ...numbers, [name]: value } })),
          onReset: (name) =>
            store.update(({ numbers }) => ({
              numbers: Object.fromEntries(Object.entries(numbers).filter(([key]) => key !== name)),
            })),
        }),
      ]),
    );
    section.replaceChildren(
      h(
        "div",
        { class: "card z-bar" },
        h("label", { for: "z" }, h("i", {}, "z"), " = ", shown),
        slider,
        h(
          "button",
          {
            type: "button",
            class: "text-button",
            id: "z-zero",
            onclick: () => store.update({ z: 0 }),
          },
          "z = 0",
        ),
        h("p", { class: "hint" }, t("functions.hint")),
      ),
      h(
        "div",
        { class: "cards" },
        [...cards.values()].map(({ element }) => element),
      ),
    );
    for (const [id, values] of answers) cards.get(id).show(values);
  }

  function showNumbers(state) {
    for (const entry of catalog.activations) {
      const numbers = numbersOf(entry, state);
      const [name] = Object.keys(entry.parameters.properties);
      if (name) cards.get(entry.id).setNumber(numbers[name], name in numbers);
    }
    // Nothing is asked for a view that nobody sees.
    if (state.view !== "activations") return;
    wished = new Map(
      catalog.activations.map((entry) => [
        entry.id,
        JSON.stringify({ id: entry.id, ...numbersOf(entry, state) }),
      ]),
    );
    ask();
  }

  return {
    rebuild(state) {
      section.setAttribute("aria-label", t("functions.activations"));
      build(state);
      showNumbers(state);
      showZ(state.z);
    },
    showNumbers,
    showZ: ({ z }) => showZ(z),
  };
}
