// Which arrow of a step is under the pointer.

/** @typedef {import("../charts/display_list.js").Item} Item */
/** @typedef {import("../charts/display_list.js").Spot} Spot */
/** @typedef {import("../charts/roles.js").PartRole} PartRole */

const REACH = 9;
const PREFIX = "anatomy_";

/** @param {Spot} spot @param {Extract<Item, { kind: "arrow" }>} arrow */
function distance([x, y], { at, by }) {
  const square = by[0] ** 2 + by[1] ** 2;
  const share = ((x - at[0]) * by[0] + (y - at[1]) * by[1]) / (square || 1);
  const within = Math.max(0, Math.min(1, share));
  return Math.hypot(x - at[0] - within * by[0], y - at[1] - within * by[1]);
}

/** The role of the arrow nearest to a place; null where none is near.
 * @param {Item[]} items @param {Spot} spot @returns {PartRole | null} */
export function partAt(items, spot) {
  let best = null;
  let least = REACH;
  for (const item of items) {
    if (item.kind !== "arrow" || !item.role.startsWith(PREFIX)) continue;
    const far = distance(spot, item);
    if (far < least) [best, least] = [item.role.slice(PREFIX.length), far];
  }
  return /** @type {PartRole | null} */ (best);
}

/**
 * @param {HTMLElement} section
 * @param {() => Item[]} items
 * @param {(role: PartRole | null) => void} point
 */
export function listenToArrows(section, items, point) {
  /** @type {PartRole | null} */
  let last = null;
  /** @param {PartRole | null} role */
  function tell(role) {
    if (role !== last) point(role);
    last = role;
  }
  section.addEventListener("pointermove", ({ clientX, clientY }) => {
    const box = section.getBoundingClientRect();
    tell(partAt(items(), [clientX - box.left, clientY - box.top]));
  });
  section.addEventListener("pointerleave", () => tell(null));
}
