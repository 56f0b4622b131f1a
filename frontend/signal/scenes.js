// What this page gives its scenes: what they decide of its state, how they are played, their knobs.

import { BEGINNING } from "../core/clock.js";
import { selector } from "../core/selectors.js";
import { control } from "../forms/parameter.js";
import { createScenes } from "../scenes/scenes.js";
import { nothing } from "../vendor/lit-html/lit-html.js";
import { experimentOf, fromAddress, toAddress } from "./fields.js";
import { isShared, knobsOf, turned } from "./knobs.js";
import { chosenPreset, presetsOf } from "./presets.js";
import { answersOf } from "./resources.js";
import { lengthOf } from "./training/course.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Letter} Letter
 * @typedef {{ state: Readonly<State>, answers: import("../core/resources.js").Answers }} Model
 */

/** What a group of controls is called in identifiers: the laboratory's have the same names. */
const GROUP = "scene";
const NAMED = /^(?:([ab])\.)?(.+)$/;

/** The page's own address and codec, as scenes use them. @param {Catalog} catalog */
export const createReading = (catalog) => ({
  read: (/** @type {string} */ hash) => fromAddress(hash, catalog),
  write: (/** @type {Readonly<State>} */ state) => toAddress(state, catalog),
  settings: selector(
    (/** @type {Readonly<State>} */ { view, show, a, b, shared }) => [view, show, a, b, shared],
    (view, show, a, b, shared) => `${view} ${show} ${experimentOf({ a, b, shared }, catalog)}`,
  ),
});

/**
 * Turns a knob of one network, or of both where they have the same.
 *
 * @param {Catalog} catalog
 * @param {Readonly<State>} state
 * @param {Letter | null} letter
 * @param {string} key
 * @param {any} value
 * @returns {Partial<State>}
 */
function turnIn(catalog, state, letter, key, value) {
  const { a, b, shared } = state;
  if (isShared(key)) return { shared: turned(shared, key, value) };
  /** @param {Letter} one */
  const valueIn = (one) => knobsOf(catalog, state, one).find((knob) => knob.key === key)?.value;
  const isBoth = letter === null && b !== null && valueIn("A") === valueIn("B");
  return {
    ...(letter === "B" ? {} : { a: turned(a, key, value) }),
    ...(b !== null && (letter === "B" || isBoth) ? { b: turned(b, key, value) } : {}),
  };
}

const UNTRAINED = Object.freeze({
  asked: null,
  trained: [],
  cancelled: null,
  unseen: false,
  clock: BEGINNING,
});

/**
 * @param {object} page
 * @param {Catalog} page.catalog
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {{ change(control: string, change: (state: Readonly<State>) => Partial<State>): void }} page.pace
 */
function createControls({ catalog, store, pace }) {
  return (/** @type {string} */ name, /** @type {Readonly<State>} */ state) => {
    const [, prefix, key] = /** @type {RegExpExecArray} */ (NAMED.exec(name));
    const letter = prefix === "b" ? "B" : prefix === "a" ? "A" : null;
    const of = letter ?? "A";
    const knobs = knobsOf(catalog, state, of);
    const knob = knobs.find((one) => one.key === key);
    if (!knob || (of === "B" && state.b === null)) return nothing;
    const presets = presetsOf(catalog, key);
    const { en, ru } = knob.schema.titles;
    const whose = letter !== null && state.b !== null ? ` · ${letter}` : "";
    const titles = { en: en + whose, ru: ru + whose };
    return control({
      name,
      group: GROUP,
      schema: { ...knob.schema, ...presets, titles },
      value: presets ? chosenPreset(catalog, knobs) : knob.value,
      identity: `${state.scene} ${name}`,
      onInput(value) {
        if (presets) store.update((now) => presets.choose({ ...now, edited: of }, value));
        else pace.change(name, (now) => turnIn(catalog, now, letter, key, value));
      },
    });
  };
}

/**
 * @param {object} page
 * @param {Catalog} page.catalog
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {() => Model} page.model
 * @param {any} page.pace
 * @param {(work: () => void) => void} page.quietly
 * @param {import("./resources.js").Questions} page.questions
 * @param {ReturnType<typeof import("./training/course.js").createCourse>} page.course
 * @param {import("../scenes/types.js").Stage["address"]} page.address
 * @param {ReturnType<typeof createReading>} page.reading
 */
export function createSignalScenes({ questions, course, quietly, ...page }) {
  const { catalog, store, model, address, reading } = page;
  const control = createControls(page);

  /** @param {Model} now */
  function isOver({ state, answers }) {
    if (state.view === "signal") {
      const found = answersOf(answers, "signal", questions.signal(state));
      return found.length > 0 && found.every(({ status }) => status === "ready");
    }
    const { trained, asked, clock } = state;
    return (
      trained.length > 0 && asked === null && !clock.playing && clock.step >= lengthOf(trained)
    );
  }

  return createScenes({
    name: "signal",
    address,
    reading,
    catalog,
    store,
    model,
    // What was trained is the scene's before.
    opened: (state) => ({ ...state, ...UNTRAINED }),
    rewound: () => UNTRAINED,
    quietly,
    // A training begins by itself once it may be seen (main.js).
    play() {},
    toggle() {
      if (store.get().trained.length > 0) course.clock.toggle();
    },
    toEnd() {
      if (store.get().trained.length > 0) course.clock.seek(lengthOf(store.get().trained));
    },
    isOver,
    fields: ["view", "show", "a", "b", "shared"],
    control: (name, { state }) => control(name, state),
  });
}
