// The picture of the surface: a projection, layers under it, marks of the runs over it. It is a
// function of its scene and of the step. What is shown moves with the view at once; a sharper
// answer is drawn when it comes.

import { createCanvas } from "../charts/canvas.js";
import { createLegend } from "../charts/legend.js";
import { measures as measure } from "../charts/measures.js";
import { inks } from "../charts/palette.js";
import { drawAxes, moveAxes, purge } from "../charts/plotly.js";
import { createAhead } from "./ahead.js";
import { listenToArrows } from "./arrow_hover.js";
import { axesOf } from "./axes.js";
import { createContours } from "./contours.js";
import { framedAgain, sizeOf } from "./framing.js";
import { listenToGestures } from "./gestures.js";
import { createGround } from "./ground.js";
import { createHover } from "./hover.js";
import { LAYERS } from "./layers/catalog.js";
import { MOVING, STILL } from "./marks/catalog.js";
import { pathsOf } from "./marks/paths.js";
import { createMemory } from "./memory.js";
import { startUnder } from "./picking.js";
import { plane } from "./projection.js";
import { NOTHING } from "./scene.js";
import { createZoomButtons } from "./zoom_buttons.js";

/**
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./scene.js").Look} Look
 * @typedef {import("./scene.js").View} View
 * @typedef {import("./projection.js").Projection} Projection
 * @typedef {import("./layers/layer.js").Ground} Ground
 * @typedef {import("./layers/layer.js").LevelLines} LevelLines
 *
 * `view` answers false where a view is not to be had.
 * @typedef {Omit<import("./gestures.js").Calls, "view" | "hover" | "tap"> & {
 *   view(view: View): boolean | void, fitView(): void,
 *   part(role: import("../charts/roles.js").PartRole | null): void, aspect(aspect: "apart" | "equal"): void}} On
 */

// A lower picture has fewer levels told.
const LOW = 480;

/**
 * @param {HTMLElement} section Holds a `.plot`.
 * @param {HTMLElement} legendElement
 * @param {{on: On, tooltip: import("../charts/tooltip.js").Tooltip}} outside
 */
export function createPicture(section, legendElement, { on, tooltip }) {
  const plot = /** @type {HTMLElement} */ (section.querySelector(".plot"));
  const ground = createGround(section, plot);
  const contours = createContours(section);
  const canvas = createCanvas(section);
  const legend = createLegend(legendElement);
  const memory = createMemory();
  const ahead = createAhead();
  /** @type {Map<number, number>} */
  const sides = new Map();
  let scene = NOTHING;
  let step = 0;
  /** @type {Projection | null} */
  let projection = null;
  /** @type {Look | null} */
  let look = null;
  /** @type {import("./scene.js").Path[]} */
  let paths = [];
  /** @type {Set<string>} */
  let stillRoles = new Set();
  /** @type {import("../charts/display_list.js").Item[]} */
  let moving = [];

  /** The projection that the scene asks for; the same one while nothing of it has changed. */
  function projected() {
    const { apart } = scene;
    const range = ahead.view ?? scene.range;
    if (range === null || look === null) return null;
    const { frame, view } = framedAgain(section, range, apart, look.measures);
    const { left, top, width, height } = frame;
    if (!memory.isNew("projection", ...view.x, ...view.y, left, top, width, height)) {
      return projection;
    }
    return plane(view, frame);
  }

  function drawLayers() {
    const { grid, batch, theme, penalised, names, language } = scene;
    const { ink, measures, isLow } = /** @type {Look} */ (look);
    const appearance = [theme, language, measures.font];
    const panel = [section.clientWidth, section.clientHeight];
    const isMoved = memory.isNew("places", projection);
    const shown = LAYERS.map((layer) => layer(scene, { ink, measures, isLow }));
    const colours = /** @type {Ground | null} */ (
      shown.find((layer) => layer?.kind === "ground") ?? null
    );
    const map = shown.find((layer) => layer?.kind === "map") ?? null;
    const isOther = memory.isNew("ground", grid, penalised, ...names, isLow, ...appearance);
    if (isOther) ground.show(colours);
    const isRepainted = memory.isNew("map", map?.mapped, map?.colourOf);
    if (isRepainted) ground.map(map);
    const tint = shown.find((layer) => layer?.kind === "tint") ?? null;
    const isTinted = memory.isNew("tint", scene.region, ...appearance);
    if (isTinted) ground.tint(tint);
    if (memory.isNew("lines", grid, batch, map !== null, ...appearance)) {
      contours.show(shown.flatMap((layer) => (layer?.kind === "lines" ? [layer] : [])));
      contours.place(/** @type {Projection} */ (projection));
    }
    // A map has no bar of the ground's colours beside it, and its axes do not wait for another ground.
    const barred = map === null ? colours : null;
    const isBarOther = memory.isNew(
      "bar",
      barred && grid,
      penalised,
      ...names,
      isLow,
      ...appearance,
    );
    if (isOther || isMoved || isRepainted || isTinted)
      ground.place(/** @type {Projection} */ (projection));
    if (isMoved) contours.place(/** @type {Projection} */ (projection));
    /** @type {import("./axes.js").Seen} */
    const seen = {
      section,
      projection: /** @type {Projection} */ (projection),
      names,
      ground: barred,
      ink,
      measures,
    };
    const { left, top, width, height } = seen.projection.frame;
    const isFrameOther = memory.isNew("axes", ...panel, left, top, width, height);
    if (isFrameOther || isBarOther) drawAxes(plot, axesOf(seen));
    else if (isMoved) moveAxes(plot, axesOf(seen));
    return shown.flatMap((layer) => (layer && "role" in layer && layer.role ? [layer.role] : []));
  }

  /** @param {import("../charts/display_list.js").Item[]} items */
  const rolesOf = (items) =>
    items.flatMap((item) =>
      "at" in item && projection?.holds(item.at) ? [/** @type {string} */ (item.role)] : [],
    );

  function drawStill() {
    const marking = markingNow();
    const layerRoles = drawLayers();
    const { runs, starts, selectedStart, minima, taps, theme } = scene;
    const { measures } = marking.look;
    if (memory.isNew("frame", projection)) {
      const { frame } = marking.projection;
      canvas.place(frame);
      // Buttons stand within the frame.
      section.style.setProperty("--frame-left", `${frame.left}px`);
      section.style.setProperty(
        "--frame-right",
        `${section.clientWidth - frame.left - frame.width}px`,
      );
      section.style.setProperty(
        "--frame-bottom",
        `${section.clientHeight - frame.top - frame.height}px`,
      );
    }
    if (memory.isNew("paths", runs, projection, theme, measures.font)) {
      paths = pathsOf(scene, marking.projection, marking.look);
    }
    const items = STILL.flatMap((mark) => mark({ ...marking, paths }));
    const still = [starts, selectedStart, minima, taps, projection, theme, measures.font];
    if (memory.isNew("still", ...still)) {
      canvas.still(items);
    }
    stillRoles = new Set([
      ...layerRoles,
      ...rolesOf(items),
      ...(paths.some(({ dash }) => dash.length > 0) ? ["dashed"] : []),
    ]);
  }

  const markingNow = () => ({
    scene,
    projection: /** @type {Projection} */ (projection),
    look: /** @type {Look} */ (look),
    paths,
    step,
    sides,
  });

  /** @param {number} now */
  function draw(now) {
    step = now;
    if (projection === null || scene.grid === null) return;
    canvas.trails(paths, step);
    const marking = markingNow();
    const items = MOVING.flatMap((mark) => mark(marking));
    canvas.moving(items);
    moving = items;
    legend.show(
      new Set([
        ...stillRoles,
        // A run that has left the picture has diverged none the less.
        ...items.map(({ role }) => role),
        ...(paths.some(({ firstRing }) => step >= firstRing) ? ["clipped"] : []),
      ]),
    );
  }

  function clear() {
    memory.forget();
    sides.clear();
    projection = null;
    paths = [];
    purge(plot);
    ground.show(null);
    ground.map(null);
    ground.tint(null);
    contours.show([]);
    canvas.still([]);
    canvas.trails([], 0);
    canvas.moving([]);
    moving = [];
    legend.show(new Set());
    tooltip.hide();
  }

  /** @param {Partial<Scene>} next */
  function show(next) {
    const before = scene;
    scene = { ...scene, ...next };
    if (scene.range !== before.range) ahead.follow(scene.range);
    if (memory.isNew("buttons", scene.apart, scene.language)) buttons.show(scene.apart);
    if (scene.grid === null || scene.range === null) {
      if (before.grid !== null) clear();
      return;
    }
    const measures = measure();
    look = { ink: inks(scene.theme), measures, isLow: section.clientHeight < LOW };
    projection = projected();
    drawStill();
    draw(step);
    const { grid, runs, map } = before;
    if (grid !== scene.grid || runs !== scene.runs || map !== scene.map) hover.renew();
  }

  const hover = createHover(section, tooltip, () => ({
    projection,
    grid: scene.grid,
    map: scene.map,
    paths,
    step,
    events: scene.events,
    measures: look?.measures ?? null,
  }));

  const target = {
    get projection() {
      return projection;
    },
    /** @param {import("./projection.js").Spot} spot @param {number} reach */
    startAt: (spot, reach) =>
      projection === null ? -1 : startUnder(scene.starts, projection, spot, reach),
  };
  /** @param {View} view */
  function lookAt(view) {
    if (on.view(view) === false) return;
    ahead.ask(view);
    // After the panels: a view that the state has taken at once is drawn by then.
    queueMicrotask(() => {
      if (ahead.view !== null) show({});
    });
  }
  listenToGestures(section, target, {
    ...on,
    view: lookAt,
    tap: hover.tap,
    hover: hover.hover.bind(hover),
  });

  listenToArrows(section, () => moving, on.part);

  const buttons = createZoomButtons(section, {
    zoom(factor) {
      if (projection === null) return;
      const { left, top, width, height } = projection.frame;
      lookAt(projection.zoomed(factor, [left + width / 2, top + height / 2]));
    },
    fit: () => on.fitView(),
    aspect: (aspect) => on.aspect(aspect),
  });
  buttons.show(false);

  new ResizeObserver(() => show({})).observe(section);

  return {
    show,
    draw,
    /** Of the axes' frame, for the grid's request. */
    size: () => sizeOf(section),
  };
}
