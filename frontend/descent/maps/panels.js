// The maps as panels: their legend and how far they are, the cross for keys, and maps side by side.

import { h } from "../../core/dom.js";
import { derived } from "../../core/selectors.js";
import { t } from "../../i18n/i18n.js";
import { createCursor } from "../../maps/cursor.js";
import { createRefusal } from "../../maps/dear.js";
import { legendOf, stepsOf } from "../../maps/legend.js";
import { plainly, priceIn } from "../../maps/price.js";
import { progress } from "../../maps/progress.js";
import { single } from "../../maps/single.js";
import { explain } from "../../shell/notices.js";
import { html, nothing, render } from "../../vendor/lit-html/lit-html.js";
import { areBeside, isMapped } from "./asked.js";
import { createBeside } from "./beside.js";
import { isStale } from "./coming.js";
import { createMapsShown } from "./shown.js";

/**
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("../../scene/scene.js").Point} Point
 * @typedef {import("../../scene/scene.js").SceneMap} SceneMap
 * @typedef {import("./types.js").MapOfRun} MapOfRun
 * @typedef {import("./shown.js").Classes} Classes
 */

/** @param {import("../../scene/scene.js").View} view @param {number} across @param {number} up
 * @returns {Point} */
const placeIn = ({ x, y }, across, up) => [
  x[0] + across * (x[1] - x[0]),
  y[0] + up * (y[1] - y[0]),
];

// Before anything has come nobody knows of how much.
const NOTHING_YET = { done: 0, total: 1, secondsLeft: null };

/**
 * @param {{ catalog: import("../types.js").Catalog, element: (id: string) => HTMLElement,
 *   selectors: import("../selectors.js").Selectors,
 *   store: import("../../core/store.js").Store<import("../types.js").State>,
 *   runFrom: (place: Point) => void }} page
 */
export function createMapPanels({ catalog, element, selectors, store, runFrom }) {
  const picture = element("picture");
  const shown = createMapsShown(catalog, selectors);
  const beside = createBeside(picture, { shown, selectors, runFrom });

  /** Whether there is one map in the picture, or will be. @param {Model} model */
  const isOne = ({ state, answers }) =>
    isMapped(state) && !areBeside(state) && answers.map.status !== "nothing";

  // The one map of the picture; null where there is none, or several are side by side.
  /** @param {Model} model @returns {MapOfRun | null} */
  const only = (model) => (isOne(model) ? (model.answers.map.value?.maps[0] ?? null) : null);

  const mapOf = derived(
    (/** @type {Model} */ model) => [only(model)?.mapped, only(model) && shown.classesOf(model)],
    /** @returns {SceneMap | null} */
    (model) => {
      const map = only(model);
      const classes = map && shown.classesOf(model);
      if (!map || !classes) return null;
      return {
        view: map.view,
        mapped: map.mapped,
        colourOf: shown.colourOf(map, classes),
        says: (at) => shown.textAt(map, classes, at),
      };
    },
  );

  const place = h("div", { class: "picture-cursor", hidden: true });
  picture.append(place);
  /** @type {SceneMap | null} */
  let current = null;
  const cursor = createCursor(place, {
    run(across, up) {
      const range = selectors.of.range(store.get());
      if (range) runFrom(placeIn(range, across, up));
    },
    says(across, up) {
      const range = selectors.of.range(store.get());
      return (range && current?.says(placeIn(range, across, up))) ?? "";
    },
  });

  // In the place of the ground's colours, so that the picture keeps its size.
  const legend = h("div", { class: "picture-legend", role: "group", tabindex: "0", hidden: true });
  picture.append(legend);
  const choose = (/** @type {string} */ map_precision) => store.update({ map_precision });
  /** @param {import("../../maps/dear.js").Price} price @returns {import("../../maps/dear.js").Offer[]} */
  const offers = ({ fits: { steps } }) =>
    steps
      ? [
          {
            id: "steps",
            text: t("work.steps", { count: plainly(steps) }),
            run: () => store.update({ steps: plainly(steps) }),
          },
        ]
      : [];
  const refusal = createRefusal(picture, {
    offers,
    home: () => (areBeside(store.get()) ? picture.querySelector(".beside-field") : place),
  });
  return {
    mapOf,
    moving: beside,
    panels: [
      {
        select: (/** @type {Model} */ model) => {
          const { state, answers } = model;
          const { status, error, value } = answers.map;
          if (!isMapped(state) || status === "nothing") return null;
          return {
            isStale: isStale(value),
            ...{ value, isWhole: status === "ready", classes: shown.classesOf(model) },
            error: status === "refused" ? error : null,
            precision: state.map_precision,
            language: state.language,
          };
        },
        hide() {
          legend.hidden = true;
          picture.classList.remove("has-map");
          delete picture.dataset.map;
          refusal.show(null);
        },
        /** @param {{ value: import("./types.js").Maps | null, isWhole: boolean, isStale: boolean,
         *   error: unknown, precision: string, classes: Classes | null }} props */
        show({ value, isWhole, error, classes, precision, ...props }) {
          legend.hidden = false;
          legend.setAttribute("aria-label", t("maps.legend"));
          const first = value?.maps[0];
          const rows = first && classes ? shown.rowsOf(value.maps, classes, value.count > 1) : [];
          const price = priceIn(error);
          const said = error && !price ? explain(error, catalog.limits) : null;
          refusal.show(price);
          render(
            html`${isWhole || error ? nothing : progress(value ?? NOTHING_YET)}${legendOf(rows)}
              ${first && classes ? stepsOf(classes.most) : nothing}
              ${
                first
                  ? single(isWhole ? value.maps.map(({ mapped }) => mapped.answer) : [], {
                      asked: precision,
                      choose,
                    })
                  : nothing
              }
              ${said ? html`<span class="map-refused" role="alert">${said}</span>` : nothing}`,
            legend,
          );
          picture.classList.add("has-map");
          picture.classList.toggle("stale-map", props.isStale);
          picture.dataset.map = isWhole && value ? value.kind : "part";
        },
      },
      {
        select: (/** @type {Model} */ { state }) => ({ isMapped: isMapped(state) }),
        /** @param {{ isMapped: boolean }} props */
        show: ({ isMapped }) => picture.classList.toggle("for-map", isMapped),
      },
      {
        select: (/** @type {Model} */ model) => ({
          map: mapOf(model),
          isHere: isOne(model),
          language: model.state.language,
        }),
        /** @param {{ map: SceneMap | null, isHere: boolean }} props */
        show({ map, isHere }) {
          current = map;
          // Before there is anything of the map, too: what has the focus keeps it.
          place.hidden = !isHere;
          cursor.label(t("maps.cursor"));
          cursor.renew();
        },
      },
      beside.panel,
    ],
  };
}
