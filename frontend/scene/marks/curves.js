// The Hessian's eigenvectors at a path's head, both ways along each: solid where the surface curves up
// the most, dashed at a right angle to it.

const REACH = 46;

/** @type {import("./mark.js").Mark} */
export function curves({ scene, projection, look: { ink, measures } }) {
  if (scene.curves === null) return [];
  const { at, steepest } = scene.curves;
  /** @param {"eigen_larger" | "eigen_smaller"} role @param {import("../scene.js").Point} along */
  const arrows = (role, along) => {
    const [dx, dy] = projection.direction(along);
    const share = (REACH * measures.thin) / Math.max(Math.hypot(dx, dy), 1e-300);
    return [1, -1].map((way) => ({
      kind: /** @type {const} */ ("arrow"),
      role,
      at: projection.toScreen(at),
      by: /** @type {[number, number]} */ ([way * dx * share, way * dy * share]),
      dash: role === "eigen_smaller" ? [5, 4].map((length) => length * measures.thin) : [],
      color: ink.region,
      width: 2.2 * measures.thin,
      halo: ink.halo,
    }));
  };
  return [
    ...arrows("eigen_larger", steepest),
    ...arrows("eigen_smaller", [-steepest[1], steepest[0]]),
  ];
}
