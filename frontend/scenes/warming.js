// The neighbours of a scene are made ready while nobody waits. A browser that knows speculation rules
// makes the whole page of one ready that another page shows (server/assets/ahead.py names the links);
// others ask for what that page is made of.

import { fetchScenario } from "../api/api.js";
import { at } from "../api/root.js";
import { audienceOf } from "../core/audience.js";
import { isAhead } from "../core/showing.js";

/** @typedef {import("./around.js").Neighbour} Neighbour */

/** What a page names that it cannot begin without. */
const NEEDED = "script[src], link[rel=modulepreload], link[rel=stylesheet], link[rel=preload]";

/** Whether the browser makes pages ready by rules. */
const knowsRules = () => globalThis.HTMLScriptElement?.supports?.("speculationrules") ?? false;

/** Asks for what a page is made of: the browser keeps it. @param {string} address */
async function fetchPage(address) {
  const answer = await fetch(address);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const names = [...found.querySelectorAll(NEEDED)].map(
    (one) => one.getAttribute("src") ?? one.getAttribute("href") ?? "",
  );
  await Promise.all(names.map((name) => fetch(new URL(name, answer.url), { priority: "low" })));
}

/** @param {string} page The name of the page that asks. */
export function createWarming(page) {
  /** @type {Set<string>} */
  const asked = new Set();
  /** The scene that has all its answers, whatever is asked for since. @type {string | null} */
  let calm = null;
  /** Whether another page shows it. The audience goes where it is told. @param {Neighbour} to */
  const isElsewhere = (to) => to.page !== "" && to.page !== page && audienceOf() === null;

  return {
    /** Whether all that a scene asked for has come.
     * @param {import("./types.js").Model} model */
    isCalm({ state, answers }) {
      const isWanted = Object.values(answers).some(({ status }) => status === "asking");
      if (calm !== state.scene) calm = isWanted || isAhead() ? null : state.scene;
      return calm === state.scene;
    },
    /** Whether rules make it ready. @param {Neighbour} to */
    isAhead: (to) => isElsewhere(to) && knowsRules(),
    /** @param {import("./around.js").Around} around */
    warm({ next, previous }) {
      for (const one of [next, previous]) {
        const id = one?.id ?? null;
        if (one === null || id === null || asked.has(id)) continue;
        asked.add(id);
        // What the browser keeps answers the page later; a failure is told then.
        const failed = () => asked.delete(id);
        fetchScenario(id).catch(failed);
        if (isElsewhere(one) && !knowsRules()) fetchPage(at(one.address)).catch(failed);
      }
    },
  };
}
