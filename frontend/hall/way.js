// How phones find the hall: a short address, and its QR code.

import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { addressOf } from "./address.js";
import { qr } from "./qr.js";

/** @param {{ hall: string, addresses: string[] }} hall */
export function way(hall) {
  const address = addressOf(hall);
  if (address === null) return html`<p class="hall-unreachable">${t("hall.unreachable")}</p>`;
  return html`<div class="hall-way">
    <a class="hall-address" href=${address} target="_blank" rel="noopener">${address.replace(/^https?:\/\//, "")}</a>
    ${qr(address, t("hall.code", { address }))}
  </div>`;
}

/** The words of a question that no page shows. @param {import("./session.js").Hall["seen"]} seen
 * @param {(text: any) => string} localize */
export const words = (seen, localize) =>
  seen?.question && seen.question.scene === null
    ? html`<p class="hall-question">${localize(seen.question.text)}</p>`
    : nothing;
