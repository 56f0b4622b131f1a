// What makes a map cheap enough: fewer steps, or fewer values along its sides.

import { t } from "../i18n/i18n.js";
import { plainly } from "../maps/price.js";
import { DETAILS } from "./state.js";

/**
 * @param {import("../core/store.js").Store<import("./state.js").State>} store
 * @param {import("../maps/dear.js").Price} price
 * @returns {import("../maps/dear.js").Offer[]}
 */
export function offersOf(store, { fits: { steps, count } }) {
  const { detail, view } = store.get();
  // Of one side with the other as it is: both sides are as long.
  const side = DETAILS.findLast((one) => one * one <= (count ?? 0) * detail);
  return [
    ...(side
      ? [{ id: "detail", text: `${side} × ${side}`, run: () => store.update({ detail: side }) }]
      : []),
    ...(steps
      ? [
          {
            id: "steps",
            text: t("work.steps", { count: plainly(steps) }),
            run: () =>
              store.update(
                view === "stability" ? { steps: plainly(steps) } : { trained: plainly(steps) },
              ),
          },
        ]
      : []),
  ];
}
