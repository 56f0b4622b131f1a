// The map, its legend and what was chosen, as panels of the page.

import { decode } from "../api/api.js";
import { at } from "../api/root.js";
import { mapColours } from "../charts/palette.js";
import { derived } from "../core/selectors.js";
import { localize, t } from "../i18n/i18n.js";
import { themeOf } from "../shell/appearance.js";
import { axesOver, magnification, viewOf } from "./axes.js";
import { createChosen } from "./chosen.js";
import { createChosenNetwork, trainingTold } from "./chosen_network.js";
import { byMeasure, byRank } from "./colours.js";
import { laboratoryAddress } from "./laboratory.js";
import { createLegend } from "./legend.js";
import { lowestOf, lowestOfMap } from "./lowest.js";
import { namesOf } from "./names.js";
import { numberIn, numbersOf, withNumber } from "./numbers.js";
import { offersOf } from "./offers.js";
import { createMapPicture } from "./picture.js";
import { axesOf, axisBounds, seenFrom, unzoomed, wholeAxes } from "./state.js";
import { notesOf, numbersText, pixelText, placeText } from "./words.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 * @typedef {import("./main.js").Model} Model
 * @typedef {import("./resources.js").Coming} Coming
 * @typedef {import("./picture.js").Place} Place
 */

/** What theory knows of a map. @param {Coming | null} coming @returns {import("./theory.js").Line[]} */
function linesOf(coming) {
  const told = coming?.told.theory?.theory ?? coming?.answer?.theory ?? [];
  /** @param {any} numbers */
  const plain = (numbers) => Array.from(numbers.bdata === undefined ? numbers : decode(numbers));
  return told.map((/** @type {any} */ line) => ({ ...line, x: plain(line.x), y: plain(line.y) }));
}

/** @param {import("./theory.js").Line} line */
const nameOf = ({ id, text }) => (text ? localize(text) : t(`maps.theory.${id}`));

/** What was chosen: the run's own two numbers, or a point of the network's map.
 * @param {Catalog} catalog @param {Readonly<State>} state @returns {{ x: number, y: number } | null} */
export function chosenOf(catalog, state) {
  if (state.view === "trainability") {
    return state.point && { x: state.point[0], y: state.point[1] };
  }
  const { x, y } = axesOf(catalog, state);
  const numbers = numbersOf(catalog, state);
  /** @param {string} name */
  const value = (name) =>
    numberIn(
      catalog,
      state,
      /** @type {import("./numbers.js").Mapped} */ (numbers.find((one) => one.name === name)),
    );
  return { x: value(x.name), y: value(y.name) };
}

/** The settings with the numbers of a place. @param {Catalog} catalog @param {Readonly<State>} state
 * @param {{ x: number, y: number }} place @returns {Partial<State>} */
export function adopted(catalog, state, place) {
  if (state.view === "trainability") return { point: [place.x, place.y] };
  const { x, y } = axesOf(catalog, state);
  // Its axes stay where they are.
  const first = withNumber(state, x.name, place.x);
  return { ...withNumber({ ...state, ...first }, y.name, place.y), x, y };
}

/** The pixel of a map that is nearest to a place in it. @param {Coming | null} coming
 * @param {{ x: number, y: number } | null} place @param {(coming: Coming, place: { x: number, y: number }) => number | null} find */
const pixelOf = (coming, place, find) => (coming && place ? find(coming, place) : null);

/**
 * @param {object} page
 * @param {Catalog} page.catalog
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {import("./sidebar.js").Tools["pace"]} page.pace
 * @param {{ picture: HTMLElement, legend: HTMLElement, chosen: HTMLElement, results: HTMLElement }} page.sections
 * @param {() => void} page.onPoint Called when another pixel is pointed at.
 * @param {(coming: Coming, place: { x: number, y: number }) => number | null} page.find
 */
export function createStage({ catalog, store, pace, sections, onPoint, find }) {
  /** @type {Place | null} */
  let pointed = null;
  const picture = createMapPicture(sections.picture, {
    view: (view) =>
      pace.change("view", (state) =>
        seenFrom(state, axesOver(axesOf(catalog, state), view, axisBounds(catalog, state))),
      ),
    choose: (place) => store.update((state) => adopted(catalog, state, place)),
    point(place) {
      pointed = place;
      onPoint();
    },
  });
  const legend = createLegend(sections.legend, sections.picture, {
    measure: (measure) => store.update({ measure }),
    closer: picture.closer,
    farther: picture.farther,
    whole: () => store.update((state) => unzoomed(catalog, state)),
    precision: (map_precision) => store.update({ map_precision }),
    offers: (price) => offersOf(store, price),
  });
  const chosen = createChosen(sections.chosen, catalog);
  const network = createChosenNetwork(sections.results);
  sections.chosen.hidden = true;

  /** Of what was chosen one is shown, or nothing. @param {HTMLElement} section @param {boolean} isShown */
  function showResult(section, isShown) {
    section.hidden = !isShown;
    const all = /** @type {HTMLElement[]} */ ([...sections.results.children]);
    sections.results.hidden = all.every(({ hidden }) => hidden);
  }

  /** @param {Model} model @returns {Coming | null} */
  const comingOf = ({ answers }) => {
    const coming = /** @type {Coming | null} */ (answers.map.value);
    return coming?.filling.fields.diverged ? coming : null;
  };
  const colouring = derived(
    (/** @type {Model} */ model) => [
      comingOf(model),
      model.state.view,
      model.state.measure,
      themeOf(model.state),
    ],
    (model) => {
      const coming = comingOf(model);
      if (coming === null) return null;
      const { state } = model;
      const { best, none, ranks } = mapColours(themeOf(state));
      return state.view === "trainability"
        ? byRank(coming, ranks)
        : byMeasure(coming, state.measure, {
            ...{ colors: best, none },
            lowest: lowestOfMap(catalog, state, coming.axes),
            steps: state.steps,
          });
    },
  );
  const axes = derived(
    ({ state }) => [state.view, state.surface, state.run, state.x, state.y, state.across, state.up],
    (/** @type {Model} */ { state }) => axesOf(catalog, state),
  );
  const names = derived(
    (/** @type {Model} */ model) => [axes(model), model.state.language],
    ({ state }) => namesOf(catalog, state),
  );
  const marked = derived(
    ({ state }) => [
      state.view,
      state.run,
      state.parameters,
      state.surface,
      state.point,
      state.x,
      state.y,
    ],
    (/** @type {Model} */ { state }) => chosenOf(catalog, state),
  );
  const zoom = derived(
    (/** @type {Model} */ model) => [axes(model)],
    (model) => magnification(viewOf(wholeAxes(catalog, model.state)), viewOf(axes(model))),
  );
  const theory = derived(
    ({ answers }) => [answers.map.value?.told.theory, answers.map.value?.answer],
    (/** @type {Model} */ { answers }) => linesOf(answers.map.value),
  );
  const notes = derived(
    ({ answers, state }) => [answers.map.value?.answer ?? null, state.view, state.language],
    (/** @type {Model} */ { answers, state }) =>
      notesOf(state.view, answers.map.value?.answer ?? null),
  );

  /** @param {Model} model */
  function readoutOf(model) {
    const coming = comingOf(model);
    const place = pointed ?? marked(model);
    if (!place) return t("maps.hint");
    // Of this map: what is pointed at may have been a pixel of another.
    return placeText(place, names(model), coming, pixelOf(coming, place, find));
  }

  const panels = [
    {
      select: (/** @type {Model} */ model) => ({
        coming: comingOf(model),
        colouring: colouring(model),
        axes: axes(model),
        names: names(model),
        chosen: marked(model),
        detail: model.state.detail,
        theory: theory(model),
        language: model.state.language,
        large: model.state.large,
        status: model.answers.map.status,
      }),
      /** @param {any} props */
      show({ language, large, status, ...shown }) {
        const { dataset } = sections.picture;
        sections.picture.classList.toggle(
          "waiting-map",
          status === "asking" || status === "waiting",
        );
        sections.picture.classList.toggle("stale-map", shown.coming?.isStale ?? false);
        picture.show({
          ...{ ...shown, nameOf },
          look: `${language} ${large}`,
        });
        dataset.revision = String(Number(dataset.revision ?? 0) + 1);
        dataset.status = status;
        dataset.done = shown.coming ? String(shown.coming.done / shown.coming.total) : "0";
        if (shown.coming) dataset.drawn = "";
      },
    },
    {
      select: (/** @type {Model} */ model) => ({
        view: model.state.view,
        measure: model.state.measure,
        colouring: colouring(model),
        coming: model.answers.map.value,
        refused: model.answers.map.status === "refused" ? model.answers.map.error : null,
        answer: model.answers.map.status === "ready" ? model.answers.map.value.answer : null,
        precision: model.state.map_precision,
        zoom: zoom(model),
        isAsking: model.answers.map.status === "asking",
        readout: readoutOf(model),
        notes: notes(model),
        language: model.state.language,
        theme: themeOf(model.state),
      }),
      show: legend.show,
    },
    {
      select(/** @type {Model} */ model) {
        const { state, answers } = model;
        if (state.view !== "stability") return null;
        const at_ = /** @type {{ x: number, y: number }} */ (marked(model));
        const coming = comingOf(model);
        const pixel = pixelOf(coming, at_, find);
        return {
          numbers: numbersText(at_, names(model), coming, pixel, 6),
          told: pixelText(coming, pixel),
          path: answers.path.value,
          laboratory: at(laboratoryAddress(catalog, state)),
          surface: state.surface,
          lowest: lowestOf(catalog, state),
          language: state.language,
          large: state.large,
        };
      },
      /** @param {any} props */
      show(props) {
        showResult(sections.chosen, true);
        chosen.show(props);
      },
      hide: () => showResult(sections.chosen, false),
    },
    {
      select(/** @type {Model} */ model) {
        const { state } = model;
        const place = marked(model);
        if (state.view !== "trainability" || place === null) return null;
        const coming = comingOf(model);
        const pixel = pixelOf(coming, place, find);
        return {
          numbers: numbersText(place, names(model), coming, pixel, 6),
          told: trainingTold(coming, pixel, state.trained).join("\n"),
          language: state.language,
        };
      },
      /** @param {any} props */
      show({ numbers, told }) {
        showResult(network.section, true);
        network.show({ numbers, told: told ? told.split("\n") : [] });
      },
      hide: () => showResult(network.section, false),
    },
  ];
  return { panels, closer: picture.closer, farther: picture.farther };
}
