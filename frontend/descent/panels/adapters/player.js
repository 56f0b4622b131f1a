// The player's buttons as a panel, and the player that buttons, keys and charts are given: the
// clock, and what the state says of it.

import { createPlayerBar } from "../../../forms/player_bar.js";

export function createPlayer({ clock, model, selectors }) {
  const isIdle = () => selectors.race(model()) === null;
  return {
    get step() {
      return selectors.step(model());
    },
    get length() {
      return model().state.steps;
    },
    get playing() {
      return model().state.clock.playing;
    },
    // Whether there is nothing to play.
    get idle() {
      return isIdle();
    },
    play: () => isIdle() || clock.play(),
    pause: () => clock.pause(),
    toggle() {
      if (this.playing) clock.pause();
      else this.play();
    },
    seek: (to) => clock.seek(to),
  };
}

export function createPlayerPanel({ section, store, player }) {
  const bar = createPlayerBar(section, store, player);
  let before = {};
  return {
    select: ({ state }) => ({
      step: player.step,
      length: player.length,
      playing: player.playing,
      idle: player.idle,
      speed: state.speed,
      loop: state.loop,
      language: state.language,
    }),
    show(props) {
      const isAnew = ["speed", "language"].some((name) => props[name] !== before[name]);
      before = props;
      if (isAnew) bar.rebuild(store.get());
      bar.length(props.length);
      bar.playing(props.playing);
      bar.idle();
      bar.step(props.step);
      bar.show(store.get());
    },
  };
}
