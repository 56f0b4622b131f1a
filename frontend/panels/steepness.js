// The length of the gradient on a logarithmic scale: numbers for a picture, no page.

import { ticksIn } from "../chart.js";
import { coordinate, distinct, powerOfTen } from "../format.js";

const SHARES = [0.01, 0.999];
const TICKS = 7;

function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - below);
}

// log₁₀ of each norm, and the ends of the colours: all but the flattest hundredth and the
// steepest thousandth, or one needle would take every colour. A norm of 0 is as flat as the
// picture gets, an infinite one as steep; where there is no gradient there is a gap.
export function steepness(norms) {
  const values = Float32Array.from(norms, Math.log10);
  const sorted = values.filter(Number.isFinite).sort();
  let [low, high] = sorted.length === 0 ? [0, 1] : SHARES.map((share) => quantile(sorted, share));
  if (high - low < 1e-3) [low, high] = [low - 0.5, high + 0.5];
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] < low) values[i] = low;
    else if (values[i] > high) values[i] = high;
  }
  return { values, low, high };
}

// Where the colour bar has numbers, and what they are: powers of ten, and between them 2 and 5
// or closer ones where there are not enough.
export function steepnessTicks(low, high) {
  const decades = high - low;
  if (decades >= 2) {
    const step = Math.ceil(decades / TICKS);
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    const ticks = Array.from({ length: count }, (_, k) => (first + k) * step);
    return { ticks, texts: ticks.map(powerOfTen) };
  }
  const ends = [10 ** low, 10 ** high];
  const norms = decades < 0.7 ? ticksIn(ends, TICKS)
    : [-1, 0, 1, 2].flatMap((more) => [1, 2, 5].map((factor) =>
      factor * 10 ** (Math.floor(low) + more)));
  const shown = norms.filter((norm) => norm >= ends[0] && norm <= ends[1]);
  return { ticks: shown.map(Math.log10), texts: distinct(shown, 2) ?? shown.map(coordinate) };
}
