// Names of the runs at the ends of their paths, where there is room for them.

import { eventBoxes } from "../../charts/events.js";
import { nameItems, nameOf, placeAround } from "../../charts/names.js";
import { eventsIn } from "./events.js";

// A path is named once it has gone this far from its start, in radii of its marker.
const UNDER_WAY = 3;

/** @type {import("./mark.js").Mark} */
export function names(drawn) {
  const { scene, projection, paths, step, look, sides } = drawn;
  const { ink, measures } = look;
  const { mark, font } = measures;
  // Where a step is taken apart its arrows have the room.
  const apart = new Set(scene.anatomy.map(({ key }) => key));
  const named = paths.filter(
    ({ start, run }) => start === scene.selectedStart && !apart.has(run.key),
  );
  /** @param {import("../scene.js").Path} path @returns {import("../scene.js").Spot} */
  const headOf = ({ pixels, count }) => {
    const now = Math.min(step, count - 1);
    return [pixels[2 * now], pixels[2 * now + 1]];
  };
  const wanted = named.flatMap((path) => {
    const at = headOf(path);
    const gone = Math.hypot(at[0] - path.pixels[0], at[1] - path.pixels[1]);
    if (gone < UNDER_WAY * mark || !projection.holds(at)) return [];
    return [{ key: path.run.key, color: path.color, at, ...nameOf(path.run.name, measures) }];
  });
  if (wanted.length === 0) return [];
  const obstacles = [
    ...paths.map(headOf),
    ...scene.starts.map((start) => projection.toScreen(start)),
  ];
  const blocks = eventBoxes(eventsIn(drawn), measures);
  const { frame } = projection;
  const placed = placeAround(wanted, { frame, obstacles, blocks, mark, font, sides });
  return nameItems(placed, { font, halo: ink.halo });
}
