// The player that buttons, keys and charts are given: the clock, and what the state says of it.

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {ReturnType<typeof createPlayer>} Player
 */

/**
 * @param {{ clock: ReturnType<typeof import("../../core/clock.js").createClock>,
 *   model: () => Model, selectors: import("./types.js").Selectors }} page
 */
export function createPlayer({ clock, model, selectors }) {
  const isIdle = () => selectors.race(model()) === null;
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
    // Where there is no race there is nothing to play.
    toggle() {
      if (isPlaying()) clock.pause();
      else if (!isIdle()) clock.play();
    },
    /** @param {number} to */
    seek: (to) => clock.seek(to),
    /** @param {Model} now */
    select: (now) => ({
      step: selectors.step(now),
      length: now.state.steps,
      playing: now.state.clock.playing,
      speed: now.state.speed,
      loop: now.state.loop,
      language: now.state.language,
      isIdle: selectors.race(now) === null,
      events: selectors.events(now),
    }),
  };
}
