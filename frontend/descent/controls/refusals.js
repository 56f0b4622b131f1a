// Which control tells what the server refused: a refusal says where in the request it is.

import { optimizerOf, surfaceOf } from "../state.js";

/** @typedef {import("./types.js").Refusal} Refusal */

const ASKED = ["measure", "grid", "paths"];
const POINTS = ["points", "reading", "columns"];

/** @param {unknown} error @returns {Refusal | null} */
function refusalIn(error) {
  const { status, detail } = /** @type {any} */ (error ?? {});
  return status === 422 && Array.isArray(detail) ? (detail[0] ?? null) : null;
}

/**
 * What is refused now, of all that is asked.
 *
 * @param {import("../../core/resources.js").Answers} answers
 * @returns {Refusal | null}
 */
export function refusalOf(answers) {
  for (const name of ASKED) {
    const answer = answers[name];
    const found = answer?.status === "refused" ? refusalIn(answer.error) : null;
    if (found) return found;
  }
  return null;
}

/** The run that a refusal is of. @param {any} state @param {Refusal} refusal */
function runOf(state, { loc = [] }) {
  const index = loc[loc.indexOf("runs") + 1];
  if (typeof index !== "number")
    return state.runs.find((/** @type {any} */ run) => run.key === state.selectedRun);
  return state.runs.filter((/** @type {any} */ run) => run.enabled)[index];
}

/**
 * The control that a refusal belongs to: its name, and of which run; null where no control holds it.
 *
 * @param {any} catalog
 * @param {any} state
 * @param {Refusal | null} refusal
 * @returns {{ name: string, run: number | null } | null}
 */
export function placeOf(catalog, state, refusal) {
  const { loc = [] } = refusal ?? {};
  const name = String(loc.at(-1));
  if (loc.includes("optimizer")) {
    const run = runOf(state, /** @type {Refusal} */ (refusal));
    const isThere = run && name in optimizerOf(catalog, run).parameters.properties;
    const isSeen = run?.key === state.selectedRun || name === "learning_rate";
    return isThere && isSeen ? { name, run: run.key } : null;
  }
  const surface = surfaceOf(catalog, state);
  if (name === "formula") return { name, run: null };
  if (surface.points && POINTS.includes(name)) return { name: "points", run: null };
  return name in surface.parameters.properties ? { name, run: null } : null;
}

/**
 * Whether a control tells an error, so that no notice has to.
 *
 * @param {any} catalog
 * @param {any} state
 * @param {unknown} error
 */
export const controlOf = (catalog, state, error) =>
  placeOf(catalog, state, refusalIn(error))?.name ?? null;
