// Numbers as people read them, in one place, by Intl.

let locale = "en";
const cache = new Map();

export function setLocale(language) {
  locale = language;
  cache.clear();
}

function formatter(options) {
  const key = JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat(locale, options));
  return cache.get(key);
}

const SUPERSCRIPT = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};
const superscript = (text) => [...text].map((character) => SUPERSCRIPT[character]).join("");

const minus = (text) => text.replace(/^-/, "−");

// A measured value with `digits` significant digits, one fewer beside a power: 0.0123, 1.2×10⁻⁵.
export function quantity(value, digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return formatter({}).format(0);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -3 || exponent >= 5) {
    const [mantissa, power] = value.toExponential(Math.max(1, digits - 2)).split("e");
    const number = formatter({ maximumFractionDigits: digits }).format(Number(mantissa));
    return minus(`${number}×10${superscript(power.replace("+", ""))}`);
  }
  return minus(formatter({ maximumSignificantDigits: digits, useGrouping: false }).format(value));
}

// Several values with as many digits as it takes to tell each from the next; null where that
// would be more than a double has.
export function distinct(values, digits) {
  for (let more = digits; more <= 15; more += 1) {
    const texts = values.map((value) => quantity(value, more));
    if (texts.every((text, k) => k === 0 || text !== texts[k - 1])) return texts;
  }
  return null;
}

// 10⁻⁵
export const powerOfTen = (exponent) =>
  exponent === 0 ? "1" : exponent === 1 ? "10" : `10${superscript(String(exponent))}`;

export const percent = (share, digits = 0) =>
  share === null || !Number.isFinite(share)
    ? "–"
    : formatter({ style: "percent", maximumFractionDigits: digits }).format(share);

// Six significant digits, without a power of ten where a number is read more easily.
export const significant = (value) => {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7 || !Number.isFinite(size))
    ? quantity(value, 6)
    : minus(formatter({ maximumSignificantDigits: 6, useGrouping: false }).format(value));
};

// Parameters may be in any units: three digits after the point where that says something, or as
// many as a picture's zoom asks for.
export const coordinate = (value, decimals = 3) => {
  const size = Math.abs(value);
  return decimals === 3 && size !== 0 && (size < 0.01 || size >= 1e6)
    ? significant(value)
    : minus(formatter({ maximumFractionDigits: decimals, useGrouping: false }).format(value));
};

// Decimals with which places a thousandth of a range apart differ, three at least.
export const decimalsFor = ([low, high]) =>
  Math.min(16, Math.max(3, 3 - Math.floor(Math.log10(high - low))));

export const integer = (value) =>
  value === null || value === undefined
    ? "–"
    : formatter({ maximumFractionDigits: 0 }).format(value);

// «1 and 3»
export const list = (words) => new Intl.ListFormat(locale).format(words);
export const either = (words) => new Intl.ListFormat(locale, { type: "disjunction" }).format(words);

// A short number for an input field, in the dot notation that programs share. It is for reading:
// what is carried on is the number itself.
export function plain(value) {
  if (value === 0) return "0";
  const short = Number(value.toPrecision(6));
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e6 ? short.toExponential().replace("e+", "e") : String(short);
}
