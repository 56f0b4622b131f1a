// The laser pointer: a dot that follows the mouse while it is on, and the audience's copy of it.

import { placeOf, spotOf } from "../core/pointed.js";

/** @typedef {import("../core/pointed.js").Place} Place */

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
    const spot = place && spotOf(place);
    dot.hidden = spot === null;
    if (spot !== null) dot.style.transform = `translate(${spot[0]}px, ${spot[1]}px)`;
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
