// Places that two windows of one page have in common. What is seen of a plane has other proportions in
// each, so that a frame says which part of it that is.

/**
 * A place in a frame, by the frame's number on the page: of its plane, or parts of its width and height
 * where it has none; of the window where there is no frame (-1).
 *
 * @typedef {{ over: number, x: number, y: number }} Place
 * @typedef {{ x: readonly [number, number], y: readonly [number, number] }} View
 */

/** Says what of its plane a frame shows. @param {HTMLElement} frame @param {View} view */
export function tellPlane(frame, { x, y }) {
  frame.dataset.plane = [...x, ...y].join(" ");
}

const WINDOW = { frame: null, rect: () => new DOMRect(0, 0, innerWidth, innerHeight) };

/** @param {Element} frame */
const seen = (frame) => ({
  frame: frame.checkVisibility() ? /** @type {HTMLElement} */ (frame) : null,
  rect: () => frame.getBoundingClientRect(),
});

/** Frames by their numbers. A picture is one, whatever it shows. */
const frames = () =>
  [...document.querySelectorAll("#picture, [data-plane]")].map((frame) => seen(frame));

/** From left to right and from the bottom up. @param {HTMLElement | null} frame @returns {View} */
function viewOf(frame) {
  const [left, right, bottom, top] = (frame?.dataset.plane ?? "0 1 1 0").split(" ").map(Number);
  return { x: [left, right], y: [bottom, top] };
}

/**
 * What a spot of the window is, in the innermost frame round it.
 *
 * @param {{ clientX: number, clientY: number }} spot
 * @returns {Place}
 */
export function placeOf({ clientX, clientY }) {
  const all = frames();
  const over = all.findLastIndex(({ frame, rect }) => {
    const { left, right, top, bottom } = rect();
    const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    return frame !== null && isInside;
  });
  const { frame, rect } = all[over] ?? WINDOW;
  const { left, top, width, height } = rect();
  const { x, y } = viewOf(frame);
  return {
    over,
    x: x[0] + ((clientX - left) / width) * (x[1] - x[0]),
    y: y[1] + ((clientY - top) / height) * (y[0] - y[1]),
  };
}

/** Where a place is in this window, in pixels; null where its frame is not to be seen.
 * @param {Place} place @returns {[number, number] | null} */
export function spotOf(place) {
  const { frame, rect } = place.over < 0 ? WINDOW : (frames()[place.over] ?? WINDOW);
  if (place.over >= 0 && frame === null) return null;
  const { left, top, width, height } = rect();
  const { x, y } = viewOf(frame);
  return [
    left + (width * (place.x - x[0])) / (x[1] - x[0]),
    top + (height * (place.y - y[1])) / (y[0] - y[1]),
  ];
}
