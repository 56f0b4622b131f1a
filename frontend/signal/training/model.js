// A trained network as the panels read it, and the scales that several of them share.

import { decode } from "../../api/api.js";

/**
 * @typedef {ReturnType<typeof decode>} Numbers
 * @typedef {[number, number]} Range
 * @typedef {import("../../api/answers.js").Packed} Packed
 * @typedef {import("../../api/answers.js").Schemas} Schemas
 * @typedef {import("../../api/answers.js").Training} Answer As POST networks/training answers it.
 * @typedef {import("../../api/answers.js").Typed<Schemas["HistogramFrames"]>} HistogramFrames
 */

/**
 * Of all layers in all kept frames, one after the other; `zero` counts the gradients that are 0.
 *
 * @typedef {{ edges: Numbers, counts: Numbers }} Bins
 * @typedef {{ activation: Bins, gradient: Bins, zero: number[][], layers: number, bins: number }}
 *   Histograms
 */

/**
 * Points in a plane that the network tells apart, or a curve that it follows; `probes` are where it
 * predicts.
 *
 * @typedef {{ kind: "classes", points: { x: Numbers, y: Numbers, label: number[] },
 *   probes: { x: Numbers, y: Numbers } }} Classes
 * @typedef {{ kind: "curve", points: { x: Numbers, y: Numbers }, probes: { x: Numbers } }} Curve
 */

/**
 * @typedef {object} Course
 * @property {Schemas["ReadingContent"] | null} reading How pasted points were read.
 * @property {number} asked Steps that were asked for.
 * @property {number} count Steps that were made.
 * @property {number} rows Layers, the output among them.
 * @property {Numbers} loss From before the first step on, as `accuracy`.
 * @property {Numbers | null} accuracy
 * @property {Numbers} rate Of each step.
 * @property {Schemas["RateChangeContent"][]} changes
 * @property {Answer["clipping"]} clipping
 * @property {number[]} clipped Steps that were.
 * @property {Float64Array} norms At row * count + step - 1, as `ratios`.
 * @property {Float64Array} ratios
 * @property {number[]} frames Steps whose predictions and histograms are kept.
 * @property {Numbers} predictions
 * @property {Histograms | null} histograms
 * @property {Schemas["Outcome"]} came
 * @property {Schemas["Event"][]} events When units died or were saturated.
 * @property {number | null} divergedAt
 */

/** @typedef {Course & (Classes | Curve)} Run */

/**
 * What the panels of one network are made with, besides its run.
 *
 * @typedef {object} Scene
 * @property {import("../../charts/palette.js").Theme} theme
 * @property {Run[]} runs All that are on show.
 * @property {ReturnType<typeof sharedScales>} scales
 * @property {import("../../charts/palette.js").RunStyle & { name: string }} style
 * @property {ReturnType<typeof import("./reading.js").createReading>} reading
 * @property {(step: number) => void} onSeek
 * @property {boolean} isOpen Whether the histograms are.
 * @property {{ isOpen: boolean }} numbers
 * @property {(isOpen: boolean) => void} onOpen
 * @property {(isOpen: boolean) => void} onNumbers
 *
 * @typedef {{ element: HTMLElement, layout: () => void, draw: (step: number) => void }} Panel
 */

// Rows of the hidden layers, then the output's: values[row * count + step - 1].
/** @param {Packed} hidden @param {Packed} output */
function stacked(hidden, output) {
  const [above, below] = [decode(hidden), decode(output)];
  const values = new Float64Array(above.length + below.length);
  values.set(above);
  values.set(below, above.length);
  return values;
}

/** @param {HistogramFrames} histograms @param {number} layers @returns {Histograms} */
function histogramsOf({ activation, gradient }, layers) {
  /** @param {{ edges: Packed, counts: Packed }} packed @returns {Bins} */
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

/** What there is of a kind is always there. @param {Answer} answer @returns {Classes | Curve} */
function readKind({ data, prediction }) {
  const { x1, x2, label, x, y } = /** @type {Required<typeof data>} */ (data);
  const { grid, x: along } = /** @type {Required<typeof prediction>} */ (prediction);
  return data.kind === "classes"
    ? {
        kind: "classes",
        points: { x: decode(x1), y: decode(x2), label },
        probes: { x: decode(grid.x), y: decode(grid.y) },
      }
    : {
        kind: "curve",
        points: { x: decode(x), y: decode(y) },
        probes: { x: decode(along) },
      };
}

/** @param {Answer} answer @returns {Run} */
export function readTraining(answer) {
  const { data, prediction, network } = answer;
  const loss = decode(answer.loss);
  const count = decode(answer.learning_rate).length;
  return {
    ...readKind(answer),
    reading: data.reading ?? null,
    asked: answer.steps,
    count,
    rows: network.depth + 1,
    loss,
    accuracy: answer.accuracy ? decode(answer.accuracy) : null,
    rate: decode(answer.learning_rate),
    changes: answer.changes ?? [],
    clipping: answer.clipping,
    clipped: answer.clipped,
    norms: stacked(answer.weight_gradient_norm, answer.output.weight_gradient_norm),
    ratios: stacked(answer.update_ratio, answer.output.update_ratio),
    frames: prediction.steps,
    predictions: decode(prediction.values),
    histograms: answer.histograms ? histogramsOf(answer.histograms, network.depth) : null,
    came: answer.outcome,
    events: [...answer.events],
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

/** @param {Iterable<number>[]} arrays @param {(value: number) => number} [of] @returns {Range | null} */
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
  /** @param {"loss" | "rate" | "ratios" | "norms"} name */
  const all = (name) => runs.map((run) => run[name]);
  const isLog = all("loss").every((loss) => loss.every((value) => value > 0));
  const ratio = extent(all("ratios"), Math.log10) ?? [-3, -3];
  const norm = extent(all("norms"), Math.log10) ?? [-1, 0];
  const curves = runs.filter(({ kind }) => kind === "curve");
  /** @param {Run} run */
  const varies = ({ rate }) => rate.some((value) => value !== rate[0]);
  /** @type {Range | null} */
  const rate = runs.some(varies) ? [0, 1.08 * (extent(all("rate"))?.[1] ?? 1)] : null;
  /** @type {Range} */
  const decades = [Math.floor(norm[0]), Math.max(Math.ceil(norm[1]), Math.floor(norm[0]) + 1)];
  return {
    // Where all of them broke off, what was never reached takes no room.
    total: Math.max(1, ...runs.map(({ divergedAt, asked }) => divergedAt ?? asked)),
    isLog,
    loss: isLog ? widened(lossDecades(runs), 0.05, 0.3) : widened(extent(all("loss")), 0.05, 1e-9),
    rate,
    ratio: widened([Math.min(ratio[0], -3.5), Math.max(ratio[1], -2.5)], 0.03, 1),
    norm: decades,
    fit: widened(extent(curves.map(({ points }) => points.y)), 0.3, 0.1),
    hasAccuracy: runs.some(({ accuracy }) => accuracy !== null),
  };
}

// How much wider one axis may be than another before both are unreadable on one.
const APART = 8;
// Where nothing is finite.
/** @type {Range} */
const UNKNOWN = [-1, 1];

/**
 * Ends of a histogram's axis for each setting at a step: the same for all, unless one would be a
 * bare line on it. All of them have histograms.
 *
 * @param {Run[]} runs
 * @param {"activation" | "gradient"} name
 * @param {number} step
 */
export function histogramEnds(runs, name, step) {
  const own = runs.flatMap(({ histograms, frames }) => {
    if (histograms === null) return [];
    const wide = histograms.bins + 1;
    const from = frameAt(frames, step) * wide;
    return [extent([histograms[name].edges.subarray(from, from + wide)]) ?? UNKNOWN];
  });
  const lengths = own.map(([low, high]) => high - low);
  const isShared = Math.max(...lengths) <= APART * Math.min(...lengths);
  return { isShared, ends: isShared ? own.map(() => extent(own) ?? UNKNOWN) : own };
}
