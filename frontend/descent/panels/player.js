// The player that buttons, keys and charts are given: the clock, and what the state says of it.

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
    seek: (to) => clock.seek(to),
    select: (now) => ({
      step: selectors.step(now),
      length: now.state.steps,
      playing: now.state.clock.playing,
      speed: now.state.speed,
      loop: now.state.loop,
      language: now.state.language,
      isIdle: selectors.race(now) === null,
    }),
  };
}
