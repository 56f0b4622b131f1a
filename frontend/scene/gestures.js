// Pointers on the landscape: a click moves the selected start, Shift adds one, a handle drags,
// the ground pans, wheel and pinch zoom. Everything becomes a call; nothing is drawn here.

import { panRange, zoomRange } from "./geometry.js";

const CLICK = 5;

export function listenToGestures(section, landscape, on) {
  const pointers = new Map();
  let gesture = null;

  const local = (event) => {
    const box = section.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const inside = ([x, y]) => {
    const { left, top, width, height } = landscape.overlay.frame;
    return x >= left && x <= left + width && y >= top && y <= top + height;
  };

  section.addEventListener("pointerdown", (event) => {
    const at = local(event);
    if (event.target.closest("button") || !landscape.range || !inside(at)) return;
    pointers.set(event.pointerId, at);
    section.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      gesture = {
        kind: "pinch",
        spread: Math.hypot(a[0] - b[0], a[1] - b[1]),
        range: landscape.range,
      };
      return;
    }
    const reach = event.pointerType === "mouse" ? 12 : 24;
    const start = landscape.startAt(...at, reach);
    gesture =
      start >= 0
        ? { kind: "start", index: start, from: at, moved: false }
        : { kind: "press", from: at, range: landscape.range, shift: event.shiftKey };
    if (start >= 0) on.selectStart(start);
  });

  section.addEventListener("pointermove", (event) => {
    const at = local(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType === "mouse") on.hover(at, inside(at));
      section.classList.toggle(
        "over-start",
        Boolean(landscape.range) && landscape.startAt(...at, 12) >= 0,
      );
      return;
    }
    pointers.set(event.pointerId, at);
    if (gesture?.kind === "pinch" && pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      const spread = Math.max(10, Math.hypot(a[0] - b[0], a[1] - b[1]));
      const middle = landscape.toData((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      on.view(zoomRange(gesture.range, gesture.spread / spread, middle));
      return;
    }
    if (gesture === null) return;
    const far =
      gesture.from && Math.hypot(at[0] - gesture.from[0], at[1] - gesture.from[1]) > CLICK;
    if (gesture.kind === "start" && (gesture.moved || far)) {
      gesture.moved = true;
      on.moveStart(gesture.index, landscape.toData(...at));
    } else if (gesture.kind === "press" && far) gesture.kind = "pan";
    if (gesture.kind === "pan") {
      const { width, height } = landscape.overlay.frame;
      const { x, y } = gesture.range;
      on.view(
        panRange(
          gesture.range,
          ((gesture.from[0] - at[0]) / width) * (x[1] - x[0]),
          ((at[1] - gesture.from[1]) / height) * (y[1] - y[0]),
        ),
      );
    }
  });

  function release(event) {
    if (!pointers.delete(event.pointerId)) return;
    if (event.type === "pointerup" && gesture?.kind === "press") {
      const at = local(event);
      if (event.pointerType !== "mouse" && on.tap(at)) gesture = null;
      else if (gesture.shift) on.addStart(landscape.toData(...at));
      else on.moveStart(null, landscape.toData(...at));
    }
    if (pointers.size === 0) gesture = null;
  }
  section.addEventListener("pointerup", release);
  section.addEventListener("pointercancel", release);
  section.addEventListener("pointerleave", () => on.hover(null, false));

  section.addEventListener("dblclick", (event) => {
    const start = landscape.range ? landscape.startAt(...local(event), 12) : -1;
    if (start >= 0) on.removeStart(start);
  });

  section.addEventListener(
    "wheel",
    (event) => {
      const at = local(event);
      if (!landscape.range || !inside(at)) return;
      event.preventDefault();
      const factor = Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY * 0.0015)));
      on.view(zoomRange(landscape.range, factor, landscape.toData(...at)));
    },
    { passive: false },
  );
}
