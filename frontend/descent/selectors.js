// What resources and panels ask of the state and of the answers, each computed once for what it
// depends on.

import { runStyle } from "../charts/palette.js";
import { isWaiting } from "../core/resources.js";
import { derived, isSameList } from "../core/selectors.js";
import { asDomain, isApart } from "../scene/geometry.js";
import { isHidden } from "../scenes/phases.js";
import { isUnmeasured } from "./bringing.js";
import { createEvents } from "./events.js";
import { runNames } from "./names.js";
import {
  batchOf,
  gridRequest,
  penaltiesOf,
  runsRequest,
  surfaceKey,
  surfaceRequest,
} from "./simulation.js";
import { SURFACE_FIELDS, selectedOf, surfaceOf } from "./state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("../scene/geometry.js").Domain} Domain
 * @typedef {(domain: Domain, apart: boolean) => import("../scene/scene.js").View} Frame
 *
 * What is looked up: the point, and the batch of the next step; null where that uses all points.
 * @typedef {import("./types.js").Here & {
 *   at: import("../scene/scene.js").Point,
 *   batch: import("./types.js").Batch | null,
 * }} Looked
 */
/** @typedef {ReturnType<typeof createSelectors>} Selectors */

// A derived list: the earlier one stays where the new one says the same.
/**
 * @template {unknown[]} I
 * @template R
 * @param {(...inputs: I) => readonly unknown[]} of
 * @param {(...inputs: I) => R[]} compute
 */
function derivedList(of, compute) {
  /** @type {R[]} */
  let last = [];
  return derived(of, (/** @type {I} */ ...inputs) => {
    const next = compute(...inputs);
    if (!isSameList(next, last)) last = next;
    return last;
  });
}

/** @param {State} state */
const surfaceFields = (state) => SURFACE_FIELDS.map((name) => state[name]);

// What is asked of the state alone.
/** @param {Catalog} catalog @param {Frame} frame */
function createQuestions(catalog, frame) {
  const surfaceText = derived(surfaceFields, (state) => JSON.stringify(surfaceRequest(state)));
  const surface = derived(surfaceFields, surfaceKey);
  /** @param {State} state @returns {Domain | undefined} Undefined before it is measured. */
  const domain = (state) => surfaceOf(catalog, state).domain;

  // Of the picture: what the reader looks at, with the proportions of the window; null as long as
  // there is no window, or a surface is not measured.
  const range = derived(
    (/** @type {State} */ state) => [
      domain(state),
      state.view,
      state.aspect,
      state.size,
      state.large,
    ],
    (state) => {
      const { view, aspect, size } = state;
      const whole = domain(state);
      if (!whole || !size) return null;
      return frame(view ? asDomain(view) : whole, isApart(aspect, whole));
    },
  );

  const penalties = (/** @type {State} */ state) => Object.values(penaltiesOf(state));
  const gridKey = derived(
    (/** @type {State} */ state) => [
      surfaceText(state),
      range(state),
      state.size,
      state.scale,
      state.ground,
      ...penalties(state),
    ],
    (state) => {
      const seen = range(state);
      return seen && `${JSON.stringify(gridRequest(state, seen))} ${surfaceText(state)}`;
    },
  );

  const pathsKey = derived(
    (/** @type {State} */ state) => [
      surfaceText(state),
      state.measured,
      state.runs,
      state.starts,
      state.steps,
      state.seed,
      state.tolerance,
      state.precision,
      state.effective,
    ],
    (state) => {
      if (isUnmeasured(state)) return null;
      const keys = state.runs.filter(({ enabled }) => enabled).map(({ key }) => key);
      const { starts, steps, seed, tolerance, precision } = state;
      const terms = [keys, runsRequest(catalog, state), starts, steps, seed, tolerance, precision];
      if (state.effective) terms.push("effective");
      return `${JSON.stringify(terms)} ${surfaceText(state)}`;
    },
  );

  const names = derivedList(
    (/** @type {State} */ state) => [
      ...surfaceFields(state),
      state.measured,
      state.rates,
      state.runs,
      state.language,
      document.documentElement.lang,
    ],
    (state) => runNames(catalog, state),
  );

  return {
    surfaceText,
    surface,
    range,
    gridKey,
    pathsKey,
    names,
    apart: (/** @type {State} */ state) => {
      const whole = domain(state);
      return whole !== undefined && isApart(state.aspect, whole);
    },
  };
}

// `frame` answers what is seen of a domain in the picture's frame, its axes scaled apart or not.
// A model is the state, the answers and the theme that is seen.
/** @param {Catalog} catalog @param {Frame} frame */
export function createSelectors(catalog, frame) {
  const of = createQuestions(catalog, frame);

  // The picture that is there: one of another surface stays until this one's comes, unless that
  // is not to be had.
  /** @param {Model} model */
  function grid({ state, answers }) {
    const { value } = answers.grid;
    return value === null || (isWaiting(answers.grid) && value.key !== of.surface(state))
      ? null
      : value;
  }

  // The paths that are there: over the picture of their surface only, and not beside a start that
  // has been waited for too long.
  /** @param {Model} model */
  function race(model) {
    const { state, answers } = model;
    const { value, key, valueKey } = answers.paths;
    if (value === null) return null;
    if (state.late && isWaiting(answers.paths) && key !== valueKey) return null;
    const picture = grid(model);
    return picture !== null && picture.key !== of.surface(state) ? null : value;
  }

  // Why there is none, as an error; null while it is awaited.
  /** @param {Model} model */
  function failure({ state, answers }) {
    const { status, error } = answers.paths;
    return status === "refused" || (state.late && isWaiting(answers.paths)) ? error : null;
  }

  // None while a scene's question is open: all that shows a path is made of these.
  const runs = derived(
    (/** @type {Model} */ model) => [
      isHidden(model.state),
      race(model),
      model.state.runs,
      of.names(model.state),
      model.theme,
    ],
    (model) => {
      const { state, theme } = model;
      const names = of.names(state);
      if (isHidden(state)) return [];
      return (race(model)?.runs ?? []).flatMap((run) => {
        const index = state.runs.findIndex(({ key }) => key === run.key);
        if (index < 0 || !state.runs[index].enabled) return [];
        return [{ ...run, name: names[index], style: runStyle(state.runs[index].color, theme) }];
      });
    },
  );

  // A start that was just put down has no path yet: the charts stay at the last that has.
  const shownStart = (/** @type {Model} */ model) =>
    Math.min(
      model.state.selectedStart,
      Math.max(0, ...runs(model).map((run) => run.trajectories.length - 1)),
    );

  const step = (/** @type {Model} */ { state }) => Math.min(state.clock.step, state.steps);

  // Where the selected run stands: `at` is null where that is out of reach; null without a path.
  const here = derived(
    (/** @type {Model} */ model) => [
      runs(model),
      model.state.selectedRun,
      shownStart(model),
      step(model),
      race(model) === null,
    ],
    /** @returns {import("./types.js").Here | null} */
    (model) => {
      const run = runs(model).find(({ key }) => key === model.state.selectedRun);
      const trajectory = run?.trajectories[shownStart(model)];
      if (!trajectory) return null;
      const last = Math.min(step(model), trajectory.x.length - 1);
      /** @type {import("../scene/scene.js").Point} */
      const at = [trajectory.x[last], trajectory.y[last]];
      const isNear = at.every((value) => Math.abs(value) <= catalog.limits.coordinate);
      const rate = trajectory.learning_rate[Math.min(last, trajectory.learning_rate.length - 1)];
      return { run, trajectory, step: last, rate, at: isNear ? at : null };
    },
  );

  // What is looked up while the race stands still: the point, and the batch of the next step.
  const looked = derived(
    (/** @type {Model} */ model) => [
      model.state.clock.playing || model.state.wish !== null,
      model.answers.paths.status === "ready",
      here(model),
      ...[model.state.runs, model.state.steps, model.state.seed],
    ],
    /** @returns {Looked | null} */
    (model) => {
      const { state, answers } = model;
      const found = here(model);
      const isStill = !state.clock.playing && state.wish === null;
      if (!isStill || answers.paths.status !== "ready" || !found?.at) return null;
      const size = batchOf(catalog, state, selectedOf(state));
      const next = Math.min(found.step + 1, state.steps);
      const batch = size === null ? null : { size, step: next, seed: state.seed };
      return { ...found, at: found.at, batch };
    },
  );

  const events = createEvents({ here, step });

  // The path of a run, by its place among the runs, from a start.
  /** @param {Model} model @param {{ run: number, start: number }} asked */
  const pathOf = (model, { run, start }) => {
    const key = model.state.runs[run]?.key;
    return race(model)?.runs.find((one) => one.key === key)?.trajectories[start] ?? null;
  };

  // Whether the race has been played to its end, and where one of its paths ends.
  const isOver = (/** @type {Model} */ { state, answers }) =>
    answers.paths.status === "ready" && state.wish === null && state.clock.step >= state.steps;
  /** @param {Model} model @param {{ run: number, start: number }} asked
   * @returns {import("../scene/scene.js").Point | null} */
  const endOf = (model, asked) => {
    const path = pathOf(model, asked);
    return path && [path.x[path.x.length - 1], path.y[path.y.length - 1]];
  };

  return {
    of,
    grid,
    race,
    failure,
    runs,
    shownStart,
    step,
    here,
    looked,
    events,
    pathOf,
    isOver,
    endOf,
  };
}
