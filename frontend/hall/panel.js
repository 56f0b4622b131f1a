// The hall in the column of a scene: opened, asked, counted, closed, shown, asked again.

import { audienceOf } from "../core/audience.js";
import { t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { addressOf } from "./address.js";
import { createOwnQuestion } from "./own.js";
import { createSession } from "./session.js";
import { tally } from "./tally.js";
import { isVisible } from "./taps.js";

/**
 * @typedef {import("./session.js").Hall} Hall
 * @typedef {{ scene: string, phase: string, hall: Hall | null, language: string | null,
 *   result: string }} Props `result` as JSON, so that equal ones are the same.
 */

/** Whether the page still asks. @param {string} phase */
const asks = (phase) => phase === "question" || phase === "transfer";

/**
 * @param {HTMLElement} section
 * @param {object} page
 * @param {import("./session.js").Store} page.store
 * @param {(model: any) => import("../api/answers.js").HallAnswer | null} [page.resultOf] What came
 *   out on the page, where no declaration knows it: where a path ended.
 * @returns {import("../core/panels.js").Panel<any, Props>}
 */
export function createHallPanel(section, { store, resultOf = () => null }) {
  const session = createSession(store);
  /** @type {typeof import("./qr.js").qr | null} */
  let draw = null;
  let isFailed = false;
  let isOpening = false;
  /** @type {Props | null} */
  let last = null;

  const redraw = () => last && show(last);
  const own = createOwnQuestion(session.own, redraw);

  async function open() {
    if (isOpening) return;
    isOpening = true;
    isFailed = false;
    redraw();
    try {
      await session.open();
      ask();
      section.scrollIntoView({ block: "start" });
    } catch {
      isFailed = true;
    }
    isOpening = false;
    redraw();
  }

  function ask() {
    const { scene, phase } = store.get();
    if (scene) session.ask(scene, phase === "transfer" || phase === "done");
  }

  // The code's library is wanted in halls alone.
  async function loadCode() {
    ({ qr: draw } = await import("./qr.js"));
    redraw();
  }

  /** @param {Hall} hall */
  function way(hall) {
    const address = addressOf(hall);
    if (address === null) return html`<p class="hall-unreachable">${t("hall.unreachable")}</p>`;
    if (draw === null) loadCode();
    return html`<div class="hall-way">
      <a class="hall-address" href=${address} target="_blank" rel="noopener">${address.replace(/^https?:\/\//, "")}</a>
      ${draw ? draw(address, t("hall.code", { address })) : nothing}
    </div>`;
  }

  /** @param {string} id @param {string} label @param {() => void} onclick @param {boolean} [isFirst] */
  const button = (id, label, onclick, isFirst = false) =>
    html`<button type="button" id=${id} class=${isFirst ? "text-button primary" : "text-button"} @click=${onclick}>${label}</button>`;

  /** @param {Props} props @param {Hall} hall */
  function doing({ scene, phase, result }, hall) {
    const { seen } = hall;
    if (!seen || hall.trouble === "gone") return nothing;
    const isOwn = seen.question?.scene === null;
    const isThis = seen.question?.scene === scene;
    const askThis = button("hall-ask", t("hall.ask_this"), ask, !isOwn || seen.phase === "shown");
    if (seen.phase === "waiting" || !(isThis || isOwn)) return askThis;
    // What came out on the page answers the page's own question alone.
    const show = () => session.show(isOwn ? null : JSON.parse(result));
    return html`
      ${seen.phase === "open" ? button("hall-close", t("hall.close"), session.close, true) : nothing}
      ${seen.phase === "closed" ? button("hall-show", t("hall.show"), show, isOwn || !asks(phase)) : nothing}
      ${seen.phase !== "open" ? button("hall-again", t("hall.again"), session.again) : nothing}
      ${isOwn ? askThis : nothing}`;
  }

  /**
   * @param {Hall} hall
   * @param {NonNullable<Hall["seen"]>} seen
   * @param {NonNullable<Hall["counts"]>} counts
   */
  const answers = (hall, seen, counts) => {
    const isSeen = isVisible(hall);
    const turn = () => session.look(!isSeen);
    return html`<label class="toggle"><input type="checkbox" id="hall-visible" .checked=${isSeen}
        @change=${turn}> ${t("hall.visible")}</label>
      ${isSeen ? tally(seen, counts) : nothing}`;
  };

  /** @param {Hall} hall */
  const state = ({ seen, counts, trouble }) => {
    if (trouble) return t(`hall.${trouble}`);
    const count = counts?.count ?? 0;
    if (!seen?.question) return t("hall.nothing_asked");
    return t(seen.phase === "open" ? "hall.answered" : "hall.answered_closed", { count });
  };

  /** @param {Props} props */
  function show(props) {
    const { hall } = props;
    last = props;
    section.hidden = false;
    if (hall === null) {
      render(
        html`${button("hall-open", isOpening ? t("hall.opening") : t("hall.ask"), open)}
          ${isFailed ? html`<p role="alert">${t("hall.failed")}</p>` : nothing}`,
        section,
      );
      return;
    }
    const { seen, counts } = hall;
    render(
      html`<h3>${t("hall.title")}</h3>
        ${way(hall)}
        <p class="hall-state" role="status">${state(hall)}</p>
        ${seen?.question && counts ? answers(hall, seen, counts) : nothing}
        <div class="hall-doing">${doing(props, hall)}
          ${button("hall-leave", t("hall.leave"), session.leave)}</div>
        ${hall.trouble === "gone" ? nothing : own()}`,
      section,
    );
  }

  let before = { phase: "", scene: "" };
  /** The round and the result that were sent last by themselves. */
  let sent = "";

  return {
    select(model) {
      const { state } = model;
      // The hall is steered from the speaker's window alone.
      if (!state.scene || audienceOf() !== null) return null;
      return {
        scene: state.scene,
        phase: state.phase ?? "question",
        hall: state.hall ?? null,
        language: state.language ?? null,
        result: JSON.stringify(resultOf(model)),
      };
    },
    show(props) {
      const { phase, scene, hall, result } = props;
      const isPlayed = asks(before.phase) && !asks(phase) && before.scene === scene;
      const asked = hall?.seen?.question?.scene === scene ? hall?.seen?.phase : null;
      before = { phase, scene };
      // Who has seen what comes out guesses no more.
      if (isPlayed && asked === "open") session.close();
      // Nobody waits for what the screen shows already.
      const due = `${hall?.seen?.round} ${result}`;
      if (!asks(phase) && asked === "closed" && result !== "null" && due !== sent) {
        sent = due;
        session.show(JSON.parse(result));
      }
      show(props);
    },
    hide() {
      section.hidden = true;
    },
  };
}
