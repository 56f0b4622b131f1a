// The part of the plane in which the surface is convex, or a rate is stable: tinted, with an edge.

/** @type {import("./layer.js").Layer} */
export function regions({ region }, { ink }) {
  if (region === null) return null;
  return { kind: "tint", role: `region_${region.kind}`, region, color: ink.region };
}
