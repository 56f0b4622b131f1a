// The parts of a scene as templates: where one is and what is asked, then what can be done.

import { at } from "../api/root.js";
import { localize, t } from "../i18n/i18n.js";
import { icon } from "../shell/icons.js";
import { inLooks } from "../shell/navigation.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./types.js").Listed} Listed
 * @typedef {import("./types.js").Scenario} Scenario
 * @typedef {import("./phases.js").Phase} Phase
 *
 * @typedef {object} Head
 * @property {Listed} listed
 * @property {import("../forms/schema.js").Text} question
 * @property {import("./around.js").Around} around
 * @property {(to: import("./around.js").Neighbour) => boolean} isAhead Whether its page is to be made ready.
 * @property {any} state
 * @property {(way: 1 | -1) => void} go
 * @property {() => void} laboratory
 */

/** @param {Head} props @param {"previous" | "next"} name */
function neighbour({ around, isAhead, state, go }, name) {
  const to = around[name];
  const shown = icon(name === "previous" ? "previous" : "next");
  if (to === null) {
    return html`<span class="icon-button" aria-hidden="true" aria-disabled="true">${shown}</span>`;
  }
  const label = t(`scene.${name}`, { title: localize(to.title) });
  return html`<a class="icon-button" id=${`scene-${name}`} rel=${name === "previous" ? "prev" : "next"}
    href=${at(inLooks(to.address, state))} title=${label} aria-label=${label} data-page=${to.page}
    ?data-ahead=${isAhead(to)}
    @click=${(/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(name === "next" ? 1 : -1);
    }}>${shown}</a>`;
}

/** @param {Head} props */
export function head(props) {
  const { listed, question, around, laboratory } = props;
  return html`
    <div class="scene-bar">
      <nav class="scene-neighbours" aria-label=${t("scene.neighbours")}>
        ${neighbour(props, "previous")}
        <a class="scene-place" href=${at(inLooks("lecture.html", props.state))} title=${t("scene.gallery")}>${around.index + 1}/${around.count}</a>
        ${neighbour(props, "next")}
      </nav>
      <p class="scene-title"><span class="scene-section">${listed.section.number}. ${localize(listed.section.title)}</span>
        <b>${localize(listed.title)}</b></p>
      <button type="button" class="text-button" id="scene-all" title=${t("scene.all_help")}
        @click=${laboratory}>${t("scene.all")}</button>
    </div>
    <h2 id="scene-question" class="scene-question">${localize(question)}</h2>
    ${around.words ? html`<p class="scene-words">${around.words}</p>` : nothing}`;
}

/**
 * @typedef {object} Side
 * @property {Scenario} scene
 * @property {Phase} phase
 * @property {boolean} isHidden
 * @property {boolean} isOver
 * @property {boolean} isOther
 * @property {boolean} canPlay
 * @property {boolean} hasNext
 * @property {unknown} predicting The controls of a prediction.
 * @property {{ word: "right" | "wrong" | "none", lines: string[] } | null} result Null while it plays.
 * @property {unknown[]} controls
 * @property {{ advance(): void, reveal(): void, again(): void, reset(): void }} on
 */

/** What the one button does next. @param {Side} side */
function nextThing({ phase, isHidden, isOver, hasNext }) {
  if (isHidden) return "play";
  if (!isOver) return "to_end";
  if (phase === "shown") return "why";
  if (phase === "why") return "transfer";
  return hasNext ? "next" : "again";
}

/** @param {Side} props */
function buttons(props) {
  const { isHidden, canPlay, on } = props;
  const does = nextThing(props);
  const isLocked = isHidden && !canPlay;
  return html`<div class="scene-buttons">
    <button type="button" id="scene-play" class="text-button primary" data-does=${does}
      aria-disabled=${isLocked ? "true" : nothing} title=${isLocked ? t("scene.first_answer") : nothing}
      @click=${does === "again" ? on.again : on.advance}>${t(`scene.does.${does}`)}</button>
    ${
      isHidden
        ? html`<button type="button" id="scene-go" class="text-button" title=${t("scene.go_help")}
            @click=${on.reveal}>${t("scene.go")}</button>`
        : html`<button type="button" id="scene-again" class="text-button" ?hidden=${does === "again"}
            @click=${on.again}>${t("scene.does.again")}</button>`
    }
  </div>`;
}

/** @param {Side} props */
function outcome({ scene, phase, isHidden, result }) {
  if (isHidden) return nothing;
  return html`
    <div id="scene-verdict" class="scene-verdict" data-verdict=${result?.word ?? ""} ?hidden=${!result}>
      ${
        result
          ? html`${result.word === "none" ? nothing : html`<strong>${t(`scene.verdict.${result.word}`)}</strong>`}
              ${result.lines.map((line) => html`<p>${line}</p>`)}`
          : nothing
      }
    </div>
    <p id="scene-watch" class="scene-watch" ?hidden=${phase === "why"}>${localize(scene.watch)}</p>
    <div id="scene-why" class="scene-why" ?hidden=${phase !== "why"}>
      <h3>${t("scene.does.why")}</h3><p>${localize(scene.why)}</p>
    </div>`;
}

/** @param {Side} props */
function knobs({ controls, isHidden, isOver, isOther, on }) {
  return html`<div id="scene-controls" class="scene-controls card" role="group" aria-label=${t("scene.controls")}>
    <p class="scene-invite" ?hidden=${isHidden || !isOver}>${t("scene.invite")}</p>
    ${controls}
    <p class="scene-changed" id="scene-changed" ?hidden=${!isOther}>
      <span>${t("scene.changed")}</span>
      <button type="button" class="text-button" id="scene-reset" @click=${on.reset}>${t("scene.reset")}</button>
    </p>
  </div>`;
}

/** @param {Side} props */
export const side = (props) => html`
  <div id="scene-answers" class="scene-answers">${props.predicting}</div>
  ${buttons(props)}
  ${outcome(props)}
  ${knobs(props)}`;
