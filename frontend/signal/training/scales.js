// Numbers along logarithmic axes, whose values are powers of ten.

import { ticksIn } from "../../charts/chart.js";
import { quantity } from "../../i18n/format.js";

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export const tenTo = (power) =>
  `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => DIGITS[digit]).join("")}`;

function within([low, high], factors) {
  const ticks = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    for (const factor of factors) {
      const at = power + Math.log10(factor);
      if (at >= low && at <= high) ticks.push(at);
    }
  }
  return ticks;
}

// {range, ticks, format} of an axis: whole decades, or round numbers within one.
export function logAxis(range, height) {
  const most = Math.max(2, Math.floor(height / 30));
  const [low, high] = range;
  if (high - low >= 1.6) {
    const stride = Math.max(1, Math.ceil((high - low) / most));
    const ticks = within(range, [1]).filter((power) => power % stride === 0);
    return { range, ticks, format: tenTo };
  }
  const choices = [
    [1, 2, 5],
    [1, 2, 3, 5, 7],
    [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9],
  ];
  const fitting = choices.map((factors) => within(range, factors));
  const ticks = fitting.findLast((some) => some.length <= most) ?? fitting[0];
  const shown =
    ticks.length > 1
      ? ticks
      : ticksIn(
          range.map((power) => 10 ** power),
          most,
        ).map(Math.log10);
  return { range, ticks: shown, format: (power) => quantity(10 ** power, 2) };
}

export const linearAxis = (range, height, format) => ({
  range,
  ticks: ticksIn(range, Math.max(2, height / 30)),
  format,
});
