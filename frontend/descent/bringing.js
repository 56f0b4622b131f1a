// What the reader brought is held back until the server has accepted it: the picture and the race are
// always those of the last formula or points that were.

import { isMeasured, NEW_RACE } from "./state.js";

/**
 * @typedef {import("./types.js").Brought} Brought
 * @typedef {import("./types.js").State} State
 */

// Whether the server has still to say what the surface is, before anything of it can be asked.
/** @param {State} state */
export const isUnmeasured = (state) => isMeasured(state) && state.measured === null;

/** @param {State} state
 * @returns {state is State & { typed: NonNullable<State["typed"]> }} */
const isHeld = ({ typed, surface, points }) =>
  typed !== null && typed.surface === surface && typed.points === points;

// The state as it is once what is held back is accepted; null where nothing is. What was typed for
// an earlier surface is not wanted any more.
/** @param {State} state @returns {State | null} */
export const draftOf = (state) =>
  isUnmeasured(state) ? state : isHeld(state) ? { ...state, ...state.typed.change } : null;

// Holds back what the reader brought until the server accepts it, beside what is still on its way.
/** @param {State} state @param {Brought} change @param {boolean} isMeasuring */
export function holdBack(state, change, isMeasuring) {
  const { surface, points } = state;
  const others = isMeasuring && isHeld(state) ? state.typed.change : {};
  const isOther = change.surface !== undefined && change.surface !== surface;
  const fresh = isOther ? { parameters: {}, points: null, reading: null, columns: null } : {};
  return { typed: { surface, points, change: { ...others, ...fresh, ...change } } };
}

// Whether the start is where the surface has its own: nobody has moved it.
/** @param {State} state */
const isOwnStart = ({ starts, measured }) =>
  starts.length === 1 &&
  measured?.start.every(
    (/** @type {number} */ value, /** @type {number} */ axis) => value === starts[0][axis],
  );

/** @param {import("./types.js").Measured} measured */
const atItsStart = (measured) => ({ starts: [[...measured.start]], selectedStart: 0 });

// What was held back is the state's, now that the server has accepted and measured it.
/** @param {State} state @param {import("./types.js").Measured} measured */
export function accepted(state, measured) {
  if (isUnmeasured(state)) {
    return { measured, ownStart: false, ...(state.ownStart ? atItsStart(measured) : {}) };
  }
  if (!isHeld(state)) return {};
  const { change } = state.typed;
  const isOther = change.surface !== undefined && change.surface !== state.surface;
  const isRescaled =
    Boolean(measured.standardised?.on) !== Boolean(state.measured?.standardised?.on);
  const isNew = !isMeasured(state) || isOther || change.points !== undefined || isRescaled;
  return {
    // A start that nobody has moved goes to where this formula has its own.
    ...(isNew || isOwnStart(state) ? atItsStart(measured) : {}),
    ...change,
    measured,
    typed: null,
    ...(isNew ? { view: null, aspect: null } : {}),
    ...(isOther ? NEW_RACE : {}),
  };
}
