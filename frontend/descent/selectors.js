// What resources and panels ask of the state and of the answers, each computed once for what it
// depends on.

import { runStyle } from "../charts/palette.js";
import { isWaiting } from "../core/resources.js";
import { derived } from "../core/selectors.js";
import { isHidden } from "../scenes/phases.js";
import { createEvents } from "./events.js";
import { createQuestions } from "./questions.js";
import { batchOf } from "./simulation.js";
import { selectedOf } from "./state.js";

/**
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./questions.js").Frame} Frame
 *
 * What is looked up: the point, and the batch of the next step; null where that uses all points.
 * @typedef {import("./types.js").Here & {
 *   at: import("../scene/scene.js").Point,
 *   batch: import("./types.js").Batch | null,
 * }} Looked
 */
/** @typedef {ReturnType<typeof createSelectors>} Selectors */

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
