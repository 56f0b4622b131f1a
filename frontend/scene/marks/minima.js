// The lowest known minima; of local ones there may be hundreds, so they are small and faint.

import { lowest } from "../geometry.js";

/** @type {import("./mark.js").Mark} */
export function minima({ scene, projection, look: { ink, measures } }) {
  const deepest = new Set(lowest(scene.minima));
  const { thin } = measures;
  return scene.minima.map((minimum) => {
    const isDeepest = deepest.has(minimum);
    return {
      kind: "cross",
      role: isDeepest ? "minimum" : "local_minimum",
      at: projection.toScreen([minimum.x, minimum.y]),
      size: (isDeepest ? 5.5 : 3) * thin,
      width: (isDeepest ? 1.8 : 1) * thin,
      opacity: isDeepest ? 1 : 0.6,
      color: ink.minimum,
    };
  });
}
