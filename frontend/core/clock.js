// The clock of what is played: it alone asks for animation frames, and puts the time into the state.

/** Steps a second at speed 1. */
const STEPS_PER_SECOND = 60;
/** Seconds that one frame counts for at most: a tab that slept must not jump. */
const LONGEST_FRAME = 0.1;
/** Seconds for which the last step stays before a loop begins again. */
const REST = 1;

/**
 * Where a player stands: `at` is the time in steps, `step` the last whole one.
 *
 * @typedef {{ step: number, at: number, playing: boolean }} Time
 */

/** @type {Readonly<Time>} */
export const BEGINNING = Object.freeze({ step: 0, at: 0, playing: false });

/**
 * Whether all that has changed is a step of what goes on being played.
 *
 * @param {{ readonly clock: Time }} state
 * @param {Set<string>} changed
 */
export const isPlayedOn = ({ clock }, changed) =>
  clock.playing && [...changed].every((name) => name === "clock");

/**
 * @param {object} options
 * @param {() => Time} options.get
 * @param {(time: Time) => void} options.put
 * @param {() => number} options.length The last step there is.
 * @param {() => { speed: number, loop: boolean }} options.pace
 */
export function createClock({ get, put, length, pace }) {
  /** @type {number | null} */
  let previous = null;
  let isRunning = false;

  /** @param {number} at @param {boolean} playing */
  const set = (at, playing) => put({ at, step: Math.min(length(), Math.floor(at)), playing });

  /** @param {number} now */
  function frame(now) {
    isRunning = false;
    const { at, playing } = get();
    if (!playing) return;
    const seconds = previous === null ? 0 : Math.min(LONGEST_FRAME, (now - previous) / 1000);
    previous = now;
    const { speed, loop } = pace();
    const next = at + seconds * speed * STEPS_PER_SECOND;
    const last = length();
    if (next < last || (loop && last > 0 && next <= last + REST * speed * STEPS_PER_SECOND)) {
      set(next, true);
    } else if (loop && last > 0) set(0, true);
    else set(last, false);
    run();
  }

  function run() {
    if (isRunning || !get().playing) return;
    isRunning = true;
    requestAnimationFrame(frame);
  }

  return {
    play() {
      previous = null;
      set(get().at >= length() ? 0 : get().at, true);
      run();
    },
    pause() {
      if (get().playing) put({ ...get(), playing: false });
    },
    toggle() {
      if (get().playing) this.pause();
      else this.play();
    },
    /** Goes to a step and stands still. @param {number} to */
    seek(to) {
      set(Math.max(0, Math.min(length(), to)), false);
    },
    /** Goes on where the state says that it is played: after an address was opened, or an undo. */
    run,
  };
}
