// Wires the page: state → requests → panels. Panels know nothing of each other.

import { isPassing, latest } from "../api/api.js";
import { createFit } from "../charts/fit.js";
import { createLosses, createRates, ratesVary } from "../charts/losses.js";
import { runStyle } from "../charts/palette.js";
import { createTooltip } from "../charts/tooltip.js";
import { createStore } from "../core/store.js";
import { createPlayerBar, listenToKeys } from "../forms/player_bar.js";
import { copyAddress } from "../forms/switches.js";
import { createGraph } from "../graph/dialog.js";
import { preferredLanguage, setLanguage, t } from "../i18n/i18n.js";
import { isApart, rounded } from "../scene/geometry.js";
import { createPicture } from "../scene/picture.js";
import { applyTheme, listenToSystemTheme, openingLanguage, themeOf } from "../shell/appearance.js";
import { loadCatalog } from "../shell/loading.js";
import { createNotices } from "../shell/notices.js";
import { createPlayer } from "../shell/player.js";
import { addressWriter, failureTeller } from "../shell/wiring.js";
import { toAddress } from "./address.js";
import { createBringing } from "./bringing.js";
import { addStart, moveStart, removeStart } from "./controls/starts.js";
import { graphProps } from "./graph.js";
import { createLooking } from "./looking.js";
import { runNames } from "./names.js";
import { openAddress, plotlyReady } from "./opening.js";
import { createTable } from "./panels/table.js";
import { createTruth } from "./panels/truth.js";
import { createRace } from "./race.js";
import { createShownSidebar } from "./shown_sidebar.js";
import {
  changedAny,
  pathsChanged,
  penaltiesChanged,
  penaltiesOf,
  requestGrid,
  SURFACE_KEYS,
  surfaceKey,
} from "./simulation.js";
import {
  FORMULA,
  isCurrent,
  isMeasured,
  knownRates,
  LECTURE,
  LECTURE_START,
  namesOf,
  surfaceOf,
} from "./state.js";
import { createTuning } from "./tuning/tuning.js";

const element = (id) => document.getElementById(id);

async function main() {
  setLanguage(openingLanguage());
  const notices = createNotices(element("notices"));
  const catalog = await loadCatalog(notices);
  const opened = await openAddress(catalog, notices);
  const store = createStore(opened.state);
  const theme = () => themeOf(store.get());
  applyTheme(store.get());

  const picture = element("picture");
  const tooltip = createTooltip(element("tooltip"), () => namesOf(catalog, store.get()));
  const landscape = createPicture(picture, element("legend"), {
    tooltip,
    on: {
      view: (view) => setView(view),
      fitView: () => store.update({ view: null }),
      aspect: (aspect) => store.update({ aspect, view: null }),
      selectStart: (selectedStart) => store.update({ selectedStart }),
      moveStart: (index, point) => store.update((state) => moveStart(state, index, point)),
      addStart: (point) => store.update((state) => addStart(state, point, catalog.limits.starts)),
      removeStart: (index) => store.update((state) => removeStart(state, index)),
    },
  });
  const toStep = {
    step(step) {
      player.pause();
      player.seek(step);
    },
  };
  const losses = createLosses(element("losses"), { tooltip, on: toStep });
  const rates = createRates(element("rates"), { tooltip, on: toStep });
  const fit = createFit(element("fit"));
  const table = createTable(element("table"));
  const truth = createTruth(element("truth"), () => {
    player.pause();
    store.update({ graph: true });
  });
  let grid = null;

  const player = createPlayer({
    onStep(step) {
      for (const panel of [landscape, losses, rates, fit, table]) panel.draw(step);
      bar.step(step);
      picture.dataset.step = step;
      if (player.playing) return;
      writeAddress();
      looking.look();
    },
    onPlaying(playing) {
      bar.playing(playing);
      if (playing) looking.clear();
      else {
        writeAddress();
        looking.look();
      }
    },
  });
  const bar = createPlayerBar(element("player"), store, player);

  const addressNow = () => toAddress(catalog, store.get(), player.step);
  const writeAddress = addressWriter(addressNow);
  const copyLink = () => copyAddress(addressNow(), notices);

  // A refusal is told by the control that it is of, and else over the page and its open graph.
  const onRequestError = failureTeller(notices, catalog.limits, (error, message) => {
    if (error.status === 422 && sidebar.tell(error.detail[0])) return true;
    graph.tell(message);
    return false;
  });

  const bring = createBringing({
    store,
    onError: onRequestError("bring"),
    onAccepted({ points }) {
      notices.close("bring");
      sidebar.settle(points === null ? "formula" : "points");
    },
  });

  const tuning = createTuning({ catalog, store, dialog: element("tuning"), theme, notices });
  const sidebar = createShownSidebar({ catalog, store, element, theme, tuning, bring, copyLink });
  const looking = createLooking({
    catalog,
    store,
    player,
    landscape,
    fit,
    truth,
    onLooked: () => notices.close("look"),
    onError: onRequestError("look"),
  });
  const graph = createGraph({
    dialog: element("graph"),
    limits: catalog.limits,
    on: {
      close: () => store.update({ graph: false }),
      outOfReach() {
        notices.show("graph", t("graph.out_of_reach"), { error: true });
        store.update({ graph: false });
      },
      async lecture() {
        await bring({ surface: FORMULA, formula: LECTURE });
        if (store.get().formula === LECTURE) store.update({ starts: [LECTURE_START] });
      },
    },
  });

  function showGraph() {
    const state = store.get();
    if (!state.graph) {
      graph.hide();
      return;
    }
    // Where no path can start its gradient can still be looked at.
    const start = { at: state.starts[state.selectedStart], run: null, step: 0 };
    const here = looking.isCurrent() ? (looking.here() ?? { at: null }) : null;
    const props = graphProps(catalog, state, race.refused ? start : here);
    if (props.question !== null) notices.close("graph");
    graph.show(props);
  }

  const race = createRace({
    catalog,
    store,
    player,
    bar,
    picture,
    notices,
    opened,
    show: showResult,
    fail: (error, again) => onRequestError("paths")(error, again),
  });

  // The surface whose picture is drawn; while there is none, the one that is asked for.
  const shownKey = () => grid?.key ?? surfaceKey(store.get());

  // The runs of an answer as the state now names and colours them.
  function namedRuns(state, result) {
    const names = runNames(catalog, state);
    return (result?.runs ?? []).flatMap((run) => {
      const index = state.runs.findIndex(({ key }) => key === run.key);
      if (index < 0 || !state.runs[index].enabled) return [];
      return [{ ...run, name: names[index], style: runStyle(state.runs[index].color, theme()) }];
    });
  }

  async function showResult() {
    const state = store.get();
    await plotlyReady;
    const key = shownKey();
    const result = race.of(key);
    const shown = namedRuns(state, result);
    const selectedStart = Math.min(
      state.selectedStart,
      Math.max(0, ...shown.map((run) => run.trajectories.length - 1)),
    );
    const shared = {
      runs: shown,
      selectedStart,
      starts: state.starts,
      scale: state.scale,
      minima: result?.minima ?? [],
      theme: theme(),
      steps: result?.steps ?? state.steps,
      missing: result ? null : race.missing,
      key,
    };
    landscape.show({ ...shared, selectedStart: state.selectedStart });
    table.show({
      ...shared,
      selectedRun: state.selectedRun,
      step: player.step,
      tolerance: result?.tolerance ?? state.tolerance,
      reveal: state.reveal,
      onReveal: (reveal) => store.update({ reveal }),
      isTuned: (key) =>
        tuning.isTuned(
          state,
          state.runs.find((run) => run.key === key),
        ),
      onSelect: (key) => store.update({ selectedRun: key }),
    });
    element("losses").dataset.missing = shared.missing ?? "";
    element("rates").hidden = !ratesVary(shown);
    element("fit").hidden = !grid?.points || grid.surface !== state.surface;
    await losses.show(shared);
    if (!element("rates").hidden) await rates.show(shared);
    if (!element("fit").hidden) {
      const { properties } = surfaceOf(catalog, state).parameters;
      const defaults = Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [name, schema.default]),
      );
      await fit.show({
        ...shared,
        points: grid.points,
        reading: grid.reading,
        surface: state.surface,
        parameters: { ...defaults, ...state.parameters },
        selectedRun: state.selectedRun,
        standardised: result?.standardised ?? null,
      });
    }
    looking.show(shared);
    showGraph();
    if (result) picture.dataset.revision = Number(picture.dataset.revision) + 1;
    else tooltip.hide();
  }

  function wantedView(state) {
    const { domain } = surfaceOf(catalog, state);
    const apart = isApart(state.aspect, domain);
    const range = state.view ? landscape.refit(state.view, apart) : landscape.fit(domain, apart);
    return { range, apart };
  }

  const drawGrid = latest(
    async () => {
      const state = store.get();
      const { range } = wantedView(state);
      picture.classList.add("waiting-grid");
      let other = false;
      try {
        const [answer] = await Promise.all([
          requestGrid(state, range, landscape.size()),
          plotlyReady,
        ]);
        other = grid?.key !== surfaceKey(state);
        grid = { ...answer, surface: state.surface, key: surfaceKey(state) };
      } finally {
        picture.classList.remove("waiting-grid");
      }
      notices.close("grid");
      if (!isMeasured(state) && !isCurrent(state)) {
        store.update({ rates: knownRates(state, grid.rates) });
      }
      const { l2, l1 } = penaltiesOf(state);
      sidebar.rule(state, grid.rule);
      landscape.show({
        grid,
        // The view may have moved on meanwhile.
        ...wantedView(surfaceKey(store.get()) === grid.key ? store.get() : state),
        batch: null,
        names: namesOf(catalog, state),
        penalised: l2 > 0 || l1 > 0,
      });
      picture.dataset.surface = state.surface;
      picture.dataset.ground = state.ground;
      if (other || grid.points || !element("fit").hidden) await showResult();
      else looking.look();
      if (!picture.dataset.drawn) {
        picture.dataset.drawn = "true";
        performance.mark("first-picture");
      }
    },
    (error, again) => {
      if (isPassing(error)) picture.classList.add("waiting-grid");
      // The picture of another surface is not left under this one's paths.
      if (grid && grid.key !== surfaceKey(store.get())) {
        grid = null;
        landscape.hide();
        showResult();
      }
      return onRequestError("grid")(error, again);
    },
  );

  const inLimits = ({ x, y }) =>
    [...x, ...y].every((v) => Math.abs(v) <= catalog.limits.coordinate) &&
    [x, y].every(([low, high]) => high - low > 1e-9 * Math.max(1e-3, Math.abs(low)));
  const setView = (view) => {
    if (inLimits(view)) store.update({ view: rounded(view) });
  };

  listenToKeys(player, {
    removeStart: () => store.update((state) => removeStart(state, state.selectedStart)),
  });

  function translatePage() {
    const state = store.get();
    for (const id of ["picture", "losses", "rates", "fit", "table", "truth"]) {
      element(id).setAttribute("aria-label", t(`${id}.label`));
    }
    document.querySelector(".spinner").setAttribute("aria-label", t("waiting"));
    sidebar.rebuild(state);
    bar.rebuild(state);
    bar.length(race.of(shownKey())?.steps ?? state.steps);
    looking.clear();
  }

  async function changeTheme() {
    applyTheme(store.get());
    sidebar.restyle(store.get());
    landscape.show({ theme: theme() });
    await showResult();
  }

  store.subscribe(async (state, changed, before) => {
    writeAddress();
    if (changed.has("language")) {
      setLanguage(state.language ?? preferredLanguage());
      translatePage();
      landscape.show({ language: state.language });
      await showResult();
    }
    if (changed.has("theme")) await changeTheme();
    if (changed.has("graph")) showGraph();
    if (changed.has("speed") || changed.has("loop")) {
      player.configure(state);
      bar.show(state);
    }
    sidebar.show(state, changed);
    // What is shown moves at once; the answer sharpens it.
    if (changedAny(["view", "aspect"], changed) && grid?.key === surfaceKey(state)) {
      landscape.show(wantedView(state));
    }
    if (
      changedAny([...SURFACE_KEYS, "view", "ground", "aspect", "scale"], changed) ||
      penaltiesChanged(before, state)
    )
      drawGrid();
    if (changed.has("parameters") && isMeasured(state) && !changed.has("measured")) bring({});
    if (changed.has("surface")) race.restart();
    if (pathsChanged(catalog, before, state) || (changed.has("measured") && isMeasured(state))) {
      race.walk();
    } else if (changedAny(["runs", "selectedRun", "selectedStart", "reveal", "scale"], changed)) {
      showResult();
    }
    if (changed.has("starts")) {
      landscape.show({ starts: state.starts, selectedStart: state.selectedStart });
    }
  });

  listenToSystemTheme(store, changeTheme);
  window.addEventListener("hashchange", () => location.reload());
  new ResizeObserver(() => {
    if (picture.dataset.drawn) drawGrid();
  }).observe(picture);
  new ResizeObserver(() => showResult()).observe(element("losses"));

  landscape.show({ theme: theme(), starts: store.get().starts });
  player.configure(store.get());
  translatePage();
  if (opened.problems.length > 0) {
    notices.show("address", t("error.address", { fields: opened.problems.join("; ") }), {
      error: true,
    });
  }
  drawGrid();
  race.walk();
}

main();
