// The neighbours of a scene are asked for while nobody waits, so that they are there when wanted.

import { fetchScenario } from "../api/api.js";

export function createWarming() {
  /** @type {Set<string>} */
  const asked = new Set();
  return (/** @type {import("./around.js").Around} */ around) => {
    for (const one of [around.next, around.previous]) {
      const id = one?.id ?? null;
      if (id === null || asked.has(id)) continue;
      asked.add(id);
      // What the browser keeps answers the page later; a failure is told then.
      fetchScenario(id).catch(() => asked.delete(id));
    }
  };
}
