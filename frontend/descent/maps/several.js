// How long several maps at once will take.

/**
 * For how many seconds all maps will still be coming: those that nobody has asked for yet are taken to cost
 * as much as the others on average.
 *
 * @param {readonly number[]} spent Seconds of each that is whole.
 * @param {number} elapsed Seconds of the one that is coming.
 * @param {Pick<import("./types.js").Mapped, "secondsLeft"> | undefined} mapped The same.
 * @param {number} count Of all of them.
 */
export function leftOf(spent, elapsed, mapped, count) {
  const left = mapped?.secondsLeft ?? null;
  if (mapped && left === null) return null;
  const begun = [...spent, ...(left === null ? [] : [elapsed + left])];
  if (begun.length === 0) return null;
  const each = begun.reduce((sum, one) => sum + one, 0) / begun.length;
  return (left ?? 0) + each * (count - begun.length);
}
