// What the computation graph is of: the point at which the selected run stands.

import { localize, t } from "../i18n/i18n.js";
import { isMoreThanItsLoss, surfaceRequest } from "./simulation.js";
import { FORMULA, LECTURE, selectedOf, surfaceOf } from "./state.js";

/** @typedef {{ at: number[] | null, run?: { name: string } | null, step?: number }} Point */

// `point` is where the selected run stands: {at, run, step}; null while there are no paths, no run
// where none can start, no `at` where it is out of reach.
/** @param {import("./types.js").Catalog} catalog @param {import("./types.js").State} state
 * @param {Point | null} point @returns {import("../graph/dialog.js").Props} */
export const graphProps = (catalog, state, point) => ({
  question: point?.at
    ? JSON.stringify({
        surface: surfaceRequest(state),
        at: point.at,
        precision: state.precision,
      })
    : null,
  isOutOfReach: point !== null && !point.at,
  surface: localize(surfaceOf(catalog, state).title),
  name: point?.run?.name ?? t("starts.one", { n: 1 + state.selectedStart }),
  step: point?.step ?? 0,
  isMore: Boolean(point?.run) && isMoreThanItsLoss(catalog, state, selectedOf(state)),
  isLecture: state.surface === FORMULA && state.formula === LECTURE,
  language: document.documentElement.lang,
});
