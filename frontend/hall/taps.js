// Taps of the hall as the picture shows them.

/** @typedef {[number, number]} Point */

/** @type {Point[]} */
const NONE = [];

/** Whether what was answered may be seen: only once it is closed, unless the lecturer says otherwise.
 * @param {import("./session.js").Hall} hall */
export const isVisible = ({ visible, seen }) => visible ?? seen?.phase !== "open";

/** What lies over the picture; of another scene's question nothing does.
 * @param {any} state Of a page; it need have neither. @returns {Point[]} */
export function tapsOf({ hall, scene }) {
  if (!hall?.counts?.taps || !isVisible(hall)) return NONE;
  return hall.seen?.question?.scene === (scene ?? null) ? hall.counts.taps : NONE;
}
