// What happened to the selected path, where it did.

import { eventItems, placeEvents } from "../../charts/events.js";

/** Where they are. @param {import("../scene.js").Marking} drawn */
export const eventsIn = ({ scene, projection, paths, look: { measures } }) =>
  placeEvents(scene.events, paths, measures).filter(({ at }) => projection.holds(at));

/** @type {import("./mark.js").Mark} */
export function events(drawn) {
  const { scene, look } = drawn;
  const { ink, measures } = look;
  return eventItems(eventsIn(drawn), {
    color: scene.events?.color ?? ink.text,
    halo: ink.halo,
    measures,
  });
}
