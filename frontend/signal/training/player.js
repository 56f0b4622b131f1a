// The player of a training, until the shell's: its bar over the page's clock.

import { createPlayerBar, listenToKeys } from "../../forms/player_bar.js";
import { lengthOf } from "./course.js";

export function createTrainingPlayer(section, store, clock) {
  const player = {
    get step() {
      return store.get().clock.step;
    },
    get length() {
      return lengthOf(store.get().trained);
    },
    get playing() {
      return store.get().clock.playing;
    },
    idle: false,
    toggle: () => clock.toggle(),
    pause: () => clock.pause(),
    seek: (to) => clock.seek(to),
  };
  const buttons = createPlayerBar(section, store, player);
  listenToKeys(player, { isActive: () => store.get().view === "training" && player.length > 0 });
  let language;
  return {
    select({ state: { clock: time, trained, speed, loop, language } }) {
      const length = lengthOf(trained);
      return { length, step: time.step, playing: time.playing, speed, loop, language };
    },
    show(props) {
      section.hidden = props.length === 0;
      if (language !== props.language) buttons.rebuild(props);
      language = props.language;
      buttons.length(props.length);
      buttons.step(props.step);
      buttons.playing(props.playing);
      buttons.show(props);
    },
  };
}
