// Answers derived from the state, computed anew only when what they are made of has changed.

/**
 * A function that is computed again only when something that it depends on is another one.
 *
 * @template {unknown[]} I
 * @template R
 * @param {(...inputs: I) => readonly unknown[]} of What the result depends on, compared by identity.
 * @param {(...inputs: I) => R} compute
 * @returns {(...inputs: I) => R}
 */
export function derived(of, compute) {
  /** @type {readonly unknown[] | null} */
  let known = null;
  /** @type {R} */
  let result;
  return (...inputs) => {
    const now = of(...inputs);
    if (known === null || !isSameList(known, now)) {
      result = compute(...inputs);
      known = now;
    }
    return result;
  };
}

/**
 * The same of a function that is given those values.
 *
 * @template {unknown[]} I
 * @template {unknown[]} V
 * @template R
 * @param {(...inputs: I) => [...V]} values
 * @param {(...values: V) => R} compute
 * @returns {(...inputs: I) => R}
 */
export const selector = (values, compute) =>
  derived(values, (...inputs) => compute(...values(...inputs)));

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
