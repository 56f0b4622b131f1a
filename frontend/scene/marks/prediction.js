// Where somebody said that a path ends, and once that is to be seen, where it does.

/** @type {import("./mark.js").Mark} */
export function prediction({ scene, projection, look: { ink, measures } }) {
  const { predicted, ended } = scene;
  if (predicted === null) return [];
  const { thin } = measures;
  const at = projection.toScreen(predicted);
  /** @type {import("../scene.js").Item[]} */
  const cross = [
    { kind: "circle", role: "prediction", at, size: 15 * thin, width: 6 * thin, color: ink.halo },
    {
      kind: "circle",
      role: "prediction",
      at,
      size: 15 * thin,
      width: 2.5 * thin,
      color: ink.minimum,
    },
    {
      kind: "cross",
      role: "prediction",
      at,
      size: 8 * thin,
      width: 3.5 * thin,
      opacity: 1,
      color: ink.minimum,
    },
  ];
  if (ended === null) return cross;
  const [x, y] = projection.toScreen(ended);
  return [
    {
      kind: "line",
      role: "prediction",
      pixels: [...at, x, y],
      color: ink.minimum,
      width: 2 * thin,
      dash: [3 * thin, 5 * thin],
    },
    ...cross,
  ];
}
