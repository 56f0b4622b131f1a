// What of an address could not be used, told in the page's language.

import { t } from "../i18n/i18n.js";

/** Of the notice. */
const KIND = "address";

/**
 * @param {import("./notices.js").Notices} notices
 * @param {import("../core/store.js").Store<any>} store After `followAppearance`: texts are in the
 *   language that it has set.
 * @returns {(problems: string[]) => void} Told with what could not be used, or with nothing.
 */
export function createProblems(notices, store) {
  /** @type {string[]} */
  let known = [];
  /** @param {string[]} problems */
  function tell(problems) {
    known = problems;
    if (known.length === 0) notices.close(KIND);
    else notices.show(KIND, t("error.address", { fields: known.join("; ") }), { error: true });
  }
  store.subscribe((_, changed) => {
    if (changed.has("language")) tell(known);
  });
  return tell;
}
