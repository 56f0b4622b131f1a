// What the reader types goes to the server first, and into the state once it is accepted: the
// picture and the race are always those of the last formula or points that were.

import { latest } from "../api/api.js";
import { requestMeasure } from "./simulation.js";
import { bringSurface, isMeasured } from "./state.js";

const isOwn = ({ starts, measured }) =>
  starts.length === 1 && measured?.start.every((value, axis) => value === starts[0][axis]);

export function createBringing({ store, onAccepted, onError }) {
  // Counts the surfaces chosen otherwise: what was typed for an earlier one is then dropped.
  let turn = 0;
  let accepting = false;
  store.subscribe((_, changed) => {
    if (!accepting && (changed.has("surface") || changed.has("points"))) turn += 1;
  });

  const ask = latest(async (change, asked) => {
    if (asked !== turn) return;
    const state = store.get();
    const known = [undefined, state.surface].includes(change.surface);
    const fresh =
      change.surface && !known
        ? { parameters: {}, points: null, reading: null, columns: null }
        : {};
    const next = { ...state, ...fresh, ...change };
    let measured;
    try {
      measured = await requestMeasure(next);
    } catch (error) {
      if (asked !== turn) return;
      throw error;
    }
    if (asked !== turn) return;
    const rescaled =
      Boolean(measured.standardised?.on) !== Boolean(state.measured?.standardised?.on);
    const first = !isMeasured(state) || !known || change.points !== undefined || rescaled;
    // A start that nobody has moved goes to where this formula has its own.
    const starts = isOwn(state) ? { starts: [[...measured.start]] } : {};
    accepting = true;
    store.update(
      first ? bringSurface({ ...fresh, ...change }, measured) : { ...change, ...starts, measured },
    );
    accepting = false;
    onAccepted(next);
  }, onError);

  return (change) => ask(change, turn);
}
