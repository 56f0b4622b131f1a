// Numbers along the picture's sides: round places with as many digits as tell them apart, or, in a
// deep zoom, how far they are from one of them in a power of ten, both of which the title names.

import { ticksIn } from "../charts/chart.js";
import { coordinate, decimalsFor, powerOfTen } from "../i18n/format.js";

const LONGEST = 5;

// {values, texts, title} for an axis of `name` over a range, about `most` numbers.
export function axisTicks(name, range, most) {
  const values = ticksIn(range, most);
  const texts = values.map((value) => coordinate(value, decimalsFor(range)));
  const figures = (text) => text.replace(/^−/, "").length;
  if (texts.every((text) => figures(text) <= LONGEST)) return { values, texts, title: name };
  // The shortest of them names itself in the title: it reads best.
  const from = texts.reduce(
    (best, text, k) => (figures(text) < figures(texts[best]) ? k : best),
    0,
  );
  const at = values[from];
  const power = Math.floor(Math.log10(range[1] - range[0]));
  const place = at === 0 ? name : `${name} ${at < 0 ? "+" : "−"} ${texts[from].replace("−", "")}`;
  const title =
    power >= -1 && power <= 2 ? place : `${at === 0 ? place : `(${place})`} / ${powerOfTen(power)}`;
  const unit = power >= -1 && power <= 2 ? 1 : 10 ** power;
  return { values, texts: values.map((value) => coordinate((value - at) / unit)), title };
}
