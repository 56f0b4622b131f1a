// Pointers on the picture: a click moves the selected start, Shift adds one, a handle drags, the
// ground pans, wheel and pinch zoom. Everything becomes a call; nothing is drawn here.

/**
 * @typedef {import("./projection.js").Spot} Spot
 * @typedef {import("./projection.js").Point} Point
 * @typedef {import("./projection.js").View} View
 * @typedef {import("./projection.js").Projection} Projection
 *
 * @typedef {object} Target
 * @property {Projection | null} projection Null while there is no picture.
 * @property {(spot: Spot, reach: number) => number} startAt
 *
 * @typedef {object} Calls
 * @property {(view: View) => void} view
 * @property {(index: number) => void} selectStart
 * @property {(index: number | null, place: Point) => void} moveStart The selected one where null.
 * @property {(place: Point) => void} addStart
 * @property {(index: number) => void} removeStart
 * @property {(spot: Spot | null, isInside: boolean) => void} hover
 * @property {(spot: Spot) => boolean} tap Whether a finger has hit something that is told.
 *
 * @typedef {{kind: "pinch", spread: number, projection: Projection}
 *   | {kind: "start", index: number, from: Spot, moved: boolean}
 *   | {kind: "press" | "pan", from: Spot, projection: Projection, shift: boolean}} Gesture
 */

const CLICK = 5;
// How near a start is taken, with a mouse and with a finger.
const MOUSE = 12;
const FINGER = 24;

/** @param {Spot} one @param {Spot} other */
const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

// The button that opens menus is none of ours, nor the middle one; with Ctrl the first one is that
// of a menu on some systems.
/** @param {PointerEvent} event */
const isMain = (event) => event.button === 0 && !event.ctrlKey;

/**
 * @param {HTMLElement} section
 * @param {Target} target
 * @param {Calls} on
 */
export function listenToGestures(section, target, on) {
  /** @type {Map<number, Spot>} */
  const pointers = new Map();
  /** @type {Gesture | null} */
  let gesture = null;

  /** @param {MouseEvent} event @returns {Spot} */
  const local = (event) => {
    const box = section.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  /** @param {Event} event */
  const isOnButton = (event) =>
    event.target instanceof Element && event.target.closest("button, select");

  section.addEventListener("pointerdown", (event) => {
    const at = local(event);
    const { projection } = target;
    if (!isMain(event) || isOnButton(event) || !projection?.holds(at)) return;
    pointers.set(event.pointerId, at);
    section.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      const [a, b] = pointers.values();
      gesture = { kind: "pinch", spread: distance(a, b), projection };
      return;
    }
    const start = target.startAt(at, event.pointerType === "mouse" ? MOUSE : FINGER);
    gesture =
      start >= 0
        ? { kind: "start", index: start, from: at, moved: false }
        : { kind: "press", from: at, projection, shift: event.shiftKey };
    if (start >= 0) on.selectStart(start);
  });

  /** @param {PointerEvent} event @param {Spot} at */
  function hover(event, at) {
    const { projection } = target;
    // What stands on the picture covers the place under it.
    const isInside = !isOnButton(event) && Boolean(projection?.holds(at));
    if (event.pointerType === "mouse") on.hover(at, isInside);
    section.classList.toggle("over-start", projection !== null && target.startAt(at, MOUSE) >= 0);
  }

  section.addEventListener("pointermove", (event) => {
    const at = local(event);
    if (!pointers.has(event.pointerId)) return hover(event, at);
    pointers.set(event.pointerId, at);
    const { projection } = target;
    if (gesture === null || projection === null) return;
    if (gesture.kind === "pinch") {
      if (pointers.size !== 2) return;
      const [a, b] = pointers.values();
      const spread = Math.max(10, distance(a, b));
      on.view(
        gesture.projection.zoomed(gesture.spread / spread, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]),
      );
      return;
    }
    const far = distance(at, gesture.from) > CLICK;
    if (gesture.kind === "start") {
      if (!gesture.moved && !far) return;
      gesture.moved = true;
      on.moveStart(gesture.index, projection.toWorld(at));
      return;
    }
    if (far) gesture.kind = "pan";
    if (gesture.kind === "pan") on.view(gesture.projection.panned(gesture.from, at));
  });

  /** @param {PointerEvent} event */
  function release(event) {
    if (!pointers.delete(event.pointerId)) return;
    const { projection } = target;
    if (event.type === "pointerup" && gesture?.kind === "press" && projection !== null) {
      const at = local(event);
      if (event.pointerType === "mouse" || !on.tap(at)) {
        if (gesture.shift) on.addStart(projection.toWorld(at));
        else on.moveStart(null, projection.toWorld(at));
      }
    }
    if (pointers.size === 0) gesture = null;
  }
  section.addEventListener("pointerup", release);
  section.addEventListener("pointercancel", release);
  section.addEventListener("pointerleave", () => on.hover(null, false));

  section.addEventListener("dblclick", (event) => {
    const start = target.projection === null ? -1 : target.startAt(local(event), MOUSE);
    if (start >= 0) on.removeStart(start);
  });

  section.addEventListener(
    "wheel",
    (event) => {
      const at = local(event);
      const { projection } = target;
      if (!projection?.holds(at)) return;
      event.preventDefault();
      const factor = Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY * 0.0015)));
      on.view(projection.zoomed(factor, at));
    },
    { passive: false },
  );
}
