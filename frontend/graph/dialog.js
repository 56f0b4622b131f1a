// The computation graph at the selected run's point: forward pass, then backward, step by step.

import { ApiError, ask } from "../api/api.js";
import { asking } from "../api/patience.js";
import { BEGINNING, createClock } from "../core/clock.js";
import { createResources } from "../core/resources.js";
import { createStore } from "../core/store.js";
import { coordinate } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { isCalm } from "../shell/appearance.js";
import { explain } from "../shell/notices.js";
import { createBar, graphKeys } from "./bar.js";
import { named } from "./naming.js";
import { createParts } from "./parts.js";
import { stepsOf } from "./steps.js";
import { graphTable } from "./table.js";
import { createView } from "./view.js";

/** The whole is played in half a minute at most, a step in two thirds of a second at most. */
const SLOWEST = 1.5;
const SECONDS = 30;
const FRAMES = 60;
/** Seconds of waiting that nobody is told of. */
const QUIET = 3;

/**
 * What the graph is of. Null for `question` as long as that is not known.
 *
 * @typedef {object} Props
 * @property {string | null} question The body of the request, as JSON.
 * @property {boolean} isOutOfReach Whether there is no such point.
 * @property {string} surface Its title.
 * @property {string} name Of the run, or of the start where no run can begin.
 * @property {number} step
 * @property {boolean} isMore Whether the run follows more than f itself.
 * @property {boolean} isLecture Whether it is the lecture's example.
 * @property {string | null} language
 */

/**
 * @typedef {object} State
 * @property {string | null} question
 * @property {import("../core/clock.js").Time} clock
 */

/**
 * @param {object} options
 * @param {HTMLDialogElement} options.dialog
 * @param {Record<string, number>} options.limits Of the catalogue.
 * @param {{ add(keys: import("../shell/keys.js").Key[]): void }} options.keys Of the page.
 * @param {{ close(): void, lecture(): void, outOfReach(): void }} options.on What the reader does, and
 *   that there is nothing to be shown.
 */
export function createGraph({ dialog, limits, keys, on }) {
  /** @type {State} */
  const initial = { question: null, clock: BEGINNING };
  const store = createStore(initial);
  /** @type {Props | null} */
  let shown = null;
  /** The language that texts are written in. @type {string | null | undefined} */
  let language;
  /** @type {import("./naming.js").Graph | null} */
  let graph = null;
  /** @type {import("../api/answers.js").Backpropagation | null} */
  let answer = null;
  /** @type {import("./steps.js").Step[]} */
  let steps = [];
  /** @type {unknown} */
  let told = null;

  const step = () => store.get().clock.step;
  const length = () => Math.max(0, steps.length - 1);
  const clock = createClock({
    get: () => store.get().clock,
    put: (time) => store.update({ clock: time }),
    length,
    pace: () => ({ speed: Math.max(SLOWEST, length() / SECONDS) / FRAMES, loop: false }),
  });
  keys.add(graphKeys(dialog, clock, { step, length }));
  const view = createView();
  const bar = createBar(clock);
  const parts = createParts(dialog, {
    view: view.element,
    bar: bar.element,
    onLecture: () => on.lecture(),
  });

  const resources = createResources(
    store,
    [
      {
        name: "graph",
        key: (/** @type {State} */ { question }) => question,
        family: ({ question }) => question,
        ask: ({ question }, { signal }) =>
          ask("backpropagation", JSON.parse(question ?? ""), signal),
      },
    ],
    {
      ...asking,
      pass(error, waited, signal) {
        if (waited > QUIET) tell(explain(error), { isCalm: true });
        return asking.pass(error, waited, signal);
      },
      onChange: render,
    },
  );

  /** @param {string} message Over the page behind nothing could be read. */
  function tell(message, { isCalm: calm = false } = {}) {
    if (!dialog.open) return;
    parts.message.textContent = message;
    parts.message.classList.toggle("calm", calm);
  }

  /** @param {unknown} error */
  function messageOf(error) {
    return error instanceof ApiError && error.detail[0]?.type === "too_many_nodes"
      ? t("graph.too_large", { limit: limits.graph_nodes })
      : explain(error, limits);
  }

  // Shows what is known: nothing of an earlier graph while another is awaited.
  function render() {
    const { status, value, error } = resources.answers.graph;
    dialog.classList.toggle(
      "waiting-paths",
      status === "asking" || status === "waiting" || shown?.question === null,
    );
    if (error !== told && status !== "waiting") {
      told = error;
      tell(error === null ? "" : messageOf(error));
    }
    if (value !== answer) {
      answer = value;
      if (value) begin(named(value));
      else forget();
    }
  }

  function forget() {
    clock.pause();
    graph = null;
    steps = [];
    view.clear();
    for (const part of [parts.where, parts.message, parts.sentence]) part.textContent = "";
    parts.table.replaceChildren();
    parts.arrays.hidden = true;
    store.update({ clock: BEGINNING });
    showBar();
    delete dialog.dataset.step;
  }

  /** @param {import("./naming.js").Graph} next */
  function begin(next) {
    graph = next;
    steps = stepsOf(graph);
    describe();
    view.show(graph, steps);
    if (isCalm()) clock.seek(length());
    else clock.play();
    draw();
    bar.focus();
  }

  // What is said of the whole of it.
  function describe() {
    if (!graph || !shown) return;
    const [x, y] = graph.nodes;
    parts.where.textContent = t("graph.where", {
      surface: shown.surface,
      first: x.name,
      second: y.name,
      x: coordinate(graph.at[0]),
      y: coordinate(graph.at[1]),
      name: shown.name,
      step: shown.step,
      count: graph.nodes.length,
    });
    const { not_finite: end } = graph;
    tell(end ? t(`graph.stops_${end.of}`, { name: graph.nameOf(end.node) }) : "");
    parts.arrays.hidden = !graph.nodes.some(
      ({ value }) => value !== null && typeof value === "object",
    );
    parts.table.replaceChildren(graphTable(graph));
  }

  const showBar = () => bar.show({ steps, clock: store.get().clock });

  function draw() {
    if (!graph) return;
    const k = step();
    view.draw(k);
    parts.sentence.textContent = steps[k].sentence();
    showBar();
    dialog.dataset.step = String(k);
  }

  store.subscribe(({ clock: now }, changed, { clock: before }) => {
    if (!changed.has("clock")) return;
    if (now.playing !== before.playing) {
      showBar();
      // Who listens hears the sentence of a step taken, not of every step that is played.
      parts.sentence.setAttribute("aria-live", now.playing ? "off" : "polite");
    }
    if (now.step !== before.step) draw();
  });

  function translate() {
    parts.label();
    view.label();
    showBar();
    if (!graph) return;
    describe();
    view.show(graph, steps);
    draw();
  }

  dialog.addEventListener("close", () => {
    shown = null;
    store.update({ question: null });
    on.close();
  });

  return {
    /** @param {Props} props */
    show(props) {
      if (props.isOutOfReach) {
        on.outOfReach();
        return;
      }
      shown = props;
      if (props.question !== null && !dialog.open) dialog.showModal();
      if (props.language !== language) {
        language = props.language;
        translate();
      }
      parts.lecture.setAttribute("aria-pressed", String(props.isLecture));
      parts.note.hidden = !props.isLecture;
      parts.alone.hidden = !props.isMore;
      store.update({ question: props.question });
      render();
    },
    hide() {
      if (dialog.open) dialog.close();
    },
  };
}
