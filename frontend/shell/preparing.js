// What nobody has asked an installation for before is compiled first, which takes seconds, and so do
// the processes that compute maps, when they begin. An answer that is long in coming makes the page
// ask whether that is why, and say so.

import { fetchPreparing, pause, whenSlow } from "../api/api.js";
import { t } from "../i18n/i18n.js";

/** Milliseconds until it is asked again: what an answer waits for may begin late. */
const AGAIN = 1000;

/** @param {Pick<import("./notices.js").Notices, "show" | "close">} notices */
export function announcePreparing(notices) {
  // Another for each time that answers turn slow.
  let waiting = {};
  whenSlow(async (slow) => {
    const own = {};
    waiting = own;
    if (!slow) notices.close("preparing");
    while (slow && waiting === own) {
      if ((await fetchPreparing()).length === 0) await pause(AGAIN);
      else {
        if (waiting === own) notices.show("preparing", t("preparing"));
        return;
      }
    }
  });
}
