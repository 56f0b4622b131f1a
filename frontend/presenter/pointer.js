// The laser pointer: a dot that follows the mouse while it is on, and the audience's copy of it.

/**
 * @typedef {{ over: "picture" | "window", x: number, y: number }} Place Parts of a width and a height.
 */

/** What a place is a part of. @param {Place["over"]} over */
function frameOf(over) {
  const picture = over === "picture" ? document.querySelector("[data-pointed], #picture") : null;
  return picture?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
}

/**
 * Where the mouse is, so that another window of other proportions points at the same.
 *
 * @param {PointerEvent} event
 * @param {Place["over"]} [over]
 * @returns {Place}
 */
function placeOf(event, over = "picture") {
  const { left, top, width, height } = frameOf(over);
  const place = { over, x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  const isInside = [place.x, place.y].every((part) => part >= 0 && part <= 1);
  return isInside || over === "window" ? place : placeOf(event, "window");
}

/** @param {(place: Place | null) => void} onMove Called at most once a frame. */
export function createPointer(onMove) {
  const dot = document.createElement("div");
  dot.className = "laser";
  dot.id = "laser";
  dot.hidden = true;
  dot.ariaHidden = "true";
  document.body.append(dot);
  /** @type {Place | null} */
  let next = null;
  let isPlanned = false;
  let isOn = false;

  /** @param {Place | null} place */
  function show(place) {
    dot.hidden = place === null;
    if (place === null) return;
    const { left, top, width, height } = frameOf(place.over);
    dot.style.transform = `translate(${left + place.x * width}px, ${top + place.y * height}px)`;
  }

  function move() {
    isPlanned = false;
    if (!isOn) return;
    show(next);
    onMove(next);
  }

  addEventListener("pointermove", (event) => {
    if (!isOn) return;
    next = placeOf(event);
    if (isPlanned) return;
    isPlanned = true;
    requestAnimationFrame(move);
  });

  return {
    show,
    /** @param {boolean} on */
    turn(on) {
      isOn = on;
      document.documentElement.toggleAttribute("data-laser", on);
      if (on) return;
      next = null;
      show(null);
      onMove(null);
    },
  };
}
