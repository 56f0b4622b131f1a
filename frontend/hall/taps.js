// Taps of the hall as the picture shows them.

/**
 * @typedef {[number, number]} Point
 *
 * What is tapped on, as a question of one's own has it.
 * @typedef {{ surface: string, parameters: object } | { formula: string, domain: Point[] }} Land
 */

/** @type {Point[]} */
const NONE = [];

/** Whether what was answered may be seen: only once it is closed, unless the lecturer says otherwise.
 * @param {import("./session.js").Hall} hall */
export const isVisible = ({ visible, seen }) => visible ?? seen?.phase !== "open";

/** What tells one landscape from another; the part of it that is seen does not.
 * @param {any} land As a question has it, or as phones are told. */
const nameOf = (land) =>
  JSON.stringify(land.formula ?? [land.surface ?? land.id, Object.entries(land.parameters)]);

/** What lies over the picture; of another scene's question, or another landscape, nothing does.
 * @param {any} state Of a page; it need have neither. @param {Land | null} land @returns {Point[]} */
export function tapsOf({ hall, scene }, land) {
  if (!hall?.counts?.taps || !isVisible(hall)) return NONE;
  const { question } = hall.seen ?? {};
  if (!question) return NONE;
  const isOn =
    question.scene === null
      ? land !== null && question.landscape && nameOf(question.landscape) === nameOf(land)
      : question.scene === (scene ?? null);
  return isOn ? hall.counts.taps : NONE;
}
