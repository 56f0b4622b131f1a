// Where a lecturer is, as phones that follow are told.

/** What of a page's state says it.
 * @typedef {{ scene?: string | null, phase?: string, clock?: { step: number },
 *   trained?: readonly unknown[] }} Placed */

/** Whether a page has steps just now: one where nothing moves has no clock, and a training that has not
 * begun has none of its own. @param {Placed} state */
export const hasSteps = ({ clock, trained }) => clock !== undefined && trained?.length !== 0;

/** @param {Placed} state */
export function placeOf(state) {
  const { scene = null, phase = "", clock } = state;
  const isOpen = scene === null || phase === "question" || phase === "transfer";
  // What was asked is seen from the first step on, also where there are no steps.
  const step = hasSteps(state) ? Math.max(0, clock?.step ?? 0) : Number(!isOpen);
  return { scene, step, transfer: phase === "transfer" || phase === "done" };
}
