// Losses, rates, the fit to data: what of the model each shows, and when it is there at all.

import { ratesVary } from "../../charts/losses.js";
import { explain } from "../../shell/notices.js";
import { surfaceOf } from "../state.js";

const NONE = [];

// What the charts share.
const sceneOf = (selectors) => (model) => {
  const { state, theme } = model;
  const race = selectors.race(model);
  return {
    runs: selectors.runs(model),
    selectedStart: selectors.shownStart(model),
    starts: state.starts,
    scale: state.scale,
    minima: race?.minima ?? NONE,
    steps: race?.steps ?? state.steps,
    theme,
    language: state.language,
    large: state.large,
  };
};

// A panel in a section that is hidden where there is nothing to show.
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

export function createCharts({ catalog, element, charts, selectors }) {
  const { losses, rates, fit } = charts;
  const scene = sceneOf(selectors);
  const [lossSection, rateSection, fitSection] = ["losses", "rates", "fit"].map(element);
  let varying = { runs: null, is: false };
  let defaults = { properties: null, values: {} };

  function vary(runs) {
    if (runs !== varying.runs) varying = { runs, is: ratesVary(runs) };
    return varying.is;
  }

  // Parameters of the surface, those that nobody has touched too; one object while nothing changes.
  function parametersOf(state) {
    const { properties } = surfaceOf(catalog, state).parameters;
    if (properties !== defaults.properties || state.parameters !== defaults.touched) {
      const known = Object.entries(properties).map(([name, schema]) => [name, schema.default]);
      const values = { ...Object.fromEntries(known), ...state.parameters };
      defaults = { properties, touched: state.parameters, values };
    }
    return defaults.values;
  }

  function drawLosses(props) {
    lossSection.dataset.missing = props.missing ?? "";
    losses.show(props);
  }

  function selectLosses(model) {
    const error = selectors.failure(model);
    const missing = selectors.race(model) ? null : error ? explain(error, catalog.limits) : "";
    return { ...scene(model), missing };
  }

  function selectFit(model) {
    const { state, answers } = model;
    const grid = selectors.grid(model);
    if (!grid?.points || grid.surface !== state.surface) return null;
    const isReady = answers.probe.status === "ready" && selectors.looked(model) !== null;
    return {
      ...scene(model),
      points: grid.points,
      reading: grid.reading,
      surface: state.surface,
      parameters: parametersOf(state),
      selectedRun: state.selectedRun,
      standardised: selectors.race(model)?.standardised ?? null,
      rows: (isReady && answers.probe.value.batch?.rows) || NONE,
    };
  }

  const selectRates = (model) => (vary(selectors.runs(model)) ? scene(model) : null);
  return [
    inSection(lossSection, selectLosses, drawLosses),
    inSection(rateSection, selectRates, rates.show, rates.hide),
    inSection(fitSection, selectFit, fit.show),
  ];
}
