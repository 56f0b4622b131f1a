// The player owns time: it alone asks for animation frames and tells panels the step.

const STEPS_PER_SECOND = 60;

export function createPlayer({ onStep, onPlaying }) {
  let position = 0;
  let length = 0;
  let playing = false;
  let speed = 1;
  let loop = false;
  let idle = false;
  let previous = null;

  const step = () => Math.min(length, Math.floor(position));

  function setPlaying(value) {
    if (playing === value) return;
    playing = value;
    previous = null;
    onPlaying(playing);
    if (playing) requestAnimationFrame(frame);
  }

  function frame(now) {
    if (!playing) return;
    // A tab that slept must not jump: a frame counts for a tenth of a second at most.
    const seconds = previous === null ? 0 : Math.min(0.1, (now - previous) / 1000);
    previous = now;
    position += seconds * speed * STEPS_PER_SECOND;
    if (position >= length) {
      if (loop && length > 0) {
        // The last picture stays for a moment before the race starts again.
        if (position > length + speed * STEPS_PER_SECOND) position = 0;
      } else {
        position = length;
        onStep(step());
        setPlaying(false);
        return;
      }
    }
    onStep(step());
    requestAnimationFrame(frame);
  }

  return {
    get step() {
      return step();
    },
    get length() {
      return length;
    },
    get playing() {
      return playing;
    },
    // Whether there is nothing to play.
    get idle() {
      return idle;
    },
    configure(options) {
      if (options.speed !== undefined) speed = options.speed;
      if (options.loop !== undefined) loop = options.loop;
      if (options.idle !== undefined) idle = options.idle;
      if (options.length !== undefined) {
        length = options.length;
        position = Math.min(position, length);
      }
    },
    play() {
      if (idle) return;
      if (position >= length) position = 0;
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    toggle() {
      if (playing) this.pause();
      else this.play();
    },
    seek(to) {
      position = Math.max(0, Math.min(length, to));
      onStep(step());
    },
  };
}
