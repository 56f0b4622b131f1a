// Where paths begin: handles, numbered where there are several, the selected one bold.

/** @type {import("./mark.js").Mark} */
export function starts({ scene, projection, look: { ink, measures } }) {
  const several = scene.starts.length > 1;
  const { thin, font } = measures;
  return scene.starts.flatMap((start, index) => {
    const at = projection.toScreen(start);
    /** @type {import("../scene.js").Item} */
    const handle = {
      kind: "circle",
      role: "start",
      at,
      size: (several ? 9 : 7) * thin,
      width: (several && index === scene.selectedStart ? 3.5 : 2) * thin,
      color: ink.minimum,
      fill: ink.halo,
    };
    if (!several || !projection.holds(at)) return [handle];
    return [
      handle,
      {
        kind: "label",
        role: "name",
        at: [at[0], at[1] + 0.5],
        text: String(index + 1),
        align: "center",
        size: 0.85 * font,
        color: ink.minimum,
      },
    ];
  });
}
