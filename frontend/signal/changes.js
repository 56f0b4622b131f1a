// Learning rates that are changed on the way, as a text: «300:0.01+600:0.001» says that the rate is
// 0.01 after step 300 and 0.001 after step 600.

/** @typedef {{ step: number, learning_rate: number }} Change */

/** @param {string} text @returns {Change[]} */
export const changesIn = (text) =>
  text
    .split("+")
    .filter(Boolean)
    .map((pair) => {
      const [step, rate] = pair.split(":");
      return { step: Number(step), learning_rate: Number(rate) };
    });

/** @param {Change[]} changes */
export const inText = (changes) =>
  changes.map(({ step, learning_rate }) => `${step}:${learning_rate}`).join("+");

/**
 * Whether a text says what changes may be.
 *
 * @param {unknown} text
 * @param {{ most: number, last: number, fits: (rate: number) => boolean }} limits
 */
export function areChanges(text, { most, last, fits }) {
  if (typeof text !== "string") return false;
  if (!/^(\d{1,6}:[\d.e-]{1,30}(\+(?=\d)|$))*$/.test(text)) return false;
  const changes = changesIn(text);
  return (
    changes.length <= most &&
    changes.every(
      ({ step, learning_rate }, index) =>
        step > (changes[index - 1]?.step ?? 0) && step < last && fits(learning_rate),
    )
  );
}
