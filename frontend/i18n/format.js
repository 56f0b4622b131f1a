// Numbers as people read and type them, in one place, by Intl.

let locale = "en";
/** @type {Map<string, any>} */
const cache = new Map();

/** @param {string} language */
export function setLocale(language) {
  locale = language;
  cache.clear();
}

/** @template V @param {string} key @param {() => V} make @returns {V} */
function kept(key, make) {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key);
}

/** @param {Intl.NumberFormatOptions} options */
const formatter = (options) =>
  kept(JSON.stringify(options), () => new Intl.NumberFormat(locale, options));

/** @param {"decimal" | "group"} type */
const mark = (type) =>
  kept(type, () => {
    const parts = formatter({}).formatToParts(1234567.5);
    return parts.find((part) => part.type === type)?.value ?? "";
  });

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** @param {string} text Digits and a minus. */
const superscript = (text) =>
  text.replace(/\d/g, (digit) => RAISED[Number(digit)]).replace("-", "⁻");

/** @param {string} text */
const minus = (text) => text.replace(/^-/, "−");

/**
 * A measured value with `digits` significant digits, one fewer beside a power: 0.0123, 1.2×10⁻⁵.
 *
 * @param {number | null | undefined} value
 */
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

/**
 * Several values with as many digits as it takes to tell each from the next; null where that would
 * be more than a double has.
 *
 * @param {number[]} values
 * @param {number} digits
 */
export function distinct(values, digits) {
  for (let more = digits; more <= 15; more += 1) {
    const texts = values.map((value) => quantity(value, more));
    if (texts.every((text, k) => k === 0 || text !== texts[k - 1])) return texts;
  }
  return null;
}

/** 10⁻⁵ @param {number} exponent */
export const powerOfTen = (exponent) =>
  exponent === 0 ? "1" : exponent === 1 ? "10" : `10${superscript(String(exponent))}`;

/** @param {number | null} share */
export const percent = (share, digits = 0) =>
  share === null || !Number.isFinite(share)
    ? "–"
    : formatter({ style: "percent", maximumFractionDigits: digits }).format(share);

/** A number from 0 to 1 among others like it, which stand under each other. @param {number} value */
export const hundredths = (value) =>
  formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

/** Six significant digits, without a power of ten where a number is read more easily.
 * @param {number} value */
export const significant = (value) => {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7 || !Number.isFinite(size))
    ? quantity(value, 6)
    : minus(formatter({ maximumSignificantDigits: 6, useGrouping: false }).format(value));
};

/**
 * Parameters may be in any units: three digits after the mark where that says something, or as many
 * as a picture's zoom asks for.
 *
 * @param {number} value
 */
export const coordinate = (value, decimals = 3) => {
  const size = Math.abs(value);
  return decimals === 3 && size !== 0 && (size < 0.01 || size >= 1e6)
    ? significant(value)
    : minus(formatter({ maximumFractionDigits: decimals, useGrouping: false }).format(value));
};

/** A point: (−3; 0.5). @param {readonly number[]} values */
export const place = (values) => `(${values.map((value) => coordinate(value)).join("; ")})`;

/** Decimals with which places a thousandth of a range apart differ, three at least.
 * @param {readonly [number, number]} range */
export const decimalsFor = ([low, high]) =>
  Math.min(16, Math.max(3, 3 - Math.floor(Math.log10(high - low))));

/** @param {number | null | undefined} value */
export const integer = (value) =>
  value === null || value === undefined
    ? "–"
    : minus(formatter({ maximumFractionDigits: 0 }).format(value));

const BYTES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"];

/** Memory in the largest unit of which it is at least one: 17.2 GB. @param {number} value */
export function bytes(value) {
  const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log10(value) / 3)));
  /** @type {Intl.NumberFormatOptions} */
  const options = { style: "unit", unit: BYTES[power], maximumSignificantDigits: 3 };
  return formatter(options).format(value / 1000 ** power);
}

/** What a text's blank is filled with: a whole number is a count, any other a measure.
 * @param {unknown} value */
export const written = (value) =>
  typeof value !== "number"
    ? String(value ?? "")
    : Number.isInteger(value)
      ? integer(value)
      : significant(value);

/** «1 and 3» @param {string[]} words */
export const list = (words) => new Intl.ListFormat(locale).format(words);
/** «1 or 3» @param {string[]} words */
export const either = (words) => new Intl.ListFormat(locale, { type: "disjunction" }).format(words);

/** Which form of a word goes with a number: one, few, many, other. @param {number} count */
export const plural = (count) => kept("plural", () => new Intl.PluralRules(locale)).select(count);

/** The decimal mark and the one between thousands, as plotly.js wants them. */
export const separators = () => mark("decimal") + mark("group");

/** A number of a formula that the server has set: 0.5, in the language's notation.
 * @param {string} text */
export const inFormula = (text) => text.replace(".", mark("decimal"));

/**
 * A short text for an input, which `read` reads. It is for reading: what is carried on is the number
 * itself. Whole numbers keep all of their digits, others six, or fewer where there is less room.
 *
 * @param {number} value
 */
export function field(value, digits = 6) {
  if (!Number.isFinite(value)) return "";
  const short = Number(value.toPrecision(digits));
  const size = Math.abs(value);
  if (Number.isInteger(value) && short !== value && size < 1e10) return String(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e6)
      ? short.toExponential().replace("e+", "e")
      : String(short || 0);
  return text.replace(".", mark("decimal"));
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(?![\d,])/;

/** ⁻⁵ as ^-5 @param {string} raised */
const lowered = (raised) =>
  `^${[...raised].map((one) => (one === "⁻" ? "-" : RAISED.indexOf(one))).join("")}`;

/**
 * A typed or pasted number, NaN for what is none. Both decimal marks are read, spaces between
 * thousands, either minus, 1e-5 and 1×10⁻⁵; a Cyrillic е is an e. Where the page itself writes
 * 10,000 that is ten thousand.
 *
 * @param {string} text
 */
export function read(text) {
  let plain = text
    .trim()
    .toLowerCase()
    .replace(/[−–]/g, "-")
    .replace(/^([+-])\s+/, "$1")
    .replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, "")
    .replace(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/, lowered)
    .replace(/\s*[×·*]\s*10\^(?=[+-]?\d+$)/, "e")
    .replace(/^([+-]?)10\^(?=[+-]?\d+$)/, "$11e")
    .replace("е", "e");
  if (mark("group") === ",") {
    plain = plain.replace(THOUSANDS, (groups) => groups.replaceAll(",", ""));
  }
  plain = plain.replace(",", ".");
  const value = NUMBER.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : NaN;
}
