// What a prediction was worth, in plain data.

/**
 * @typedef {import("../api/answers.js").Predictable} Predictable
 * @typedef {import("./phases.js").Prediction} Prediction
 * @typedef {[number, number]} Place
 *
 * `right`: right, or near enough; `wrong`: neither; `none`: nobody has predicted anything.
 * @typedef {object} Verdict
 * @property {"right" | "wrong" | "none"} word
 * @property {number | null} distance From where it was tapped to where it ended.
 */

/** A prediction that can be one of these answers; null where it cannot.
 * @param {Predictable} answers @param {Prediction} prediction @returns {Prediction} */
export function fitting(answers, prediction) {
  if (prediction === null) return null;
  if (answers.kind === "tap") return Array.isArray(prediction) ? prediction : null;
  if (Array.isArray(prediction)) return null;
  if (answers.kind === "choices") {
    return Number.isInteger(prediction) && prediction >= 0 && prediction < answers.options.length
      ? prediction
      : null;
  }
  return prediction >= answers.low && prediction <= answers.high ? prediction : null;
}

/**
 * @param {Predictable} answers
 * @param {Prediction} prediction
 * @param {Place | null} end Where the path that was asked about ends; null where it is not known.
 * @returns {Verdict}
 */
export function verdictOf(answers, prediction, end) {
  const given = fitting(answers, prediction);
  if (given === null) return { word: "none", distance: null };
  if (answers.kind === "choices") return said(given === answers.right);
  if (answers.kind === "number") {
    return said(isNear(/** @type {number} */ (given), answers));
  }
  if (end === null) return { word: "none", distance: null };
  const [x, y] = /** @type {Place} */ (given);
  const distance = Math.hypot(x - end[0], y - end[1]);
  return { ...said(distance <= answers.within), distance };
}

/**
 * Near enough: within a part of the right number; where guesses spread over decades, a factor.
 *
 * @param {number} given
 * @param {Extract<Predictable, { kind: "number" }>} answers
 */
function isNear(given, { right, within, scale }) {
  if (scale === "log" && given > 0 && right > 0) {
    return Math.max(given / right, right / given) <= 1 + within;
  }
  return Math.abs(given - right) <= within * Math.abs(right);
}

/** @param {boolean} isRight @returns {Verdict} */
const said = (isRight) => ({ word: isRight ? "right" : "wrong", distance: null });

/** The scenes before and after one, in the lecture's order; null at its ends.
 * @template {{ id: string }} T @param {readonly T[]} scenarios @param {string} id */
export function neighboursOf(scenarios, id) {
  const index = scenarios.findIndex((one) => one.id === id);
  return {
    index,
    previous: scenarios[index - 1] ?? null,
    next: index < 0 ? null : (scenarios[index + 1] ?? null),
  };
}

/**
 * Whether only whole numbers can be meant, as of steps or of points.
 *
 * @param {{ low: number, high: number, right: number }} answers
 */
export const isCounted = ({ low, high, right }) => [low, high, right].every(Number.isInteger);

/** Where a slider stands before anybody has moved it. @param {{ low: number, high: number,
 * right: number, scale: string }} answers */
export function middleOf(answers) {
  const { low, high, scale } = answers;
  const middle = scale === "log" && low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
  const round = Number(middle.toPrecision(2));
  return isCounted(answers) ? Math.round(round) : round;
}
