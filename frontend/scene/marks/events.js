// What happened to the selected path, where it did.

import { eventItems, placeEvents } from "../../charts/events.js";

/** @type {import("./mark.js").Mark} */
export function events({ scene, projection, paths, look: { ink, measures } }) {
  const placed = placeEvents(scene.events, paths, measures).filter(({ at }) =>
    projection.holds(at),
  );
  return eventItems(placed, { color: scene.events?.color ?? ink.text, halo: ink.halo, measures });
}
