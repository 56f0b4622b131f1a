// Numbers beside the colours of the gradient's length, whose scale is logarithmic.

import { ticksIn } from "../charts/chart.js";
import { coordinate, distinct, powerOfTen } from "../i18n/format.js";

const TICKS = 7;

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
  const norms =
    decades < 0.7
      ? ticksIn(ends, TICKS)
      : [-1, 0, 1, 2].flatMap((more) =>
          [1, 2, 5].map((factor) => factor * 10 ** (Math.floor(low) + more)),
        );
  const shown = norms.filter((norm) => norm >= ends[0] && norm <= ends[1]);
  return { ticks: shown.map(Math.log10), texts: distinct(shown, 2) ?? shown.map(coordinate) };
}
