// The paths of the race, and the state that they were walked for: those of a surface are shown
// over that surface only, and where paths were refused nothing is left of the ones before.

import { ApiError, isPassing, latest } from "../api/api.js";
import { isCalm } from "../shell/appearance.js";
import { explain } from "../shell/notices.js";
import { pathsKey, requestPaths, surfaceKey } from "./simulation.js";

// `opened` is what the address asked for; `show` draws what there is, `fail` tells a failure.
export function createRace({ catalog, store, player, bar, picture, notices, opened, show, fail }) {
  let answer = null;
  let asked = null;
  let failure = null;
  let isNew = true;
  let wasPlaying = false;

  function start(result) {
    player.configure({ length: result.steps, idle: false });
    bar.length(result.steps);
    bar.idle();
    if (isNew) {
      isNew = false;
      if (opened.step !== null) player.seek(opened.step);
      else if (store.get().graph) player.seek(0);
      else if (isCalm()) player.seek(result.steps);
      else player.play();
    } else if (player.step > 0 && !player.playing) player.seek(Math.min(player.step, result.steps));
    if (wasPlaying) player.play();
    wasPlaying = false;
  }

  function clear(error) {
    answer = null;
    failure = error;
    wasPlaying ||= player.playing;
    player.pause();
    player.configure({ idle: true });
    bar.idle();
    show();
  }

  // Nothing is asked again before the server is ready for it, wherever the finger is by then.
  function passing(error, again) {
    picture.classList.add("waiting-paths");
    if (answer?.paths !== asked && notices.isLong("paths")) clear(error);
    return fail(error, again);
  }

  const walk = latest(
    async () => {
      const state = store.get();
      asked = pathsKey(catalog, state);
      picture.classList.add("waiting-paths");
      let result;
      try {
        result = await requestPaths(catalog, state);
      } finally {
        picture.classList.remove("waiting-paths");
      }
      // Of another surface by now: its own paths are asked for next.
      if (surfaceKey(state) !== surfaceKey(store.get())) return;
      notices.close("paths");
      answer = { surface: surfaceKey(state), paths: asked, result };
      failure = null;
      start(result);
      await show();
    },
    (error, again) => {
      if (isPassing(error)) return passing(error, again);
      if (asked !== pathsKey(catalog, store.get())) return;
      if (answer?.paths !== asked) clear(error);
      return fail(error, again);
    },
  );

  return {
    walk,
    // The paths of a surface, by its key; null where there are none.
    of: (key) => (answer?.surface === key ? answer.result : null),
    // Why there are none, for people; empty while they are awaited.
    get missing() {
      return failure ? explain(failure, catalog.limits) : "";
    },
    get refused() {
      return failure instanceof ApiError && failure.status === 422;
    },
    // Another surface was chosen: its race begins anew.
    restart() {
      player.pause();
      player.seek(0);
      isNew = true;
      wasPlaying = false;
      opened.step = null;
    },
  };
}
