// The computation graph at the selected run's point: forward pass, then backward, step by step.

import { ApiError, isPassing, latest } from "../api/api.js";
import { passed } from "../api/patience.js";
import { h, icon, iconButton } from "../core/dom.js";
import { isMoreThanItsLoss, requestGraph } from "../descent/simulation.js";
import { FORMULA, LECTURE, selectedOf, surfaceOf } from "../descent/state.js";
import { coordinate, integer } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { isCalm } from "../shell/appearance.js";
import { explain } from "../shell/notices.js";
import { createPlayer } from "../shell/player.js";
import { nameOf, stepsOf } from "./steps.js";
import { graphTable } from "./table.js";
import { createView } from "./view.js";

// The whole is played in half a minute at most, a step in two thirds of a second at most.
const SLOWEST = 1.5;
const SECONDS = 30;
const FRAMES = 60;
// Of the notice while the server is too busy to answer.
const ASKING = "asking-graph";

// `pointOf` tells where the selected run stands: {at, run, step}; null before there are paths, no
// run where none can start, no `at` where it is out of reach.
export function createGraph({ catalog, store, dialog, notices, pointOf, openLecture }) {
  let answer = null;
  let steps = [];
  let asked = null;
  let parts = null;
  const player = createPlayer({ onStep: draw, onPlaying: showPlaying });
  const view = createView();

  const close = () => store.update({ graph: false });
  dialog.addEventListener("close", () => {
    forget();
    asked = null;
    close();
  });

  // Nothing of an earlier graph is played while another is awaited, or after the dialog is closed.
  function forget() {
    player.pause();
    player.configure({ length: 0 });
    answer = null;
    steps = [];
    delete dialog.dataset.step;
  }

  function draw(k) {
    if (!answer) return;
    const step = steps[k];
    view.draw(k);
    parts.sentence.textContent = step.sentence();
    parts.scrub.value = k;
    const backward = step.pass === "backward";
    const first = steps.findIndex(({ pass }) => pass === "backward");
    parts.pass.textContent =
      step.pass === "none"
        ? t("graph.pass.none")
        : backward
          ? t("graph.pass.backward", {
              k: integer(k - first + 1),
              of: integer(steps.length - first),
            })
          : t("graph.pass.forward", { k: integer(k), of: integer(first - 1) });
    parts.pass.dataset.pass = step.pass;
    dialog.dataset.step = k;
  }

  function showPlaying(playing) {
    if (!parts) return;
    const label = t(playing ? "player.pause" : "player.play");
    parts.play.replaceChildren(icon(playing ? "pause" : "play"));
    parts.play.setAttribute("aria-label", label);
    parts.play.title = label;
    // Who listens hears the sentence of a step taken, not of every step that is played.
    parts.sentence.setAttribute("aria-live", playing ? "off" : "polite");
  }

  const seek = (k) => {
    player.pause();
    player.seek(k);
  };

  function playerBar() {
    const play = h("button", {
      type: "button",
      class: "icon-button play",
      id: "graph-play",
      onclick: () => player.toggle(),
    });
    const scrub = h("input", {
      type: "range",
      class: "slider",
      id: "graph-scrub",
      min: 0,
      step: 1,
      value: 0,
      "aria-label": t("player.step"),
      oninput: (event) => seek(Number(event.target.value)),
    });
    const pass = h("output", { class: "graph-pass", "aria-live": "off" });
    const element = h(
      "div",
      { class: "graph-player" },
      iconButton("first", t("player.first"), () => seek(0), { id: "graph-first" }),
      iconButton("back", t("player.back"), () => seek(player.step - 1), { id: "graph-back" }),
      play,
      iconButton("forward", t("player.forward"), () => seek(player.step + 1), {
        id: "graph-forward",
      }),
      iconButton("last", t("graph.last"), () => seek(player.length), { id: "graph-last" }),
      scrub,
      pass,
    );
    return { element, play, scrub, pass };
  }

  function build() {
    const state = store.get();
    const bar = playerBar();
    const isLecture = state.surface === FORMULA && state.formula === LECTURE;
    parts = {
      ...bar,
      where: h("p", { class: "graph-where" }),
      alone: h("p", { class: "hint", id: "graph-alone", hidden: true }, t("graph.alone")),
      message: h("p", { class: "graph-message", role: "alert" }),
      arrays: h("p", { class: "hint", hidden: true }, t("graph.arrays")),
      sentence: h("p", { class: "graph-sentence" }),
      table: h("div", { class: "table graph-values" }),
    };
    dialog.setAttribute("aria-label", t("graph.title"));
    dialog.replaceChildren(
      h(
        "div",
        { class: "card-head" },
        h("h2", {}, t("graph.title")),
        h(
          "button",
          {
            type: "button",
            class: "text-button",
            id: "graph-lecture",
            "aria-pressed": String(isLecture),
            onclick: openLecture,
          },
          t("graph.lecture"),
        ),
        iconButton("close", t("notice.close"), () => dialog.close(), { id: "graph-close" }),
      ),
      parts.where,
      parts.alone,
      ...(isLecture ? [h("p", { class: "graph-note" }, t("graph.lecture.note"))] : []),
      parts.message,
      view.build(),
      parts.sentence,
      bar.element,
      parts.arrays,
      h("details", { class: "graph-details" }, h("summary", {}, t("graph.table")), parts.table),
      h("p", { class: "hint" }, t("graph.keys")),
    );
    showPlaying(false);
  }

  const load = latest(
    async () => {
      const state = store.get();
      const point = pointOf();
      if (!state.graph || !point) return notices.close(ASKING);
      notices.close("graph");
      if (!point.at) {
        notices.show("graph", t("graph.out_of_reach"), { error: true });
        close();
        return;
      }
      const key = JSON.stringify([
        state.surface,
        state.parameters,
        state.formula,
        state.points,
        state.precision,
        point.at,
        document.documentElement.lang,
      ]);
      if (key === asked && answer) return;
      if (key !== asked) {
        asked = key;
        forget();
        build();
      }
      if (!dialog.open) dialog.showModal();
      dialog.classList.add("waiting-paths");
      let next;
      try {
        next = await requestGraph(state, point.at);
      } finally {
        dialog.classList.remove("waiting-paths");
      }
      notices.close(ASKING);
      if (!dialog.open || key !== asked) return;
      answer = next;
      steps = stepsOf(answer);
      const [x, y] = point.at;
      parts.where.textContent = t("graph.where", {
        surface: localize(surfaceOf(catalog, state).title),
        first: answer.nodes[0].id,
        second: answer.nodes[1].id,
        x: coordinate(x),
        y: coordinate(y),
        name: point.run?.name ?? t("starts.one", { n: 1 + state.selectedStart }),
        step: integer(point.step),
        nodes: integer(answer.nodes.length),
      });
      parts.alone.hidden = !point.run || !isMoreThanItsLoss(catalog, state, selectedOf(state));
      parts.message.textContent = answer.not_finite
        ? t(`graph.stops_${answer.not_finite.of}`, { name: nameOf(answer.not_finite.node) })
        : "";
      parts.arrays.hidden = !answer.nodes.some(({ value }) => value?.shape);
      parts.table.replaceChildren(graphTable(answer));
      parts.scrub.max = steps.length - 1;
      view.show(answer, steps);
      const last = steps.length - 1;
      player.configure({ length: last, speed: Math.max(SLOWEST, last / SECONDS) / FRAMES });
      player.seek(isCalm() ? last : 0);
      parts.play.focus({ preventScroll: true });
      if (!isCalm()) player.play();
    },
    async (error, again) => {
      if (!(error instanceof ApiError)) {
        tell(t("error.page", { message: String(error.message ?? error) }));
        throw error;
      }
      if (isPassing(error)) {
        if (notices.isLong(ASKING)) tell(explain(error), { calm: true });
        again();
        await passed(error, notices, ASKING);
        return;
      }
      asked = null;
      notices.close(ASKING);
      const large = error.detail[0]?.type === "too_many_nodes";
      tell(
        large
          ? t("graph.too_large", { limit: integer(catalog.limits.graph_nodes) })
          : explain(error, catalog.limits),
      );
    },
  );

  // Over the page behind nothing could be read.
  function tell(message, { calm = false } = {}) {
    if (!dialog.open) return;
    parts.message.textContent = message;
    parts.message.classList.toggle("calm", calm);
  }

  const moves = {
    ArrowRight: () => seek(player.step + 1),
    ArrowLeft: () => seek(player.step - 1),
    Home: () => seek(0),
    End: () => seek(player.length),
    " ": () => player.toggle(),
  };
  dialog.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!(key in moves) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === " " && target.closest("button, summary")) return;
    event.preventDefault();
    moves[key]();
  });

  return {
    tell,
    // Opens, closes or redraws, as the state says.
    show() {
      if (store.get().graph) load();
      else if (dialog.open) dialog.close();
    },
  };
}
