// What a browser remembers for good, as that a first visit is over. Where it remembers nothing, as in
// some frames, every visit is the first.

const PREFIX = "steepest.";

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Refused, or full.
  }
}

/** @param {string} name @returns {string | null} */
export function remembered(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
