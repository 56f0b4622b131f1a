// What resources and panels ask of the state and of the answers, each computed once for what it
// depends on.

import { runStyle } from "../charts/palette.js";
import { isWaiting } from "../core/resources.js";
import { isSameList } from "../core/selectors.js";
import { asDomain, isApart } from "../scene/geometry.js";
import { isUnmeasured } from "./bringing.js";
import { runNames } from "./names.js";
import {
  batchOf,
  gridRequest,
  penaltiesOf,
  runsRequest,
  surfaceKey,
  surfaceRequest,
} from "./simulation.js";
import { selectedOf, surfaceOf } from "./state.js";

// A function that is computed again only where one of what `of` lists of its inputs is another.
function derived(of, compute) {
  let known = null;
  let result;
  return (...inputs) => {
    const now = of(...inputs);
    if (known === null || !isSameList(known, now)) {
      result = compute(...inputs);
      known = now;
    }
    return result;
  };
}

// The same with a list as its result: the earlier one stays where the new one says the same.
function derivedList(of, compute) {
  let last = [];
  return derived(of, (...inputs) => {
    const next = compute(...inputs);
    if (!isSameList(next, last)) last = next;
    return last;
  });
}

const surfaceFields = (s) => [s.surface, s.parameters, s.formula, s.points, s.reading, s.columns];

// What is asked of the state alone.
function createQuestions(catalog, frame) {
  const surfaceText = derived(surfaceFields, (state) => JSON.stringify(surfaceRequest(state)));
  const surface = derived(surfaceFields, surfaceKey);
  const domain = (state) => surfaceOf(catalog, state).domain;

  // Of the picture: what the reader looks at, with the proportions of the window; null as long as
  // there is no window, or a surface is not measured.
  const range = derived(
    (state) => [domain(state), state.view, state.aspect, state.size, state.large],
    (state) => {
      const { view, aspect, size } = state;
      const whole = domain(state);
      if (!whole || !size) return null;
      return frame(view ? asDomain(view) : whole, isApart(aspect, whole));
    },
  );

  const penalties = (state) => Object.values(penaltiesOf(state));
  const gridKey = derived(
    (state) => [
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
    (state) => [
      surfaceText(state),
      state.measured,
      state.runs,
      state.starts,
      state.steps,
      state.seed,
      state.tolerance,
      state.precision,
    ],
    (state) => {
      if (isUnmeasured(state)) return null;
      const keys = state.runs.filter(({ enabled }) => enabled).map(({ key }) => key);
      const { starts, steps, seed, tolerance, precision } = state;
      const terms = [keys, runsRequest(catalog, state), starts, steps, seed, tolerance, precision];
      return `${JSON.stringify(terms)} ${surfaceText(state)}`;
    },
  );

  const names = derivedList(
    (state) => [
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
    apart: (state) => {
      const whole = domain(state);
      return Boolean(whole) && isApart(state.aspect, whole);
    },
  };
}

// `frame` answers what is seen of a domain in the picture's frame, its axes scaled apart or not.
// A model is the state, the answers and the theme that is seen.
export function createSelectors(catalog, frame) {
  const of = createQuestions(catalog, frame);

  // The picture that is there: one of another surface stays until this one's comes, unless that
  // is not to be had.
  function grid({ state, answers }) {
    const { value } = answers.grid;
    return value === null || (isWaiting(answers.grid) && value.key !== of.surface(state))
      ? null
      : value;
  }

  // The paths that are there: over the picture of their surface only, and not beside a start that
  // has been waited for too long.
  function race(model) {
    const { state, answers } = model;
    const { value, key, valueKey } = answers.paths;
    if (value === null) return null;
    if (state.late && isWaiting(answers.paths) && key !== valueKey) return null;
    const picture = grid(model);
    return picture !== null && picture.key !== of.surface(state) ? null : value;
  }

  // Why there is none, as an error; null while it is awaited.
  function failure({ state, answers }) {
    const { status, error } = answers.paths;
    return status === "refused" || (state.late && isWaiting(answers.paths)) ? error : null;
  }

  const runs = derived(
    (model) => [race(model), model.state.runs, of.names(model.state), model.theme],
    (model) => {
      const { state, theme } = model;
      const names = of.names(state);
      return (race(model)?.runs ?? []).flatMap((run) => {
        const index = state.runs.findIndex(({ key }) => key === run.key);
        if (index < 0 || !state.runs[index].enabled) return [];
        return [{ ...run, name: names[index], style: runStyle(state.runs[index].color, theme) }];
      });
    },
  );

  // A start that was just put down has no path yet: the charts stay at the last that has.
  const shownStart = (model) =>
    Math.min(
      model.state.selectedStart,
      Math.max(0, ...runs(model).map((run) => run.trajectories.length - 1)),
    );

  const step = ({ state }) => Math.min(state.clock.step, state.steps);

  // Where the selected run stands: `at` is null where that is out of reach; null without a path.
  const here = derived(
    (model) => [
      runs(model),
      model.state.selectedRun,
      shownStart(model),
      step(model),
      race(model) === null,
    ],
    (model) => {
      const run = runs(model).find(({ key }) => key === model.state.selectedRun);
      const trajectory = run?.trajectories[shownStart(model)];
      if (!trajectory) return null;
      const last = Math.min(step(model), trajectory.x.length - 1);
      const at = [trajectory.x[last], trajectory.y[last]];
      const isNear = at.every((value) => Math.abs(value) <= catalog.limits.coordinate);
      const rate = trajectory.learning_rate[Math.min(last, trajectory.learning_rate.length - 1)];
      return { run, trajectory, step: last, rate, at: isNear ? at : null };
    },
  );

  // What is looked up while the race stands still: the point, and the batch of the next step.
  const looked = derived(
    (model) => [
      model.state.clock.playing || model.state.wish !== null,
      model.answers.paths.status === "ready",
      here(model),
      ...[model.state.runs, model.state.steps, model.state.seed],
    ],
    (model) => {
      const { state, answers } = model;
      const found = here(model);
      const isStill = !state.clock.playing && state.wish === null;
      if (!isStill || answers.paths.status !== "ready" || !found?.at) return null;
      const size = batchOf(catalog, state, selectedOf(state));
      const next = Math.min(found.step + 1, state.steps);
      const batch = size === null ? null : { size, step: next, seed: state.seed };
      return { ...found, batch };
    },
  );

  return { of, grid, race, failure, runs, shownStart, step, here, looked };
}
