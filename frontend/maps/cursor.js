// A cross on a map that is moved by the keyboard: arrows move it, with Shift by less, Enter runs from
// there. It says what its place says.

import { h } from "../core/dom.js";

// Parts of the side that a key moves it by.
const FAR = 1 / 32;
const NEAR = 1 / 256;
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Shares are of the width and of the height, from the lower left corner.
 *
 * @param {HTMLElement} host Is where the map is, and what takes the focus.
 * @param {{ run(across: number, up: number): void, says(across: number, up: number): string }} on
 */
export function createCursor(host, on) {
  const cross = h("span", { class: "map-cross", "aria-hidden": "true" });
  const said = h("span", { class: "map-said", role: "status" });
  host.append(cross, said);
  host.tabIndex = 0;
  host.setAttribute("role", "application");
  let [across, up] = [0.5, 0.5];

  function show() {
    Object.assign(cross.style, { left: `${100 * across}%`, top: `${100 * (1 - up)}%` });
    Object.assign(said.style, {
      [across > 0.5 ? "right" : "left"]: `${100 * (across > 0.5 ? 1 - across : across)}%`,
      [across > 0.5 ? "left" : "right"]: "auto",
      top: `${100 * (1 - up)}%`,
    });
    said.classList.toggle("above", up < 0.2);
    said.textContent = on.says(across, up);
  }

  host.addEventListener("focus", show);
  host.addEventListener("blur", () => said.replaceChildren());
  host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (!move && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (!move) {
      on.run(across, up);
      return;
    }
    const by = event.shiftKey ? NEAR : FAR;
    across = Math.min(1, Math.max(0, across + by * move[0]));
    up = Math.min(1, Math.max(0, up + by * move[1]));
    show();
  });

  return {
    /** @param {string} text */
    label: (text) => host.setAttribute("aria-label", text),
    /** What it says may be something else now. */
    renew() {
      if (host === host.ownerDocument.activeElement) show();
    },
  };
}
