// Where the hall has tapped: faint discs that add up, so that many in one place are dark.

/** @type {import("./mark.js").Mark} */
export function taps({ scene, projection, look: { ink, measures } }) {
  return scene.taps.map((tap) => ({
    kind: "circle",
    role: "tap",
    at: projection.toScreen(tap),
    size: 11 * measures.thin,
    width: 0,
    color: ink.tap,
    fill: ink.tap,
  }));
}
