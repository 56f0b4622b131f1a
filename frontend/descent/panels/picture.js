// What of the model the picture shows; and on its section, what is drawn.

import { selector } from "../../core/selectors.js";
import { tapsOf } from "../../hall/taps.js";
import { isHidden } from "../../scenes/phases.js";
import { askedNow } from "../../scenes/scene.js";
import { plotlyReady } from "../../shell/plotly.js";
import { landOf } from "../simulation.js";
import { createCurved } from "./curved.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Selectors} Selectors
 * @typedef {import("./types.js").Looked} Looked
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("../../api/answers.js").ProbedPoint} Probe
 * @typedef {import("../../scene/scene.js").Scene} Scene
 * @typedef {import("../../scene/scene.js").GradientArrow} GradientArrow
 * @typedef {Omit<Scene, "names" | "penalised" | "grid"> & { grid: Picture | null }} Props
 */

/** @type {never[]} */
const NONE = [];

// What was predicted of a scene's path, and where that ends once it was played.
/** @param {Selectors} selectors */
function createPredicted(selectors) {
  const end = selector(
    (/** @type {Model} */ model) => {
      const asked = askedNow(model)?.answers;
      const isSeen = asked?.kind === "tap" && !isHidden(model.state) && selectors.isOver(model);
      const [x, y] = (isSeen && selectors.endOf(model, asked)) || [];
      return [x, y];
    },
    /** @returns {import("../../scene/scene.js").Point | null} */
    (x, y) => (x === undefined || y === undefined ? null : [x, y]),
  );
  return (/** @type {Model} */ model) => {
    const { scene, answer } = model.state;
    const predicted = scene !== null && Array.isArray(answer) ? answer : null;
    return { predicted, ended: predicted && end(model) };
  };
}

// Gradients at the point whose next step uses a batch: of all points, and of that batch alone.
/** @param {Probe} probe @param {Looked} found @returns {GradientArrow[]} */
function arrowsOf(probe, { at, run }) {
  /**
   * @param {GradientArrow["role"]} role
   * @param {Probe["gradient"] | undefined} gradient
   * @param {string} [color]
   * @returns {GradientArrow[]}
   */
  const arrow = (role, gradient, color) =>
    gradient ? [{ role, at, gradient: [gradient.x, gradient.y], color }] : [];
  return [
    ...arrow("gradient", probe.gradient),
    ...arrow("batch_gradient", probe.batch?.gradient, run.style.color),
  ];
}

// The batch of the next step, one object as long as nothing of it changes.
/** @param {Selectors} selectors */
function createBatchOf(selectors) {
  /**
   * @type {{ lines: import("../types.js").Grid | null, probe: Probe | null, found: Looked | null,
   *   batch: Scene["batch"], arrows: GradientArrow[] }}
   */
  let last = { lines: null, probe: null, found: null, batch: null, arrows: NONE };
  return (/** @type {Model} */ model) => {
    const { answers } = model;
    const found = selectors.looked(model);
    const isProbed = found?.batch && answers.probe.status === "ready" && answers.probe.value.batch;
    const lines = found?.batch && answers.batch.status === "ready" ? answers.batch.value : null;
    const probe = isProbed ? answers.probe.value : null;
    if (lines !== last.lines || probe !== last.probe || found !== last.found) {
      const batch = found && lines ? { grid: lines, color: found.run.style.color } : null;
      const arrows = found && probe ? arrowsOf(probe, found) : NONE;
      last = { lines, probe, found, batch, arrows };
    }
    return { batch: last.batch, arrows: last.arrows };
  };
}

/**
 * @param {{ catalog: import("./types.js").Catalog, section: HTMLElement, selectors: Selectors,
 *   mapOf(model: Model): Scene["map"],
 *   bodiesOf(model: Model): Scene["anatomy"],
 *   picture: ReturnType<typeof import("../../scene/picture.js").createPicture> }} page
 * @returns {import("./types.js").Panel<Props>}
 */
export function createPicturePanel({ catalog, section, picture, selectors, mapOf, bodiesOf }) {
  const batchOf = createBatchOf(selectors);
  const predictedOf = createPredicted(selectors);
  const curvedOf = createCurved(selectors, catalog);

  async function tellFirst() {
    await plotlyReady;
    if (section.dataset.drawn) return;
    section.dataset.drawn = "true";
    performance.mark("first-picture");
  }

  return {
    select(model) {
      const { state, theme } = model;
      const grid = selectors.grid(model);
      const isOfState = grid?.key === selectors.of.surface(state);
      return {
        grid,
        // The view that is wanted is seen at once, but for a picture of another surface.
        range: grid && (isOfState ? selectors.of.range(state) : grid.range),
        apart: grid && !isOfState ? grid.apart : selectors.of.apart(state),
        runs: selectors.runs(model),
        minima: selectors.race(model)?.minima ?? NONE,
        events: selectors.events(model),
        starts: /** @type {import("./types.js").Point[]} */ (state.starts),
        selectedStart: state.selectedStart,
        theme,
        language: state.language,
        large: state.large,
        taps: tapsOf(state, landOf(state, selectors.of.range(state))),
        ...batchOf(model),
        map: mapOf(model),
        ...curvedOf(model),
        ...predictedOf(model),
        anatomy: bodiesOf(model),
        lit: state.lit,
      };
    },
    show(props) {
      const { grid } = props;
      if (grid === null) {
        picture.show(props);
        return;
      }
      picture.show({ ...props, names: grid.names, penalised: grid.penalised });
      section.dataset.surface = grid.surface;
      section.dataset.ground = grid.ground;
      section.dataset.region = props.region?.kind ?? "none";
      tellFirst();
    },
  };
}
