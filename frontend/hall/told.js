// What the audience's window is told of a hall: not its key, and its answers once they are shown.

/** @param {import("./session.js").Hall | null | undefined} hall */
export function toldOf(hall) {
  if (!hall || hall.trouble === "gone") return null;
  const { key: _, ...told } = hall;
  return { ...told, visible: hall.visible ?? hall.seen?.phase === "shown" };
}
