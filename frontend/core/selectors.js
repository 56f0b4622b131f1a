// Answers derived from the state, computed anew only when what they are made of has changed.

/**
 * A function of some values that is computed again only when one of them is another one.
 *
 * @template {unknown[]} I
 * @template {unknown[]} V
 * @template R
 * @param {(...inputs: I) => [...V]} values What the result depends on, compared by identity.
 * @param {(...values: V) => R} compute
 * @returns {(...inputs: I) => R}
 */
export function selector(values, compute) {
  /** @type {V | null} */
  let known = null;
  /** @type {R} */
  let result;
  return (...inputs) => {
    const now = values(...inputs);
    if (known === null || !isSameList(known, now)) {
      result = compute(...now);
      known = now;
    }
    return result;
  };
}

/**
 * @param {readonly unknown[]} one
 * @param {readonly unknown[]} other
 */
export const isSameList = (one, other) =>
  one.length === other.length && one.every((value, index) => Object.is(value, other[index]));

/**
 * Whether two plain objects have the same fields with identical values.
 *
 * @param {object | null} one
 * @param {object | null} other
 */
export function isSame(one, other) {
  if (one === null || other === null) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) && Object.is(Reflect.get(one, name), Reflect.get(other, name)),
    )
  );
}
