// Where a card stands beside what it tells of.

/** Pixels between the card and what it tells of. */
const GAP = 10;

/**
 * Where a card of some size stands beside a place: below it, above, at its right or left, or within.
 *
 * @param {{ left: number, top: number, right: number, bottom: number }} place
 * @param {{ width: number, height: number }} card
 * @param {{ width: number, height: number }} window
 */
export function besides(place, card, window) {
  const within = (
    /** @type {number} */ at,
    /** @type {number} */ size,
    /** @type {number} */ room,
  ) => Math.max(GAP, Math.min(room - size - GAP, at));
  const left = within(place.left, card.width, window.width);
  const top = within(place.top, card.height, window.height);
  if (place.bottom + GAP + card.height <= window.height) return { left, top: place.bottom + GAP };
  if (place.top - GAP - card.height >= 0) return { left, top: place.top - GAP - card.height };
  if (place.right + GAP + card.width <= window.width) return { left: place.right + GAP, top };
  if (place.left - GAP - card.width >= 0) return { left: place.left - GAP - card.width, top };
  return { left, top: within(place.bottom - card.height - GAP, card.height, window.height) };
}
