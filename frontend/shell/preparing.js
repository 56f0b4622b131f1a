// What nobody has asked an installation for before is compiled first, which takes seconds, and so do
// the processes that compute maps, when they begin. An answer that is long in coming makes the page
// ask whether that is why, and say so for as long as it is.

import { fetchPreparing, pause, whenSlow } from "../api/api.js";
import { t } from "../i18n/i18n.js";

/** Milliseconds until it is asked again: what an answer waits for may begin late, and end early. */
const AGAIN = 1000;
const KIND = "preparing";

/** @param {Pick<import("./notices.js").Notices, "show" | "close">} notices */
export function announcePreparing(notices) {
  // Another for each time that answers turn slow.
  let waiting = {};
  /** @type {string | null} */
  let said = null;

  // Said once, however often it is asked: what was closed by hand stays closed.
  /** @param {string | null} message */
  function say(message) {
    if (message === said) return;
    said = message;
    if (message === null) notices.close(KIND);
    else notices.show(KIND, message);
  }

  whenSlow(async (slow) => {
    const own = {};
    waiting = own;
    if (!slow) say(null);
    while (slow) {
      const preparing = await fetchPreparing();
      if (waiting !== own) return;
      say(preparing.length > 0 ? t("preparing") : null);
      await pause(AGAIN);
      if (waiting !== own) return;
    }
  });
}
