// The knobs beside the picture, drawn from their schemas: those of the setting that is edited,
// then those that both settings share.

import { h, iconButton } from "../core/dom.js";
import { controlFor } from "../forms/parameter.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { entryOf, isShared, knobsOf, PARTS } from "./knobs.js";
import { chosenPreset, presetsOf } from "./presets.js";
import { changeRemoved, changesOf, presentRate, RATE, turnRate } from "./rates.js";
import { compare, compareNoMore, settingsOf, turn } from "./state.js";

const GROUPS = { signal: ["network", "data"], training: ["network", "training", "data"] };
// Only a signal is averaged over seeds, and only training takes steps.
const ONLY = { seeds: "signal", steps: "training" };

export function createSidebar(section, { catalog, store, pace }) {
  let shown = null;
  let controls = new Map();

  const isThere = (state, { key, group }) =>
    key !== "changes" &&
    GROUPS[state.view].includes(group) &&
    (ONLY[key] ?? state.view) === state.view;
  const shownOf = (state) =>
    knobsOf(catalog, state, state.edited).filter((knob) => isThere(state, knob));
  // What decides which controls there are; between two such states they only take new values.
  const keyOf = (state, knobs) =>
    JSON.stringify([
      state.view,
      state.edited,
      state.b === null,
      knobs.map(({ key, schema }) => [key, schema.enum ?? schema.maximum ?? null]),
      knobs.filter(({ key }) => key in PARTS).map(({ value }) => value),
    ]);

  function control({ key, schema, value, touched }) {
    const presets = presetsOf(catalog, key);
    if (key === RATE) return rateControl({ schema, touched });
    if (!presets) {
      return controlFor({
        name: key,
        schema,
        value,
        touched,
        onInput: (next) => pace.change(key, (state) => turn(state, key, next)),
        onReset: () => store.update((state) => turn(state, key)),
      });
    }
    const chosen = () => chosenPreset(catalog, knobsOf(catalog, store.get(), store.get().edited));
    const made = controlFor({
      name: key,
      schema: { ...schema, ...presets },
      value: chosen(),
      onInput: (word) => store.update((state) => presets.choose(state, word)),
    });
    return {
      ...made,
      set: () => made.set(chosen()),
    };
  }

  const editedKnobs = () => knobsOf(catalog, store.get(), store.get().edited);

  // The rate of the last steps, and under it where it was changed on the way.
  function rateControl({ schema, touched }) {
    const change = (rate) => (state) =>
      turnRate(state, knobsOf(catalog, state, state.edited), rate);
    const made = controlFor({
      name: RATE,
      schema,
      value: presentRate(editedKnobs()),
      touched,
      onInput: (next) => pace.change(RATE, change(next)),
      onReset: () => store.update(change()),
    });
    const list = h("ul", { class: "rate-changes" });
    made.element.append(list);
    const item = ({ step, learning_rate: rate }) =>
      h(
        "li",
        {},
        t("signal.change", { rate: quantity(rate, 6), step }),
        iconButton(
          "close",
          t("signal.change_remove"),
          () => store.update((state) => changeRemoved(state, editedKnobs(), step)),
          { class: "icon-button tiny" },
        ),
      );
    return {
      ...made,
      set(_, isTouched) {
        const changes = changesOf(editedKnobs());
        made.set(presentRate(editedKnobs()), isTouched || changes.length > 0);
        list.replaceChildren(...changes.map(item));
      },
    };
  }

  function card(name, knobs) {
    const elements = knobs.map((knob) => {
      const made = control(knob);
      controls.set(knob.key, made);
      made.element.classList.toggle("of-part", knob.key.includes("."));
      const entry = knob.key in PARTS ? entryOf(catalog, knob.key, knob.value) : null;
      if (entry) made.element.title = localize(entry.summary);
      return made.element;
    });
    return h(
      "section",
      { class: `card knobs group-${name}` },
      h("h2", {}, t(`signal.group.${name}`)),
      elements,
    );
  }

  function settings(state) {
    const buttons = settingsOf(state).map((letter) =>
      h(
        "button",
        {
          type: "button",
          id: `setting-${letter}`,
          class: `setting ${letter}`,
          "aria-pressed": String(letter === state.edited),
          onclick: () => store.update({ edited: letter }),
        },
        t("signal.setting", { letter }),
      ),
    );
    return state.b === null
      ? h(
          "button",
          {
            type: "button",
            id: "compare",
            class: "text-button primary compare",
            onclick: () => store.update(compare),
          },
          t("signal.compare"),
        )
      : h(
          "div",
          { class: "settings" },
          h(
            "div",
            { class: "segmented", role: "group", "aria-label": t("signal.edited") },
            buttons,
          ),
          h(
            "button",
            {
              type: "button",
              id: "compare-no-more",
              class: "text-button",
              onclick: () => store.update(compareNoMore),
            },
            t("signal.compare_no_more"),
          ),
        );
  }

  function build(state, knobs) {
    controls = new Map();
    const focused = document.activeElement?.id;
    const { scrollTop } = section;
    section.dataset.edited = state.edited;
    section.replaceChildren(
      settings(state),
      ...GROUPS[state.view].map((name) =>
        card(
          name,
          knobs.filter(({ group }) => group === name),
        ),
      ),
    );
    section.scrollTop = scrollTop;
    // The button that opens the comparison gives way to the setting to be changed, and back.
    const next = { compare: "setting-B", "compare-no-more": "compare" };
    if (focused) {
      (document.getElementById(focused) ?? document.getElementById(next[focused]))?.focus({
        preventScroll: true,
      });
    }
  }

  let language = null;
  return {
    select: ({ state }) => {
      const { a, b, shared, view, edited, language } = state;
      return { a, b, shared, view, edited, language };
    },
    show(state) {
      const knobs = shownOf(state);
      const layout = keyOf(state, knobs);
      if (layout !== shown || language !== state.language) {
        shown = layout;
        language = state.language;
        section.setAttribute("aria-label", t("signal.knobs"));
        build(state, knobs);
      }
      const other =
        state.b === null
          ? null
          : new Map(
              knobsOf(catalog, state, state.edited === "B" ? "A" : "B").map(({ key, value }) => [
                key,
                value,
              ]),
            );
      for (const { key, value, touched } of knobs) {
        const made = controls.get(key);
        made.set(value, touched);
        made.element.classList.toggle(
          "differs",
          other !== null && !isShared(key) && other.get(key) !== value,
        );
      }
    },
  };
}
