// Where each run is now, and a ring round one that left the range of finite numbers.

/** @type {import("./mark.js").Mark} */
export function heads({ paths, step, look: { ink, measures } }) {
  return paths.flatMap(({ run, pixels, count, trajectory }) => {
    const now = Math.min(step, count - 1);
    /** @type {import("../scene.js").Spot} */
    const at = [pixels[2 * now], pixels[2 * now + 1]];
    /** @type {import("../scene.js").Item} */
    const head = {
      kind: "marker",
      role: "head",
      at,
      shape: run.style.shape,
      size: measures.mark,
      color: run.style.color,
      halo: ink.halo,
    };
    if (trajectory.diverged_at === null || step < trajectory.diverged_at) return [head];
    return [
      head,
      {
        kind: "circle",
        role: "diverged",
        at,
        size: 1.6 * measures.mark,
        width: 2 * measures.thin,
        color: run.style.color,
      },
    ];
  });
}
