// A hall that is open, as the lecturer steers it: asked, counted, closed, shown, asked again.

import { localize, t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { createSession } from "./session.js";
import { tally } from "./tally.js";
import { isVisible } from "./taps.js";
import { way, words } from "./way.js";

/**
 * @typedef {import("./session.js").Hall} Hall
 * @typedef {import("./hall.js").Props} Props
 */

/** Whether the page still asks. @param {string} phase */
const asks = (phase) => phase === "question" || phase === "transfer";

/**
 * @param {HTMLElement} section
 * @param {import("./session.js").Store} store
 */
export function createHallView(section, store) {
  const session = createSession(store);
  /** A question of one's own, once its fold has been opened. @type {(() => unknown) | null} */
  let own = null;
  /** @type {Props | null} */
  let last = null;

  const redraw = () => last?.hall && show(last);
  const land = () => JSON.parse(last?.land ?? "null");

  async function unfold() {
    if (own !== null) return;
    const { createOwnQuestion } = await import("./own.js");
    own ??= createOwnQuestion({ ask: session.own, land, redraw });
    redraw();
  }

  function ask() {
    const { scene, phase } = store.get();
    if (scene) session.ask(scene, phase === "transfer" || phase === "done");
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
    const askThis =
      scene && button("hall-ask", t("hall.ask_this"), ask, !isOwn || seen.phase === "shown");
    if (seen.phase === "waiting" || !(isThis || isOwn)) return askThis || nothing;
    // What came out on the page answers the page's own question alone.
    const show = () => session.show(isOwn ? null : JSON.parse(result));
    return html`
      ${seen.phase === "open" ? button("hall-close", t("hall.close"), session.close, true) : nothing}
      ${seen.phase === "closed" ? button("hall-show", t("hall.show"), show, isOwn || !asks(phase)) : nothing}
      ${seen.phase !== "open" ? button("hall-again", t("hall.again"), session.again) : nothing}
      ${(isOwn && askThis) || nothing}`;
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
    if (hall === null) return;
    const { seen, counts } = hall;
    render(
      html`<h3>${t("hall.title")}</h3>
        ${way(hall)} ${words(hall.seen, localize)}
        <p class="hall-state" role="status">${state(hall)}</p>
        ${seen?.question && counts ? answers(hall, seen, counts) : nothing}
        <div class="hall-doing">${doing(props, hall)}
          ${button("hall-leave", t("hall.leave"), session.leave)}</div>
        ${
          hall.trouble === "gone"
            ? nothing
            : html`<details class="hall-own" @toggle=${unfold}>
                <summary>${t("hall.own.title")}</summary>${own ? own() : nothing}</details>`
        }`,
      section,
    );
  }

  let before = { phase: "", scene: "" };
  /** The round and the result that were sent last by themselves. */
  let sent = "";

  return {
    /** Opens one, and asks what the page asks. */
    async open() {
      await session.open();
      ask();
    },
    /** @param {Props} props */
    show(props) {
      const { phase, scene, hall, result } = props;
      const isPlayed = asks(before.phase) && !asks(phase) && before.scene === scene;
      const isOfScene = scene !== null && hall?.seen?.question?.scene === scene;
      const asked = isOfScene ? hall?.seen?.phase : null;
      before = { phase, scene: scene ?? "" };
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
  };
}
