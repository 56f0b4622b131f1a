// A link to this very picture.

import { t } from "../i18n/i18n.js";

/**
 * Puts the address into the bar and the clipboard, and says which.
 *
 * @param {string} address
 * @param {Pick<import("./notices.js").Notices, "flash">} notices
 */
export async function copyAddress(address, notices) {
  const whole = new URL(address, location.href).href;
  history.replaceState(history.state, "", whole);
  try {
    await navigator.clipboard.writeText(whole);
    notices.flash(t("link.copied"));
  } catch {
    notices.flash(t("link.in_address"));
  }
}
