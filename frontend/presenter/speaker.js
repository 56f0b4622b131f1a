// What only the speaker sees while the audience has a window of its own: notes, clock, time.

import { localize, t } from "../i18n/i18n.js";
import { iconButton } from "../shell/icons.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { elapsed } from "./elapsed.js";

const SECOND = 1000;

/**
 * @typedef {object} Props
 * @property {number} since When the audience came.
 * @property {string | null} language
 * @property {import("../forms/schema.js").Text | null} notes Of the scene, if one is shown.
 * @property {string | null} next The title of the scene after this one.
 */

/**
 * @param {object} options
 * @param {import("../core/store.js").Store<any>} options.store
 * @param {(model: any) => { notes: Props["notes"], next: string | null }} options.words
 */
export function createSpeaker({ store, words }) {
  const section = document.createElement("aside");
  section.id = "speaker";
  section.className = "speaker card";
  section.hidden = true;
  document.getElementById("main")?.after(section);
  /** @type {Props | null} */
  let shown = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function draw() {
    if (shown === null) return;
    section.setAttribute("aria-label", t("presenter.speaker"));
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
    render(
      html`
        <p class="speaker-clock">
          <span class="speaker-time">${time.format(new Date())}</span>
          <span class="speaker-elapsed" title=${t("presenter.elapsed")}>${elapsed(shown.since, Date.now())}</span>
        </p>
        ${shown.notes ? html`<p class="speaker-notes">${localize(shown.notes)}</p>` : nothing}
        ${shown.next ? html`<p class="speaker-next">${t("presenter.next", { title: shown.next })}</p>` : nothing}
        ${iconButton({
          name: "close",
          label: t("presenter.hide"),
          onclick: () => store.update({ strip: false }),
        })}`,
      section,
    );
  }

  return {
    select: (/** @type {any} */ model) =>
      !model.state.audience || !model.state.strip
        ? null
        : { since: model.state.audience, language: model.state.language, ...words(model) },
    /** @param {Props} props */
    show(props) {
      shown = props;
      section.hidden = false;
      timer ??= setInterval(draw, SECOND);
      draw();
    },
    hide() {
      shown = null;
      section.hidden = true;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
