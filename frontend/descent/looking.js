// What is looked up while the race stands still: the local truth at the selected run's point,
// and the batch that its next step will use.

import { latest } from "../api/api.js";
import { batchOf, requestGrid, requestProbe, surfaceKey } from "./simulation.js";
import { selectedOf } from "./state.js";

const NONE = [];

export function createLooking({
  catalog,
  store,
  player,
  landscape,
  fit,
  truth,
  onError,
  onLooked,
}) {
  let runs = [];
  let selectedStart = 0;
  let shown = null;
  let missing = "";

  function clear() {
    const awaited = runs.length === 0 && missing === "";
    truth.clear(
      awaited
        ? null
        : runs.length === 0
          ? "truth.no_path"
          : player.playing
            ? "truth.playing"
            : null,
    );
    fit.showRows([]);
    landscape.show({ batch: null, arrows: NONE });
  }

  // Whether paths of the state's surface are shown, not awaited, missing or of an earlier one.
  const isCurrent = () => missing === null && shown === surfaceKey(store.get());

  // Where the selected run stands; null where there is no path or it is out of reach.
  function here() {
    if (!isCurrent()) return null;
    const run = runs.find(({ key }) => key === store.get().selectedRun);
    const trajectory = run?.trajectories[selectedStart];
    if (!trajectory) return null;
    const step = Math.min(player.step, trajectory.x.length - 1);
    const at = [trajectory.x[step], trajectory.y[step]];
    return at.some((value) => Math.abs(value) > catalog.limits.coordinate)
      ? null
      : { run, trajectory, step, at };
  }

  const look = latest(async () => {
    const state = store.get();
    const found = here();
    if (player.playing || !found) return clear();
    const { run, trajectory, step, at } = found;
    const size = batchOf(catalog, state, selectedOf(state));
    const next = Math.min(step + 1, state.steps);
    const batch = size === null ? null : { size, step: next, seed: state.seed };
    const [local, grid] = await Promise.all([
      requestProbe(state, at, batch),
      batch && landscape.view ? requestGrid(state, landscape.view, landscape.size(), batch) : null,
    ]);
    onLooked();
    // The race may have gone on, or the state changed, while the server thought.
    if (
      player.playing ||
      store.get() !== state ||
      step !== Math.min(player.step, trajectory.x.length - 1)
    )
      return;
    const rates = trajectory.learning_rate;
    truth.show({ local, run, step, rate: rates[Math.min(step, rates.length - 1)] });
    const arrow = (role, gradient, color) =>
      gradient ? [{ role, at, gradient: [gradient.x, gradient.y], color }] : [];
    fit.showRows(local.batch?.rows ?? []);
    landscape.show({
      batch: grid ? { grid, color: run.style.color } : null,
      arrows: batch
        ? [
            ...arrow("gradient", local.gradient),
            ...arrow("batch_gradient", local.batch.gradient, run.style.color),
          ]
        : NONE,
    });
  }, onError);

  return {
    look,
    clear,
    here,
    isCurrent,
    show(next) {
      const first = runs.length === 0 && next.runs.length > 0;
      ({ runs, selectedStart, missing, key: shown } = next);
      if (first || runs.length === 0) clear();
      if (!player.playing) look();
    },
  };
}
