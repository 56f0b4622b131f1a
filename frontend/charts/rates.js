// The learning rate against step for every run: that of the schedule, or what each coordinate is
// multiplied by.

import { t } from "../i18n/i18n.js";
import { createCurves } from "./curves.js";

/**
 * @typedef {import("./curves.js").Axis} Axis
 * @typedef {import("./curves.js").Outside} Outside
 * @typedef {import("./runs.js").Run} Run
 * @typedef {import("./runs.js").Trajectory & {rates?: ArrayLike<number>}} Trajectory `rates` are those
 *   that are drawn, if not the schedule's.
 * @typedef {import("./curves.js").Props & {effective: boolean, names: [string, string]}} Props
 */

// More decades than this are left to run out of the panel.
const DECADES = 9;
const ALONG_Y = [6, 4];

/** @param {Trajectory} trajectory */
const varies = ({ learning_rate: rates }) => {
  for (const rate of rates) if (rate !== rates[0]) return true;
  return false;
};

/**
 * Whether any run's rate changes from step to step, so that it is worth a panel.
 *
 * @param {{trajectories: Trajectory[]}[]} runs
 */
export const ratesVary = (runs) => runs.some(({ trajectories }) => trajectories.some(varies));

/**
 * Linear, so that a schedule has its own shape, unless the runs' peaks are decades apart.
 *
 * @param {Trajectory[]} trajectories
 * @returns {Axis}
 */
function describeRate(trajectories) {
  const peaks = trajectories.map(({ learning_rate: rates }) => {
    let peak = 0;
    for (const rate of rates) peak = Math.max(peak, rate);
    return peak;
  });
  const [low, high] = [Math.min(...peaks), Math.max(...peaks)];
  if (low > 0 && high / low > 30) {
    return {
      kind: "log",
      offset: 0,
      title: "rates.title",
      range: [Math.log10(low) - 1, Math.log10(high) + 0.2],
    };
  }
  return { kind: "linear", offset: 0, title: "rates.title", range: [0, 1.08 * (high || 1)] };
}

/**
 * Logarithmic: a rate that dies goes through decades.
 *
 * @param {Trajectory[]} trajectories
 * @returns {Axis}
 */
function describeEffective(trajectories) {
  let [low, high] = [Infinity, 0];
  for (const { rates, learning_rate: scheduled } of trajectories) {
    for (const rate of Array.from(rates ?? scheduled)) {
      if (rate > 0 && rate < Infinity) [low, high] = [Math.min(low, rate), Math.max(high, rate)];
    }
  }
  const top = Math.log10(high || 1);
  const bottom = Math.max(Number.isFinite(low) ? Math.log10(low) : top, top - DECADES);
  const room = 0.08 * Math.max(top - bottom, 0.5);
  return {
    kind: "log",
    offset: 0,
    title: "rates.effective",
    range: [bottom - room, top + room],
  };
}

/**
 * Two curves for a run whose coordinates have rates of their own: x solid, y dashed.
 *
 * @param {Run} run
 * @param {[string, string]} names
 * @returns {Run[]}
 */
export function alongAxes(run, names) {
  if (!run.trajectories.every(({ effective_rate: rate }) => rate)) {
    return [{ ...run, key: 2 * run.key }];
  }
  return /** @type {const} */ (["x", "y"]).map((axis, i) => ({
    ...run,
    key: 2 * run.key + i,
    name: t("rates.of", { name: run.name, axis: names[i] }),
    style: { ...run.style, dash: i === 0 ? [] : ALONG_Y },
    trajectories: run.trajectories.map((trajectory) => ({
      ...trajectory,
      rates: trajectory.effective_rate?.[axis],
    })),
  }));
}

/**
 * @param {HTMLElement} section
 * @param {Outside} outside
 */
export function createRates(section, outside) {
  let isEffective = false;
  const curves = createCurves(
    section,
    {
      describe: (trajectories) =>
        isEffective ? describeEffective(trajectories) : describeRate(trajectories),
      values: (/** @type {Trajectory} */ { rates, learning_rate: scheduled }) => rates ?? scheduled,
      isTimed: false,
    },
    outside,
  );
  return {
    ...curves,
    /** @param {Props} props */
    show({ effective, names, ...props }) {
      isEffective = effective;
      section.classList.toggle("effective", effective);
      if (!effective) return curves.show(props);
      const runs = props.runs.flatMap((run) => alongAxes(run, names));
      const { selectedRun } = props;
      const selected = selectedRun === undefined ? undefined : 2 * selectedRun;
      return curves.show({ ...props, runs, selectedRun: selected });
    },
  };
}
