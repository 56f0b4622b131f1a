// Downhill directions at a point, as the picture scales them: the longest as long as an arrow may
// be.

const LONGEST = 64;

/** @type {import("./mark.js").Mark} */
export function arrows({ scene, projection, look: { ink, measures } }) {
  const downhill = scene.arrows.map(({ gradient: [gx, gy] }) => {
    const [dx, dy] = projection.direction([-gx, -gy]);
    // A unit of both axes is as long as one of x: lengths of unlike axes have no other sense.
    return [dx / projection.scale[0], dy / projection.scale[0]];
  });
  const longest = Math.max(...downhill.map(([dx, dy]) => Math.hypot(dx, dy)), 1e-300);
  const reach = LONGEST * measures.thin;
  return scene.arrows.map(({ role, at, color }, index) => ({
    kind: "arrow",
    role,
    at: projection.toScreen(at),
    by: [(downhill[index][0] / longest) * reach, (downhill[index][1] / longest) * reach],
    dash: role === "batch_gradient" ? [4, 4].map((length) => length * measures.thin) : [],
    color: color ?? ink.minimum,
    width: 2.2 * measures.thin,
    halo: ink.halo,
  }));
}
