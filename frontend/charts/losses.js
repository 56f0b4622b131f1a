// Loss against step for every run.

import { createCurves } from "./curves.js";

/**
 * @typedef {import("./curves.js").Axis} Axis
 * @typedef {import("./curves.js").Outside} Outside
 * @typedef {{loss: number[] | Float64Array | Float32Array}} Losses
 */

const FLOOR = 1e-16;
// The least change of f, in parts of itself, that a log axis of f shows.
const HARDLY = 1e-5;

/**
 * What is drawn, and on which axis. A log axis needs positive numbers: f − f* where the least known
 * minimum f* is known, f itself where it has only those, else f less the lowest that any run has
 * seen; so too where f has only those but hardly changes in them, as 10⁶ + r² does.
 *
 * @param {Losses[]} trajectories
 * @param {{loss: number}[]} minima
 * @param {"log" | "linear"} [scale]
 * @returns {Omit<Axis, "range">}
 */
export function lossAxis(trajectories, minima, scale = "log") {
  if (scale === "linear") return { kind: "linear", offset: 0, title: "losses.linear" };
  const lowest = lowestOf(trajectories);
  const best = minima.length > 0 ? Math.min(...minima.map(({ loss }) => loss)) : null;
  if (best === 0) return { kind: "log", offset: 0, title: "losses.log" };
  // Rounding may put a path a hair under the minimum; deeper means f* is not the least.
  if (best !== null && lowest > best - 1e-9 * Math.max(1, Math.abs(best))) {
    return { kind: "log", offset: best, title: "losses.gap" };
  }
  const highest = highestOf(trajectories, lowest);
  // Where all that was seen is one number and its rounding there is nothing to see on a log axis.
  if (!(highest - lowest > 1e-15 * Math.abs(lowest))) {
    return { kind: "linear", offset: 0, title: "losses.linear" };
  }
  if (lowest >= 0 && highest - lowest >= HARDLY * lowest) {
    return { kind: "log", offset: 0, title: "losses.log" };
  }
  return { kind: "log", offset: lowest, title: "losses.above_lowest" };
}

/** @param {Losses[]} trajectories */
function lowestOf(trajectories) {
  let lowest = Infinity;
  for (const { loss } of trajectories) for (const value of loss) lowest = Math.min(lowest, value);
  return lowest;
}

/** @param {Losses[]} trajectories @param {number} least */
function highestOf(trajectories, least) {
  let highest = least;
  for (const { loss } of trajectories) {
    for (const value of loss) if (value < Infinity && value > highest) highest = value;
  }
  return highest;
}

/**
 * @param {Losses[]} trajectories
 * @param {Omit<Axis, "range">} axis
 * @returns {[number, number]}
 */
function lossRange(trajectories, axis) {
  const starts = trajectories.map(({ loss }) => loss[0] - axis.offset);
  const first = Math.max(...starts);
  // Where all start from the lowest that was seen only the rest has a height.
  const highest =
    axis.kind === "linear" || first > 0
      ? first
      : Math.max(0, highestOf(trajectories, -Infinity) - axis.offset);
  let top = highest;
  let bottom = Infinity;
  // An exploding run must not press the others flat: it leaves through the top instead.
  const cap =
    axis.kind === "log"
      ? 1e3 * Math.max(highest, FLOOR)
      : highest + 2 * Math.max(1, Math.abs(highest));
  const floor =
    axis.kind === "log"
      ? Math.max(1e-12, 1e-14 * highest)
      : highest - 10 * Math.max(1, Math.abs(highest));
  for (const { loss } of trajectories) {
    for (const raw of loss) {
      const value = raw - axis.offset;
      if (value <= cap && value > top) top = value;
      if (value >= floor && value < bottom) bottom = value;
      // The lowest point that was seen is 0 itself: the axis ends where the rest of it does.
      if (value < floor && axis.title !== "losses.above_lowest") bottom = Math.min(bottom, floor);
    }
  }
  if (axis.kind === "log") {
    const [low, high] = [Math.log10(Math.max(bottom, floor)), Math.log10(Math.max(top, FLOOR))];
    return [low - 0.04 * (high - low) - 0.1, high + 0.06 * (high - low) + 0.1];
  }
  return [bottom - 0.05 * (top - bottom) - 1e-9, top + 0.05 * (top - bottom) + 1e-9];
}

/**
 * @param {HTMLElement} section
 * @param {Outside} outside
 */
export const createLosses = (section, outside) =>
  createCurves(
    section,
    {
      describe(trajectories, { minima, scale }) {
        const axis = lossAxis(trajectories, minima, scale);
        return { ...axis, range: lossRange(trajectories, axis) };
      },
      values: ({ loss }) => loss,
      isTimed: true,
    },
    outside,
  );
