// The panels of this page, in the order in which they are shown.

import { createFit } from "../../charts/fit.js";
import { createLosses, createRates } from "../../charts/losses.js";
import { createGraph } from "../../graph/dialog.js";
import { rounded } from "../../scene/geometry.js";
import { listenToGestures } from "../../scene/gestures.js";
import { createLandscape } from "../../scene/landscape.js";
import { createTooltip } from "../../scene/tooltip.js";
import { plotlyReady } from "../../shell/plotly.js";
import { addStart, moveStart, removeStart } from "../controls/moving.js";
import { createHover, createZoomButtons, listenToCurves } from "../pointing.js";
import { createSidebar } from "../sidebar.js";
import { FORMULA, LECTURE, LECTURE_START, namesOf } from "../state.js";
import { createTuningPanel } from "../tuning/panel.js";
import { createCharts } from "./adapters/charts.js";
import { createDrawing } from "./adapters/drawing.js";
import { createGraphPanel, graphPoint } from "./adapters/graph.js";
import { createAppearance, createRevision, createStep, createWaiting } from "./adapters/page.js";
import { createPicture } from "./adapters/picture.js";
import { createTablePanel, createTruthPanel } from "./adapters/race.js";
import { createShell } from "./adapters/shell.js";
import { createTable } from "./table.js";
import { createTruth } from "./truth.js";

// A view that coordinates can be told apart in, and that the server takes.
const isInLimits = ({ x, y }, most) =>
  [...x, ...y].every((v) => Math.abs(v) <= most) &&
  [x, y].every(([low, high]) => high - low > 1e-9 * Math.max(1e-3, Math.abs(low)));

// What pointers do to the picture and the charts.
function listen({ catalog, store, pace, model, selectors, player, parts }) {
  const { picture, landscape, losses, rates, tooltip, element } = parts;
  const { limits } = catalog;
  const view = (range) => {
    if (isInLimits(range, limits.coordinate)) pace.change("view", () => ({ view: rounded(range) }));
  };
  // A start that was dragged may be gone by the time that it is put down.
  const move = (index, point) =>
    pace.change("start", (state) =>
      (index ?? 0) < state.starts.length ? moveStart(state, index, point) : {},
    );
  listenToGestures(picture, landscape, {
    view,
    selectStart: (selectedStart) => store.update({ selectedStart }),
    moveStart: move,
    addStart: (point) => store.update((state) => addStart(state, point, limits.starts)),
    removeStart: (index) => store.update((state) => removeStart(state, index)),
    ...createHover({
      picture,
      landscape,
      tooltip,
      player,
      currentGrid: () => selectors.grid(model()),
    }),
  });
  listenToCurves(element("losses"), losses, { tooltip, player });
  listenToCurves(element("rates"), rates, { tooltip, player });
  return createZoomButtons(picture, landscape, store, view);
}

// Follows the window: the picture has as many points as it has room for.
function watchSize(store, picture, landscape) {
  const measure = () => {
    const size = landscape.size();
    const known = store.get().size;
    if (size.width !== known?.width || size.height !== known?.height) store.update({ size });
  };
  measure();
  new ResizeObserver(measure).observe(picture);
}

export function createDescentPanels(page) {
  const { catalog, store, pace, model, selectors, element, notices, player, tuning, actions } =
    page;
  const picture = element("picture");
  const landscape = createLandscape(picture, element("legend"));
  const losses = createLosses(element("losses"));
  const rates = createRates(element("rates"));
  const fit = createFit(element("fit"));
  const tooltip = createTooltip(element("tooltip"), () => namesOf(catalog, store.get()));
  const table = createTable(element("table"), {
    onSelect: (selectedRun) => store.update({ selectedRun }),
    onReveal: (reveal) => store.update({ reveal }),
  });
  const truth = createTruth(element("truth"), () => {
    player.pause();
    store.update({ graph: true });
  });
  const graph = createGraph({
    catalog,
    store,
    notices,
    dialog: element("graph"),
    pointOf: () => graphPoint(model(), selectors),
    openLecture: () =>
      actions.bring({ surface: FORMULA, formula: LECTURE, starts: [LECTURE_START] }),
  });
  const zoom = listen({
    ...page,
    parts: { picture, landscape, losses, rates, tooltip, element },
  });

  const drawing = createDrawing(plotlyReady);
  const shell = createShell(page);
  const charts = { losses, rates, fit };
  const panels = [
    createAppearance({ element, store }),
    shell.header,
    ...createSidebar({ catalog, store, pace, element, actions: { ...actions, tuning } }),
    shell.bar,
    createPicture({ section: picture, landscape, selectors, drawing }),
    {
      select: ({ state }) => ({ apart: selectors.of.apart(state), language: state.language }),
      show({ apart }) {
        zoom.show(apart);
        zoom.rebuild();
      },
    },
    ...createCharts({ catalog, element, charts, selectors, drawing }),
    createTablePanel({ catalog, table, selectors }),
    createTruthPanel({ truth, selectors }),
    createStep({ picture, selectors, moving: [landscape, losses, rates, fit, table] }),
    // What stands under the pointer is of what is shown there.
    {
      select: (now) => ({ grid: selectors.grid(now), race: selectors.race(now) }),
      show: () => tooltip.hide(),
    },
    shell.notices,
    createGraphPanel({ graph, selectors }),
    createTuningPanel({
      catalog,
      dialog: element("tuning"),
      selectors,
      drawing,
      on: { choose: tuning.choose, close: tuning.close },
    }),
    createWaiting({ picture, drawing }),
    createRevision({ picture, selectors, drawing }),
  ];
  return { panels, watchSize: () => watchSize(store, picture, landscape) };
}
