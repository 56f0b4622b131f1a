// A trained network as the panels read it, and the scales that several of them share.

import { decode } from "../../api/api.js";

/**
 * @typedef {any} Run
 * @typedef {ArrayLike<number> & Iterable<number>} Numbers
 * @typedef {[number, number]} Range
 */

// Rows of the hidden layers, then the output's: values[row * count + step - 1].
/** @param {any} hidden @param {any} output */
function stacked(hidden, output) {
  const [above, below] = [decode(hidden), decode(output)];
  const values = new Float64Array(above.length + below.length);
  values.set(above);
  values.set(below, above.length);
  return values;
}

/** @param {any} histograms @param {number} layers */
function histogramsOf({ activation, gradient }, layers) {
  /** @param {any} packed */
  const part = ({ edges, counts }) => {
    const bins = decode(counts);
    return { edges: decode(edges), counts: bins };
  };
  const zero = gradient.zero;
  const [a, g] = [part(activation), part(gradient)];
  return {
    activation: a,
    gradient: g,
    zero,
    layers,
    bins: a.counts.length / (zero.length * layers),
  };
}

/** @param {any} answer As networks/training answers it. @returns {Run} */
export function readTraining(answer) {
  const { data, prediction, network } = answer;
  const loss = decode(answer.loss);
  const count = decode(answer.learning_rate).length;
  const classes = data.kind === "classes";
  return {
    kind: data.kind,
    reading: data.reading ?? null,
    asked: answer.steps,
    count,
    rows: network.depth + 1,
    loss,
    accuracy: classes ? decode(answer.accuracy) : null,
    rate: decode(answer.learning_rate),
    changes: answer.changes ?? [],
    clipping: answer.clipping,
    clipped: answer.clipped,
    norms: stacked(answer.weight_gradient_norm, answer.output.weight_gradient_norm),
    ratios: stacked(answer.update_ratio, answer.output.update_ratio),
    frames: prediction.steps,
    predictions: decode(prediction.values),
    probes: classes
      ? { x: decode(prediction.grid.x), y: decode(prediction.grid.y) }
      : { x: decode(prediction.x) },
    points: classes
      ? { x: decode(data.x1), y: decode(data.x2), label: data.label }
      : { x: decode(data.x), y: decode(data.y) },
    histograms: answer.histograms ? histogramsOf(answer.histograms, network.depth) : null,
    came: answer.outcome,
    divergedAt: answer.status === "diverged" ? answer.diverged_at : null,
  };
}

/** Whether it is a network that has not been trained yet. @param {Run} run */
export const isLook = ({ count, divergedAt }) => count === 0 && divergedAt === null;

/**
 * Which kept frame shows a step: the last one not after it.
 *
 * @param {number[]} frames
 * @param {number} step
 */
export function frameAt(frames, step) {
  let index = frames.length - 1;
  while (index > 0 && frames[index] > step) index -= 1;
  return index;
}

/** @param {Numbers[]} arrays @param {(value: number) => number} [of] @returns {Range | null} */
function extent(arrays, of = (value) => value) {
  let [low, high] = [Infinity, -Infinity];
  for (const values of arrays) {
    for (const value of values) {
      const at = of(value);
      if (!Number.isFinite(at)) continue;
      low = Math.min(low, at);
      high = Math.max(high, at);
    }
  }
  return low <= high ? [low, high] : null;
}

/** @param {Range | null} range @param {number} part @param {number} least @returns {Range} */
function widened(range, part, least) {
  const [low, high] = range ?? [0, 1];
  const room = Math.max(part * (high - low), (least - (high - low)) / 2, 0);
  return [low - room, high + room];
}

/** @param {Run[]} runs @returns {(name: string) => any[]} */
const gatheredOf = (runs) => (name) => runs.map((run) => run[name]);

// Decades above the run that stayed finite; one that explodes beside it leaves at the top.
const ABOVE = 3;

/** @param {Run[]} runs @returns {Range | null} */
function lossDecades(runs) {
  /** @param {Run[]} some */
  const decades = (some) =>
    extent(
      some.map(({ loss }) => loss),
      Math.log10,
    );
  const calm = decades(runs.filter(({ divergedAt }) => divergedAt === null));
  const all = decades(runs);
  return calm === null || all === null ? all : [all[0], Math.min(all[1], calm[1] + ABOVE)];
}

/**
 * What two settings side by side have in common: every axis, so that the eye compares.
 *
 * @param {Run[]} runs
 */
export function sharedScales(runs) {
  const all = gatheredOf(runs);
  const isLog = all("loss").every((loss) => loss.every((/** @type {number} */ value) => value > 0));
  const ratio = extent(all("ratios"), Math.log10) ?? [-3, -3];
  const norm = extent(all("norms"), Math.log10) ?? [-1, 0];
  const curves = runs.filter(({ kind }) => kind === "curve");
  /** @param {Run} run */
  const varies = ({ rate }) => rate.some((/** @type {number} */ value) => value !== rate[0]);
  return {
    // Where all of them broke off, what was never reached takes no room.
    total: Math.max(1, ...runs.map(({ divergedAt, asked }) => divergedAt ?? asked)),
    isLog,
    loss: isLog ? widened(lossDecades(runs), 0.05, 0.3) : widened(extent(all("loss")), 0.05, 1e-9),
    rate: runs.some(varies) ? [0, 1.08 * (extent(all("rate"))?.[1] ?? 1)] : null,
    ratio: widened([Math.min(ratio[0], -3.5), Math.max(ratio[1], -2.5)], 0.03, 1),
    norm: [Math.floor(norm[0]), Math.max(Math.ceil(norm[1]), Math.floor(norm[0]) + 1)],
    fit: widened(extent(curves.map(({ points }) => points.y)), 0.3, 0.1),
    hasAccuracy: runs.some(({ accuracy }) => accuracy !== null),
  };
}

// How much wider one axis may be than another before both are unreadable on one.
const APART = 8;

/**
 * Ends of a histogram's axis for each setting at a step: the same for all, unless one would be a
 * bare line on it.
 *
 * @param {Run[]} runs
 * @param {"activation" | "gradient"} name
 * @param {number} step
 */
export function histogramEnds(runs, name, step) {
  const own = runs.map(({ histograms, frames }) => {
    const wide = histograms.bins + 1;
    const from = frameAt(frames, step) * wide;
    return extent([histograms[name].edges.subarray(from, from + wide)]) ?? [-1, 1];
  });
  const lengths = own.map(([low, high]) => high - low);
  const isShared = Math.max(...lengths) <= APART * Math.min(...lengths);
  return { isShared, ends: isShared ? own.map(() => extent(own)) : own };
}
