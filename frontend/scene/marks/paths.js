// The paths of the runs; a ring at each point that a clipped step led to.

// As near each other as rings can be told apart.
const RING_DISTANCE = 11;

/**
 * 1 at points that get a ring; null where no step was clipped.
 *
 * @param {import("../scene.js").Trajectory} trajectory
 * @param {Float32Array} pixels
 */
function ringsOf({ clipped, x }, pixels) {
  if (clipped.length === 0) return null;
  const rings = new Uint8Array(x.length);
  let last = null;
  for (const step of clipped) {
    if (last !== null) {
      const dx = pixels[2 * step] - pixels[2 * last];
      const dy = pixels[2 * step + 1] - pixels[2 * last + 1];
      if (Math.hypot(dx, dy) < RING_DISTANCE) continue;
    }
    rings[step] = 1;
    last = step;
  }
  return rings;
}

/**
 * @param {import("../scene.js").Scene} scene
 * @param {import("../scene.js").Projection} projection
 * @param {import("../scene.js").Look} look
 * @returns {import("../scene.js").Path[]}
 */
export const pathsOf = ({ runs }, projection, { ink, measures }) =>
  runs.flatMap((run) =>
    run.trajectories.map((trajectory, start) => {
      const pixels = projection.pixels(trajectory.x, trajectory.y);
      const rings = ringsOf(trajectory, pixels);
      return {
        run,
        start,
        trajectory,
        pixels,
        count: trajectory.x.length,
        color: run.style.color,
        dash: run.style.dash.map((length) => length * measures.thin),
        width: measures.line,
        halo: ink.halo,
        rings,
        firstRing: rings === null ? Number.POSITIVE_INFINITY : rings.indexOf(1),
      };
    }),
  );
