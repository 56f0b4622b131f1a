// Under which address phones find the hall: that of this page, or where it was opened on the machine
// itself, one that the server knows of.

import { at } from "../api/root.js";

const OWN = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** @param {{ hall: string, addresses: string[] }} hall @returns {string | null} Null where there is none. */
export function addressOf({ hall, addresses }) {
  const here = new URL(at(`h/${hall}`));
  if (!OWN.test(here.hostname)) return here.href;
  return addresses.length > 0 ? new URL(here.pathname, addresses[0]).href : null;
}
