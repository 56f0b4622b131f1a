// The neighbours of a scene are asked for while nobody waits, so that they are there when wanted.

import { fetchScenario } from "../api/api.js";

export function createWarming() {
  /** @type {Set<string>} */
  const asked = new Set();
  return (
    /** @type {{ previous: { id: string } | null, next: { id: string } | null }} */ around,
  ) => {
    for (const one of [around.next, around.previous]) {
      if (one === null || asked.has(one.id)) continue;
      asked.add(one.id);
      // What the browser keeps answers the page later; a failure is told then.
      fetchScenario(one.id).catch(() => asked.delete(one.id));
    }
  };
}
