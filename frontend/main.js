// Wires the page: state → requests → panels. Panels know nothing of each other.

import { ApiError, fetchCatalog, latest, pause } from "./api.js";
import { fromAddress, toAddress } from "./address.js";
import { createEditor } from "./controls/editor.js";
import { createHeader } from "./controls/header.js";
import { createPlayerBar, listenToKeys } from "./controls/player_bar.js";
import { createRuns } from "./controls/runs.js";
import { addStart, createStarts, moveStart, removeStart } from "./controls/starts.js";
import { createSurfaceCard } from "./controls/surface.js";
import { h, iconButton } from "./dom.js";
import { localize, preferredLanguage, setLanguage, t } from "./i18n.js";
import { createNotices, explain } from "./notices.js";
import { runStyle } from "./palette.js";
import { asDomain, zoomRange } from "./panels/geometry.js";
import { listenToGestures } from "./panels/gestures.js";
import { createLandscape } from "./panels/landscape.js";
import { createLosses } from "./panels/losses.js";
import { createTable } from "./panels/table.js";
import { createTooltip, lossAt } from "./panels/tooltip.js";
import { createPlayer } from "./player.js";
import { pathsChanged, requestGrid, requestPaths } from "./simulation.js";
import { runNames, surfaceOf } from "./state.js";
import { createStore } from "./store.js";

const element = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

async function loadCatalog(notices) {
  for (;;) {
    try {
      const catalog = await fetchCatalog();
      notices.close("load");
      return catalog;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { message, retry } = explain(error);
      notices.show("load", message, { error: true });
      await pause(1000 * (retry ?? 5));
    }
  }
}

const plotlyReady = new Promise((resolve) => {
  const script = document.querySelector("script[src*=plotly]");
  if (window.Plotly) resolve();
  else script.addEventListener("load", resolve);
});

async function main() {
  const notices = createNotices(element("notices"));
  const early = new URLSearchParams(location.hash.slice(1)).get("lang");
  const language = early === "en" || early === "ru" ? early : preferredLanguage();
  const [catalog] = await Promise.all([loadCatalog(notices), setLanguage(language)]);
  const opened = fromAddress(location.hash, catalog);
  const store = createStore(opened.state);
  const theme = () => store.get().theme ?? (dark.matches ? "dark" : "light");
  const applyTheme = () => { document.documentElement.dataset.theme = theme(); };
  applyTheme();

  const picture = element("picture");
  const landscape = createLandscape(picture);
  const losses = createLosses(element("losses"));
  const table = createTable(element("table"));
  const tooltip = createTooltip(element("tooltip"));
  let result = null;
  let grid = null;
  let firstResult = true;
  let addressTimer = null;

  const player = createPlayer({
    onStep(step) {
      landscape.draw(step);
      losses.draw(step);
      table.draw(step);
      bar.step(step);
      picture.dataset.step = step;
      if (!player.playing) writeAddress();
    },
    onPlaying(playing) {
      bar.playing(playing);
      if (!playing) writeAddress();
    },
  });
  const bar = createPlayerBar(element("player"), store, player);

  // Browsers refuse more than some hundred address changes a minute, so a drag writes once.
  function writeAddress() {
    clearTimeout(addressTimer);
    addressTimer = setTimeout(() =>
      history.replaceState(null, "", toAddress(store.get(), player.step)), 300);
  }

  async function copyLink() {
    const address = new URL(toAddress(store.get(), player.step), location.href).href;
    history.replaceState(null, "", address);
    try {
      await navigator.clipboard.writeText(address);
      notices.flash(t("link.copied"));
    } catch {
      notices.flash(t("link.in_address"));
    }
  }

  const header = createHeader(element("header"), catalog, store, copyLink);
  const surfaceCard = createSurfaceCard(element("surface"), catalog, store);
  const runs = createRuns(element("runs"), catalog, store, theme);
  const editor = createEditor(element("editor"), catalog, store);
  const starts = createStarts(element("starts"), catalog, store);

  // The runs of the last answer as the state now names and colours them.
  function namedRuns(state) {
    const names = runNames(catalog, state, localize);
    return (result?.runs ?? []).flatMap((run) => {
      const index = state.runs.findIndex(({ key }) => key === run.key);
      if (index < 0 || !state.runs[index].enabled) return [];
      return [{ ...run, name: names[index], style: runStyle(state.runs[index].color, theme()) }];
    });
  }

  async function showResult() {
    const state = store.get();
    await plotlyReady;
    if (!result) return;
    const shown = namedRuns(state);
    const selectedStart = Math.min(state.selectedStart,
      Math.max(0, ...shown.map((run) => run.trajectories.length - 1)));
    const shared = { runs: shown, selectedStart, minima: result.minima, theme: theme() };
    landscape.show({ ...shared, selectedStart: state.selectedStart, starts: state.starts });
    table.show({ ...shared, selectedRun: state.selectedRun, step: player.step,
      onSelect: (key) => store.update({ selectedRun: key }) });
    await losses.show({ ...shared, steps: result.steps });
    picture.dataset.revision = Number(picture.dataset.revision) + 1;
  }

  const onRequestError = (kind) => async (error, again) => {
    if (!(error instanceof ApiError)) {
      notices.show(kind, t("error.page", { message: String(error.message ?? error) }),
        { error: true });
      throw error;
    }
    const { message, retry } = explain(error, catalog.limits);
    const place = error.detail[0]?.loc ?? [];
    const name = String(place.at(-1));
    const told = error.status === 422
      && (place.includes("optimizer") ? editor : surfaceCard).tell(name, error.detail[0].msg);
    if (!told) notices.show(kind, message, { error: true });
    if (retry !== null) {
      again();
      await pause(1000 * retry);
    }
  };

  const computePaths = latest(async () => {
    const state = store.get();
    picture.classList.add("waiting-paths");
    try {
      result = await requestPaths(catalog, state);
    } finally {
      picture.classList.remove("waiting-paths");
    }
    notices.close("paths");
    player.configure({ length: result.steps });
    bar.length(result.steps);
    if (firstResult) {
      firstResult = false;
      if (opened.step !== null) player.seek(opened.step);
      else if (calm.matches) player.seek(result.steps);
      else player.play();
    } else if (player.step > 0 && !player.playing) player.seek(Math.min(player.step, result.steps));
    await showResult();
  }, onRequestError("paths"));

  const drawGrid = latest(async () => {
    const state = store.get();
    const range = state.view ? landscape.refit(state.view)
      : landscape.fit(surfaceOf(catalog, state).domain);
    picture.classList.add("waiting-grid");
    try {
      const [answer] = await Promise.all([requestGrid(state, range, landscape.size()), plotlyReady]);
      grid = answer;
    } finally {
      picture.classList.remove("waiting-grid");
    }
    notices.close("grid");
    await landscape.showGrid(grid, range);
    picture.dataset.surface = state.surface;
    if (!picture.dataset.drawn) {
      picture.dataset.drawn = "true";
      performance.mark("first-picture");
    }
  }, onRequestError("grid"));

  const inLimits = ({ x, y }) => [...x, ...y].every((v) => Math.abs(v) <= catalog.limits.coordinate)
    && x[1] - x[0] > 1e-9 * Math.max(1e-3, Math.abs(x[0]));
  const setView = (view) => { if (inLimits(view)) store.update({ view }); };

  listenToGestures(picture, landscape, {
    selectStart: (selectedStart) => store.update({ selectedStart }),
    moveStart: (index, point) => store.update((state) => moveStart(state, index, point)),
    addStart: (point) => store.update((state) => addStart(state, point, catalog.limits.starts)),
    removeStart: (index) => store.update((state) => removeStart(state, index)),
    view: setView,
    tap: (at) => showHover(at, 24),
    hover(at, inside) {
      if (!at || !inside) tooltip.hide();
      else if (!showHover(at, 14)) showGround(at);
    },
  });

  function clientPoint(section, [x, y]) {
    const box = section.getBoundingClientRect();
    return [box.left + x, box.top + y];
  }
  function showHover(at, reach) {
    const near = landscape.overlay.nearest(...at, player.step, reach);
    if (near) tooltip.showPoint(near, ...clientPoint(picture, at));
    return Boolean(near);
  }
  function showGround(at) {
    const place = landscape.toData(...at);
    const loss = lossAt(grid, ...place);
    if (loss === null) tooltip.hide();
    else tooltip.showPlace(place, loss, ...clientPoint(picture, at));
  }

  const lossSection = element("losses");
  lossSection.addEventListener("pointermove", (event) => {
    const box = lossSection.getBoundingClientRect();
    const at = [event.clientX - box.left, event.clientY - box.top];
    const near = losses.overlay.nearest(...at, player.step, 20);
    if (near) tooltip.showPoint(near, event.clientX, event.clientY);
    else tooltip.hide();
  });
  lossSection.addEventListener("pointerleave", () => tooltip.hide());
  lossSection.addEventListener("click", (event) => {
    const box = lossSection.getBoundingClientRect();
    const step = losses.stepAt(event.clientX - box.left, event.clientY - box.top);
    if (step === null) return;
    player.pause();
    player.seek(step);
  });

  listenToKeys(player, { removeStart: () =>
    store.update((state) => removeStart(state, state.selectedStart)) });

  const zoom = (factor) => {
    const { x, y } = landscape.range;
    setView(zoomRange(landscape.range, factor, [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2]));
  };
  const zoomButtons = h("div", { class: "zoom" });
  picture.append(zoomButtons);

  function translatePage() {
    const state = store.get();
    zoomButtons.replaceChildren(
      iconButton("plus", t("zoom.in"), () => zoom(0.6), { id: "zoom-in" }),
      iconButton("minus", t("zoom.out"), () => zoom(1 / 0.6), { id: "zoom-out" }),
      iconButton("fit", t("zoom.reset"), () => store.update({ view: null }), { id: "zoom-reset" }));
    picture.setAttribute("aria-label", t("picture.label"));
    lossSection.setAttribute("aria-label", t("losses.label"));
    element("table").setAttribute("aria-label", t("table.label"));
    document.querySelector(".spinner").setAttribute("aria-label", t("waiting"));
    header.show(state);
    surfaceCard.rebuild(state);
    runs.show(state);
    editor.rebuild(state);
    starts.show(state);
    bar.rebuild(state);
    bar.length(result?.steps ?? state.steps);
  }

  store.subscribe(async (state, changed, before) => {
    writeAddress();
    if (changed.has("language")) {
      await setLanguage(state.language ?? preferredLanguage());
      translatePage();
      await landscape.restyle(theme());
      await showResult();
    }
    if (changed.has("theme")) await changeTheme();
    if (changed.has("speed") || changed.has("loop")) {
      player.configure(state);
      bar.show(state);
    }
    if (changed.has("surface")) header.show(state);
    if (changed.has("surface") || changed.has("parameters")) surfaceCard.show(state);
    if (changed.has("runs") || changed.has("selectedRun") || changed.has("surface")) {
      runs.show(state);
      editor.show(state);
    }
    if (["starts", "selectedStart", "steps", "precision"].some((key) => changed.has(key))) {
      starts.show(state);
    }
    if (changed.has("surface") || changed.has("parameters") || changed.has("view")) drawGrid();
    if (changed.has("surface")) {
      player.pause();
      player.seek(0);
      firstResult = true;
      opened.step = null;
    }
    if (pathsChanged(before, state)) computePaths();
    else if (changed.has("runs") || changed.has("selectedRun") || changed.has("selectedStart")) {
      showResult();
    }
    if (changed.has("starts")) landscape.show({ starts: state.starts,
      selectedStart: state.selectedStart });
  });

  async function changeTheme() {
    applyTheme();
    header.show(store.get());
    runs.show(store.get());
    await landscape.restyle(theme());
    await showResult();
  }
  dark.addEventListener("change", () => { if (!store.get().theme) changeTheme(); });

  window.addEventListener("hashchange", () => location.reload());
  new ResizeObserver(() => { if (picture.dataset.drawn) drawGrid(); }).observe(picture);
  new ResizeObserver(() => showResult()).observe(lossSection);

  landscape.show({ theme: theme(), starts: store.get().starts });
  player.configure(store.get());
  translatePage();
  if (opened.problems.length > 0) {
    notices.show("address", t("error.address", { fields: opened.problems.join("; ") }),
      { error: true });
  }
  drawGrid();
  computePaths();
}

main();
