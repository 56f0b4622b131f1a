// The player that buttons, keys and charts are given: the clock, and what the state says of it.

import { isHidden } from "../../scenes/phases.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {ReturnType<typeof createPlayer>} Player
 */

/**
 * @param {{ clock: ReturnType<typeof import("../../core/clock.js").createClock>,
 *   model: () => Model, selectors: import("./types.js").Selectors }} page
 */
export function createPlayer({ clock, model, selectors }) {
  // Where there is no race, or it is not to be seen yet, there is nothing to play.
  const isIdleOf = (/** @type {Model} */ now) =>
    selectors.race(now) === null || isHidden(now.state);
  const isIdle = () => isIdleOf(model());
  const isPlaying = () => model().state.clock.playing;
  return {
    get step() {
      return selectors.step(model());
    },
    get length() {
      return model().state.steps;
    },
    get playing() {
      return isPlaying();
    },
    pause: () => clock.pause(),
    toggle() {
      if (isPlaying()) clock.pause();
      else if (!isIdle()) clock.play();
    },
    /** @param {number} to */
    seek: (to) => isHidden(model().state) || clock.seek(to),
    /** @param {Model} now */
    select: (now) => ({
      step: selectors.step(now),
      length: now.state.steps,
      playing: now.state.clock.playing,
      speed: now.state.speed,
      loop: now.state.loop,
      language: now.state.language,
      isIdle: isIdleOf(now),
      events: selectors.events(now),
    }),
  };
}
