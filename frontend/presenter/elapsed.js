// How long a lecture has lasted.

const SECOND = 1000;

/** Minutes and seconds since then, as a clock shows them. @param {number} since @param {number} now */
export function elapsed(since, now) {
  const seconds = Math.max(0, Math.floor((now - since) / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
