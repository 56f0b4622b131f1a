// A training's course: it is begun by somebody, never by a state; when it has ended, it is watched.

import { BEGINNING, createClock } from "../../core/clock.js";
import { isCalm } from "../../shell/appearance.js";
import { settingsOf } from "../state.js";

/**
 * @typedef {import("../state.js").State} State
 * @typedef {import("../state.js").Trained} Trained
 * @typedef {import("../../core/resources.js").Answers} Answers
 * @typedef {"idle" | "training" | "failed" | "cancelled" | "done"} Phase
 */

/** The last step of what is on show. @param {readonly Trained[]} trained */
export const lengthOf = (trained) => Math.max(0, ...trained.map(({ run }) => run.count));

/**
 * @param {Readonly<State>} state
 * @param {Answers} answers
 */
const answersTo = ({ asked }, answers) =>
  (asked ?? []).map((one) => ({ ...one, answer: answers[`training.${one.letter}`] }));

/**
 * @param {Readonly<State>} state
 * @param {Answers} answers
 * @param {string} settings What would be trained now.
 * @returns {Phase}
 */
export function phaseOf(state, answers, settings) {
  if (state.asked !== null) {
    const isRefused = answersTo(state, answers).some(({ answer }) => answer.status === "refused");
    return isRefused ? "failed" : "training";
  }
  if (state.cancelled?.settings === settings) return "cancelled";
  return state.trained.length > 0 ? "done" : "idle";
}

/** @param {Readonly<State>} state @param {string} settings What would be trained now. */
export const isStale = ({ trained }, settings) =>
  trained.length > 0 && trained.map(({ body }) => body).join("\n") !== settings;

/**
 * @param {import("../../core/store.js").Store<State>} store
 * @param {import("../resources.js").Questions} questions
 */
export function createCourse(store, questions) {
  const clock = createClock({
    get: () => store.get().clock,
    put: (time) => store.update({ clock: time }),
    length: () => lengthOf(store.get().trained),
    pace: () => store.get(),
  });

  function watch() {
    store.update({ unseen: false });
    if (isCalm()) clock.seek(lengthOf(store.get().trained));
    else clock.play();
  }

  /** What was trained is put on show; what is left undone is asked for no longer.
   * @param {Trained[]} trained @param {Partial<State>} [change] */
  function put(trained, change = {}) {
    if (trained.length === 0) return store.update(change);
    const { view } = store.get();
    const [{ from }] = trained;
    const clock = { ...BEGINNING, step: from, at: from };
    store.update({ ...change, trained, clock, unseen: view !== "training" });
    if (view === "training") watch();
  }

  /** @param {Answers} answers @returns {Trained[]} */
  const readyOf = (answers) =>
    answersTo(store.get(), answers)
      .filter(({ answer, body }) => answer.status === "ready" && answer.key === body)
      .map(({ answer, ...one }) => ({ ...one, run: answer.value.run }));

  store.subscribe((state, changed) => {
    if (!changed.has("view")) return;
    // Nothing is played that nobody sees.
    if (state.view === "training") {
      if (state.unseen) watch();
    } else if (state.clock.playing) {
      clock.pause();
      store.update({ unseen: true });
    }
  });

  return {
    clock,

    /** Trains what is set now, in place of what may still be under way.
     * @param {number} [from] The step from which it is watched. */
    start(from = 0) {
      if (questions.training(store.get()).length === 0) return;
      clock.pause();
      store.update((state) => {
        const { a, b, shared } = state;
        const bodies = questions.training(state);
        return {
          cancelled: null,
          asked: settingsOf(state).map((letter, index) => ({
            letter,
            settings: { a, b, shared },
            body: bodies[index],
            from,
          })),
        };
      });
    },

    /** What was trained before another was cancelled is kept. @param {Answers} answers */
    cancel(answers) {
      const state = store.get();
      const { value } = answersTo(state, answers).find(
        ({ answer }) => answer.status !== "ready" && answer.status !== "nothing",
      )?.answer ?? { value: null };
      put(readyOf(answers), {
        asked: null,
        cancelled: { step: value?.done ?? 0, settings: questions.settings(state) },
      });
    },

    /** Called after an answer has changed. @param {Answers} answers */
    answered(answers) {
      const { asked, trained } = store.get();
      if (asked === null) return;
      const ready = readyOf(answers);
      if (ready.length === asked.length) put(ready, { asked: null });
      // One of two was refused: the other is shown, once.
      else if (
        ready.length > 0 &&
        ready[0].body !== trained[0]?.body &&
        answersTo(store.get(), answers).some(({ answer }) => answer.status === "refused")
      ) {
        put(ready);
      }
    },

    /** Forgets a refusal once the settings are others. @param {Answers} answers */
    changed(answers) {
      const state = store.get();
      const settings = questions.settings(state);
      if (phaseOf(state, answers, settings) !== "failed") return;
      if (state.asked?.map(({ body }) => body).join("\n") !== settings) {
        store.update({ asked: null });
      }
    },
  };
}
