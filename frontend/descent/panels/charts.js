// Losses, rates, the fit to data: what of the model each shows, and when it is there at all.

import { ratesVary } from "../../charts/rates.js";
import { t } from "../../i18n/i18n.js";
import { isHidden } from "../../scenes/phases.js";
import { explain } from "../../shell/notices.js";
import { namesOf, surfaceOf } from "../state.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Selectors} Selectors
 * @typedef {import("./types.js").State} State
 * @typedef {import("../../charts/curves.js").Props} CurvesProps
 * @typedef {import("../../charts/fit.js").Props} FitProps
 * @typedef {CurvesProps & { missing: string | null }} LossesProps `missing` says why there are no paths:
 *   empty while they are awaited, null where there are.
 */

/** @type {never[]} */
const NONE = [];

// What the charts share.
/** @param {Selectors} selectors @returns {(model: Model) => CurvesProps} */
const sceneOf = (selectors) => (model) => {
  const { state, theme } = model;
  const race = selectors.race(model);
  return {
    runs: selectors.runs(model),
    selectedStart: selectors.shownStart(model),
    starts: /** @type {import("./types.js").Point[]} */ (state.starts),
    scale: state.scale,
    selectedRun: state.selectedRun,
    events: selectors.events(model),
    minima: race?.minima ?? NONE,
    steps: race?.steps ?? state.steps,
    theme,
    language: state.language,
    large: state.large,
  };
};

// A panel in a section that is hidden where there is nothing to show.
/**
 * @template {object} P
 * @param {HTMLElement} section
 * @param {(model: Model) => P | null} select
 * @param {(props: P) => void} draw
 * @param {() => void} [clear]
 * @returns {import("./types.js").Panel<P>}
 */
const inSection = (section, select, draw, clear = () => {}) => ({
  select,
  show(props) {
    section.hidden = false;
    draw(props);
  },
  hide() {
    section.hidden = true;
    clear();
  },
});

/**
 * @param {object} page
 * @param {import("./types.js").Catalog} page.catalog
 * @param {import("./types.js").Elements} page.element
 * @param {{ losses: ReturnType<typeof import("../../charts/losses.js").createLosses>,
 *   rates: ReturnType<typeof import("../../charts/rates.js").createRates>,
 *   fit: ReturnType<typeof import("../../charts/fit.js").createFit> }} page.charts
 * @param {Selectors} page.selectors
 */
export function createCharts({ catalog, element, charts, selectors }) {
  const { losses, rates, fit } = charts;
  const scene = sceneOf(selectors);
  const [lossSection, rateSection, fitSection] = ["losses", "rates", "fit"].map(element);
  /** @type {{ runs: import("./types.js").ShownRun[] | null, is: boolean }} */
  let varying = { runs: null, is: false };
  /** @type {{ properties: unknown, touched: unknown, values: Record<string, any> }} */
  let defaults = { properties: null, touched: null, values: {} };

  /** @param {import("./types.js").ShownRun[]} runs */
  function vary(runs) {
    if (runs !== varying.runs) varying = { runs, is: ratesVary(runs) };
    return varying.is;
  }

  // Parameters of the surface, those that nobody has touched too; one object while nothing changes.
  /** @param {State} state */
  function parametersOf(state) {
    const { properties } = surfaceOf(catalog, state).parameters;
    if (properties !== defaults.properties || state.parameters !== defaults.touched) {
      const known = Object.entries(
        /** @type {import("../../api/answers.js").ParameterSchemas} */ (properties),
      ).map(([name, schema]) => [name, schema.default]);
      const values = { ...Object.fromEntries(known), ...state.parameters };
      defaults = { properties, touched: state.parameters, values };
    }
    return defaults.values;
  }

  /** @param {LossesProps} props */
  function drawLosses(props) {
    lossSection.dataset.missing = props.missing ?? "";
    losses.show(props);
  }

  /** @param {Model} model @returns {LossesProps} */
  function selectLosses(model) {
    const error = selectors.failure(model);
    const { state } = model;
    const isThere = selectors.race(model) !== null;
    const why = error ? explain(error, catalog.limits) : "";
    const missing = isHidden(state) ? t("scene.waiting") : isThere ? null : why;
    return { ...scene(model), missing };
  }

  /** @param {Model} model @returns {FitProps | null} */
  function selectFit(model) {
    const { state } = model;
    const { probe } = model.answers;
    const grid = selectors.grid(model);
    if (!grid?.points || grid.surface !== state.surface) return null;
    const isReady = probe.status === "ready" && selectors.looked(model) !== null;
    return {
      ...scene(model),
      points: grid.points,
      reading: grid.reading,
      surface: state.surface,
      parameters: parametersOf(state),
      selectedRun: state.selectedRun,
      standardised: selectors.race(model)?.standardised ?? null,
      rows: (isReady && probe.value.batch?.rows) || NONE,
    };
  }

  const selectRates = (/** @type {Model} */ model) => {
    const { effective } = model.state;
    return effective || vary(selectors.runs(model))
      ? { ...scene(model), effective, names: namesOf(catalog, model.state) }
      : null;
  };
  return [
    inSection(lossSection, selectLosses, drawLosses),
    inSection(rateSection, selectRates, rates.show, rates.hide),
    inSection(fitSection, selectFit, fit.show),
  ];
}
