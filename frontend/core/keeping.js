// What each page was left at, for as long as the tab is open: the way back from another page leads
// there. Where a browser keeps nothing, as in some frames, pages begin anew.

const PREFIX = "steepest.";

/** @param {string} page @param {string} hash */
export function keep(page, hash) {
  try {
    sessionStorage.setItem(PREFIX + page, hash);
  } catch {
    // Refused, or full: the link alone carries what there is.
  }
}

/** @param {string} page @returns {string | null} The address that it was left at, as `#…`. */
export function kept(page) {
  try {
    return sessionStorage.getItem(PREFIX + page);
  } catch {
    return null;
  }
}

/** @param {string} page */
export function letGo(page) {
  try {
    sessionStorage.removeItem(PREFIX + page);
  } catch {
    // Nothing was kept.
  }
}
