// A map of every start, over the ground: its colours are explained beside it, in the ground's place.

/** @type {import("./layer.js").Layer} */
export function maps({ map }) {
  if (map === null) return null;
  const { view, mapped, colourOf } = map;
  return { kind: "map", view, mapped, filling: mapped.filling, colourOf };
}
