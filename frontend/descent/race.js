// How the race goes on as its paths come and go: it begins once they are there, waits while they
// are not, and goes on when they are back.

import { BEGINNING } from "../core/clock.js";
import { isHidden } from "../scenes/phases.js";
import { isCalm } from "../shell/appearance.js";
import { BEGIN, GO_ON } from "./state.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./selectors.js").Selectors} Selectors
 */

/** @param {number} step */
const standing = (step) => ({ at: step, step, playing: false });

// Where the clock stands once a wish is fulfilled.
/** @param {State} state @param {NonNullable<State["wish"]>} wish */
function wished(state, wish) {
  const { clock, steps, graph } = state;
  if (isHidden(state)) return standing(0);
  if (wish === GO_ON) return { ...(clock.at >= steps ? BEGINNING : clock), playing: true };
  if (wish !== BEGIN) return standing(Math.min(wish, steps));
  if (graph) return standing(0);
  return isCalm() ? standing(steps) : { ...BEGINNING, playing: true };
}

// Called after every change: `race` answers the paths that are there, `failure` why there are none.
/**
 * @param {object} page
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {() => import("./types.js").Model} page.model
 * @param {{ run(): void }} page.clock
 * @param {Selectors["race"]} page.race
 * @param {Selectors["failure"]} page.failure
 */
export function createRace({ store, model, clock, race, failure }) {
  return function follow() {
    const state = store.get();
    if (race(model()) === null) {
      if (state.clock.playing && failure(model()) !== null) {
        store.update({ clock: { ...state.clock, playing: false }, wish: GO_ON });
      }
    } else if (state.wish !== null && model().answers.paths.status === "ready") {
      store.update({ wish: null, clock: wished(state, state.wish) });
      clock.run();
    }
  };
}
