// Losses, rates, the fit to data: what of the model each shows, and when it is there at all.

import { ratesVary } from "../../../charts/losses.js";
import { explain } from "../../../shell/notices.js";
import { surfaceOf } from "../../state.js";

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

// A panel in a section that is hidden where there is nothing to show, and drawn anew where its size
// has changed.
function resizing(section, select, draw) {
  let last = null;
  let size = "";
  const show = (props) => {
    last = props;
    section.hidden = false;
    size = `${section.clientWidth} ${section.clientHeight}`;
    draw(props);
  };
  new ResizeObserver(() => {
    if (last && size !== `${section.clientWidth} ${section.clientHeight}`) show(last);
  }).observe(section);
  const hide = () => {
    last = null;
    section.hidden = true;
  };
  return { select, show, hide };
}

export function createCharts({ catalog, element, charts, selectors, drawing }) {
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

  const drawLosses = drawing.inTurn((props) => {
    lossSection.dataset.missing = props.missing ?? "";
    return losses.show(props);
  });
  const drawFit = drawing.inTurn(async ({ rows, ...props }) => {
    await fit.show(props);
    fit.showRows(rows);
  });

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
    resizing(lossSection, selectLosses, drawLosses),
    resizing(rateSection, selectRates, drawing.inTurn(rates.show)),
    resizing(fitSection, selectFit, drawFit),
  ];
}
