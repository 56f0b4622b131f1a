// Loss against step for every run, and under it the learning rate where it changes.

import { createCurves } from "./curves.js";

const FLOOR = 1e-16;

// What is drawn, and on which axis. A log axis needs positive numbers: f itself where it has
// only those, f − f* where the least known minimum f* is known, else f on a linear axis.
export function lossAxis(trajectories, minima) {
  const lowest = trajectories.reduce((least, { loss }) =>
    loss.reduce((low, value) => Math.min(low, value), least), Infinity);
  const best = minima.length > 0 ? Math.min(...minima.map(({ loss }) => loss)) : null;
  if (best === 0 || (best === null && lowest > 0)) return { kind: "log", offset: 0 };
  // Rounding may put a path a hair under the minimum; deeper means f* is not the least.
  if (best !== null && lowest > best - 1e-9 * Math.max(1, Math.abs(best))) {
    return { kind: "log", offset: best };
  }
  return { kind: "linear", offset: 0 };
}

export function lossRange(trajectories, axis) {
  const starts = trajectories.map(({ loss }) => loss[0] - axis.offset);
  const highest = Math.max(...starts);
  let top = highest;
  let bottom = Infinity;
  // An exploding run must not press the others flat: it leaves through the top instead.
  const cap = axis.kind === "log" ? 1e3 * Math.max(highest, FLOOR)
    : highest + 2 * Math.max(1, Math.abs(highest));
  const floor = axis.kind === "log" ? Math.max(1e-12, 1e-14 * highest)
    : highest - 10 * Math.max(1, Math.abs(highest));
  for (const { loss } of trajectories) {
    for (const raw of loss) {
      const value = raw - axis.offset;
      if (value <= cap && value > top) top = value;
      if (value >= floor && value < bottom) bottom = value;
      if (value < floor) bottom = Math.min(bottom, floor);
    }
  }
  if (axis.kind === "log") {
    const [low, high] = [Math.log10(Math.max(bottom, floor)), Math.log10(Math.max(top, FLOOR))];
    return [low - 0.04 * (high - low) - 0.1, high + 0.06 * (high - low) + 0.1];
  }
  return [bottom - 0.05 * (top - bottom) - 1e-9, top + 0.05 * (top - bottom) + 1e-9];
}

function describeLoss(trajectories, { minima }) {
  const axis = lossAxis(trajectories, minima);
  const title = axis.kind === "linear" ? "losses.linear" : axis.offset === 0 ? "losses.log"
    : "losses.gap";
  return { ...axis, title, range: lossRange(trajectories, axis) };
}

export const createLosses = (section) => createCurves(section, {
  describe: describeLoss, values: ({ loss }) => loss, margin: { l: 58, r: 12, t: 8, b: 34 },
});

const varies = ({ learning_rate: rate }) => rate.some((value) => value !== rate[0]);

// Whether any run's rate changes from step to step, so that it is worth a panel.
export const ratesVary = (runs) => runs.some(({ trajectories }) => trajectories.some(varies));

// Linear, so that a schedule has its own shape, unless the runs' peaks are decades apart.
function describeRate(trajectories) {
  const peaks = trajectories.map(({ learning_rate: rates }) =>
    rates.reduce((high, rate) => Math.max(high, rate), 0));
  const [low, high] = [Math.min(...peaks), Math.max(...peaks)];
  if (low > 0 && high / low > 30) {
    return { kind: "log", offset: 0, title: "rates.title",
      range: [Math.log10(low) - 1, Math.log10(high) + 0.2] };
  }
  return { kind: "linear", offset: 0, title: "rates.title", range: [0, 1.08 * (high || 1)] };
}

export const createRates = (section) => createCurves(section, {
  describe: describeRate, values: ({ learning_rate: rates }) => rates,
  margin: { l: 58, r: 12, t: 6, b: 10 },
});
