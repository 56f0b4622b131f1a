// What nobody has asked an installation for before is compiled first, which takes seconds. An
// answer that is long in coming makes the page ask whether that is why, and say so.

import { fetchPreparing, whenSlow } from "../api/api.js";
import { t } from "../i18n/i18n.js";

/** @param {Pick<import("./notices.js").Notices, "show" | "close">} notices */
export function announcePreparing(notices) {
  let waiting = false;
  whenSlow(async (slow) => {
    waiting = slow;
    if (!slow) notices.close("preparing");
    else if ((await fetchPreparing()).length > 0 && waiting) {
      notices.show("preparing", t("preparing"));
    }
  });
}
