// Training: asked for, watched as it goes on, and played again step by step.

import { ApiError } from "../../api/api.js";
import { h } from "../../core/dom.js";
import { createStore } from "../../core/store.js";
import { createPlayerBar, listenToKeys } from "../../forms/player_bar.js";
import { integer } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { isCalm } from "../../shell/appearance.js";
import { explain } from "../../shell/notices.js";
import { createPlayer } from "../../shell/player.js";
import { askTraining, NOTICE } from "./asking.js";
import { createProgress } from "./progress.js";
import { createResults } from "./results.js";

const bodyOf = ({ body }) => JSON.stringify(body);

export function createTraining(section, { catalog, notices }) {
  const playing = createStore({ speed: 1, loop: false });
  const fold = { isOpen: true };
  let settings = [];
  let theme = "light";
  let trained = [];
  let results = null;
  let under = null;
  let ended = null;
  let message = null;
  // Whether a trained network still waits to be watched, because the view was left.
  let unseen = false;

  const train = h("button", {
    type: "button",
    id: "train",
    class: "text-button primary",
    onclick: () => start(),
  });
  const cancel = h("button", {
    type: "button",
    id: "cancel",
    class: "text-button",
    onclick: () => under?.abort(),
    hidden: true,
  });
  const hint = h("p", { class: "hint training-hint", role: "status" });
  const spoken = h("p", { class: "for-screen-readers", role: "status" });
  const title = h("h2");
  const watching = h("div", { class: "training-progress", hidden: true });
  const stage = h("div", { class: "trained-stage" });
  const bar = h("div", { class: "player trained-player", hidden: true });
  section.replaceChildren(
    h("div", { class: "card training-bar" }, title, train, cancel, hint),
    spoken,
    watching,
    stage,
    bar,
  );
  Object.assign(section.dataset, { state: "idle", revision: 0, step: 0, stale: false });

  const player = createPlayer({
    onStep(step) {
      results?.draw(step);
      buttons.step(step);
      section.dataset.step = step;
    },
    onPlaying: (isPlaying) => buttons.playing(isPlaying),
  });
  const buttons = createPlayerBar(bar, playing, player);
  playing.subscribe((state) => {
    player.configure(state);
    buttons.show(state);
  });
  listenToKeys(player, { isActive: () => section.offsetParent !== null && player.length > 0 });

  const isStale = () =>
    trained.length > 0 && trained.map((one) => one.asked).join() !== settings.map(bodyOf).join();

  function tell() {
    const stale = isStale();
    section.dataset.stale = stale;
    section.dataset.state = under ? "training" : (message?.state ?? (results ? "done" : "idle"));
    train.disabled = under !== null || settings.length === 0;
    cancel.hidden = under === null;
    watching.hidden = under === null;
    hint.classList.toggle("stale", stale && !under);
    hint.textContent = under
      ? ""
      : (message?.text() ?? (stale ? t("trained.stale") : results ? "" : t("trained.empty")));
  }

  // Labels are the page's, in its present language; what was trained stays what it was.
  const labelled = () =>
    trained.map((one) => {
      const setting = settings.find((other) => bodyOf(other) === one.asked);
      return setting ? { ...one, label: setting.label } : one;
    });

  function render() {
    const { step } = player;
    if (trained.length > 0) {
      results = createResults(labelled(), {
        theme,
        fold,
        onSeek(to) {
          player.pause();
          player.seek(to);
        },
      });
      const { scrollTop } = stage;
      stage.replaceChildren(results.element);
      results.layout();
      stage.scrollTop = scrollTop;
      player.configure({ length: results.length });
      buttons.length(results.length);
      results.draw(Math.min(step, results.length));
    }
    stage.hidden = trained.length === 0;
    bar.hidden = !results?.length;
  }

  // One after the other: the server's other threads stay free for the rest of the page.
  async function trainAll(asked, signal, shown, done) {
    for (const [index, { key, label, body }] of asked.entries()) {
      shown.current = shown.rows[index];
      shown.current.begin();
      const run = await askTraining(body, { catalog, notices, signal, progress: shown.current });
      done.push({ key, label, asked: JSON.stringify(body), run });
    }
  }

  function watch() {
    unseen = section.hidden;
    if (unseen) return;
    if (isCalm()) player.seek(player.length);
    else player.play();
  }

  function fail(error, { current }) {
    if (error.name === "AbortError") {
      const step = integer(current.done);
      message = { state: "cancelled", text: () => t("trained.cancelled", { step }) };
      notices.close(NOTICE);
      return;
    }
    const text =
      error instanceof ApiError
        ? explain(error, catalog.limits)
        : t("error.page", { message: String(error.message ?? error) });
    notices.show(NOTICE, text, { error: true });
    message = { state: "failed", text: () => t("trained.failed") };
    if (!(error instanceof ApiError)) throw error;
  }

  async function work(asked, signal) {
    message = null;
    player.pause();
    const shown = {
      current: null,
      rows: asked.map(({ label }, index) =>
        createProgress(label, index === 0 ? "first" : "second"),
      ),
    };
    watching.replaceChildren(...shown.rows.map((row) => row.element));
    notices.close(NOTICE);
    tell();
    const done = [];
    try {
      await trainAll(asked, signal, shown, done);
      notices.close(NOTICE);
    } catch (error) {
      fail(error, shown);
    } finally {
      // What was trained before another was cancelled is kept.
      if (done.length > 0) {
        trained = done;
        player.seek(0);
        render();
        spoken.textContent = results.outcome;
        section.dataset.revision = Number(section.dataset.revision) + 1;
        watch();
      }
    }
  }

  // Trains what is set now, in place of what may still be under way.
  async function start() {
    if (settings.length === 0) return;
    under?.abort();
    const mine = new AbortController();
    under = mine;
    const before = ended;
    ended = (async () => {
      await before;
      if (under === mine) await work(settings, mine.signal);
    })();
    try {
      await ended;
    } finally {
      if (under === mine) {
        under = null;
        tell();
      }
    }
  }

  function write() {
    title.textContent = t("trained.title");
    train.textContent = t("trained.train");
    cancel.textContent = t("trained.cancel");
    buttons.rebuild(playing.get());
    buttons.length(player.length);
    render();
    tell();
  }

  write();
  return {
    start,
    // The view is shown, or left: nothing is played that nobody sees.
    enter() {
      if (unseen) watch();
    },
    leave() {
      unseen ||= player.playing;
      player.pause();
    },
    configure(next) {
      const asked = () => settings.map(bodyOf).join();
      const askedBefore = asked();
      const names = () =>
        labelled()
          .map(({ label }) => label)
          .join();
      const before = [theme, names()].join();
      ({ settings, theme } = next);
      if (!under && asked() !== askedBefore) message = null;
      if ([theme, names()].join() !== before) render();
      tell();
    },
    restyle(next) {
      theme = next;
      render();
    },
    rebuild: write,
  };
}
