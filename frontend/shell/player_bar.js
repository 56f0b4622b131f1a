// The buttons of a player, and its keys. Time itself is the clock's.

import { integer, quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { html, noChange, nothing, render } from "../vendor/lit-html/lit-html.js";
import { iconButton } from "./icons.js";
import { SPEEDS } from "./speeds.js";

/** Steps that a key goes with Shift. */
const MANY = 10;

/**
 * @typedef {object} Clock
 * @property {() => void} toggle
 * @property {(to: number) => void} seek Goes to a step and stands still.
 */

/**
 * @typedef {object} Playing
 * @property {number} step
 * @property {number} length The last step there is.
 * @property {boolean} playing
 * @property {number} [speed]
 * @property {boolean} [loop]
 * @property {boolean} isIdle Whether there is nothing to play.
 * @property {{ color: string, list: import("../charts/events.js").Told[] } | null} [events] Marked on
 *   the slider.
 */

/**
 * @template M
 * @template {Playing} P
 * @param {HTMLElement} section
 * @param {object} options
 * @param {Clock} options.clock
 * @param {(model: M) => P} options.select
 * @param {{ update(change: { speed?: number, loop?: boolean }): void }} [options.store] What speed and
 *   loop are put into; left out where nobody chooses them.
 * @param {string} [options.prefix] Of the ids of its parts, where a page has several.
 * @param {boolean} [options.last] Whether it has a button to the last step.
 * @param {(playing: P) => unknown} [options.where] What says where it stands, in place of the step's
 *   number.
 * @returns {import("../core/panels.js").Panel<M, P>}
 */
export function createPlayerBar(
  section,
  { clock, select, store, prefix = "", last = false, where },
) {
  /** @type {P} */
  let shown;
  const id = (/** @type {string} */ name) => prefix + name;
  const within = (/** @type {number} */ to) => Math.max(0, Math.min(shown.length, Math.round(to)));
  const go = (/** @type {number} */ to) => clock.seek(within(to));
  const toggle = () => clock.toggle();
  /** @param {Event} event */
  const numberOf = ({ target }) => Number(/** @type {HTMLInputElement} */ (target).value) || 0;
  const scrubbed = (/** @type {Event} */ event) => go(numberOf(event));
  const typed = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const step = within(numberOf(event));
    clock.seek(step);
    field.value = String(step);
  };
  const paced = (/** @type {Event} */ event) => store?.update({ speed: numberOf(event) });
  const looped = () => store?.update({ loop: !shown.loop });
  // What is being typed is not typed over.
  const isTyped = () => document.activeElement?.id === id("step") && !shown.playing;

  /** @param {"first" | "back" | "forward" | "last"} name @param {() => void} onclick @param {string} [kind] */
  const mover = (name, onclick, kind) =>
    iconButton({ name, label: t(`player.${name}`), id: id(name), onclick, kind });
  const first = () => go(0);
  const back = () => go(shown.step - 1);
  const forward = () => go(shown.step + 1);
  const toLast = () => go(shown.length);

  /** @param {P} playing */
  const number = ({ step, length }) => html`
    <span class="step-of">
      <label class="step-label" for=${id("step")}>${t("player.step")}</label>
      <input
        type="number" id=${id("step")} class="number" style=${`--digits: ${String(length).length}`}
        min="0" step="1" max=${length} .value=${isTyped() ? noChange : live(String(step))}
        aria-label=${t("player.step")} @change=${typed}
      >
      <output id=${id("total")} class="total">/ ${integer(length)}</output>
    </span>`;

  /** @param {P} playing */
  const pace = ({ speed, loop }) => html`
    <select id=${id("speed")} aria-label=${t("player.speed")} title=${t("player.speed")} @change=${paced}>
      ${SPEEDS.map((one) => html`<option value=${one} .selected=${one === speed}>${quantity(one)}×</option>`)}
    </select>
    ${iconButton({
      name: "loop",
      label: t("player.loop"),
      id: id("loop"),
      kind: "toggle",
      onclick: looped,
      pressed: loop,
    })}`;

  // A tick over the slider where something happened; those without a mouse have the list.
  /** @param {P} playing */
  const ticks = ({ events, length }) =>
    (events?.list ?? []).map(
      ({ n, step, kind, text, color = events?.color }) => html`<i
        class="event-tick" data-event=${n} style=${`--at: ${step / length}; --color: ${color}`}
        title=${`${n}. ${t(`event.${kind}`)}: ${localize(text)}`} @click=${() => go(step)}
      ></i>`,
    );

  /** @param {P} now */
  const template = (now) => html`
    ${mover("first", first, "wide-only")} ${mover("back", back)}
    ${iconButton({
      name: now.playing ? "pause" : "play",
      label: t(now.playing ? "player.pause" : "player.play"),
      id: id("play"),
      kind: "play",
      onclick: toggle,
      disabled: now.isIdle,
    })}
    ${mover("forward", forward)} ${last ? mover("last", toLast) : nothing}
    <span class="timeline">
      <input
        type="range" id=${id("scrub")} class="slider" data-player
        min="0" step="1" max=${now.length} .value=${live(String(now.step))}
        aria-label=${t("player.scrub")} @input=${scrubbed}
      >${ticks(now)}
    </span>
    ${(where ?? number)(now)} ${store ? pace(now) : nothing}`;

  section.replaceChildren();
  return {
    select,
    show(playing) {
      shown = playing;
      section.dataset.playing = String(playing.playing);
      render(template(playing), section);
    },
  };
}

/**
 * The keys of a player, for `createKeys`.
 *
 * @param {Clock} clock
 * @param {object} options
 * @param {() => number} options.step
 * @param {() => number} options.length
 * @param {HTMLElement} [options.within] The dialog that it is in.
 * @param {(event: KeyboardEvent) => boolean} [options.when] Whether the keys are this player's now.
 * @param {() => boolean} [options.listed] Whether «?» lists them now.
 * @param {() => boolean} [options.isScene] Whether arrows lead to other scenes now.
 * @param {string} [options.group] Text of the group that they are listed in.
 * @returns {import("./keys.js").Key[]}
 */
export function playerKeys(clock, options) {
  const { step, length, within, when, listed, isScene = () => false } = options;
  const { group = "keys.player" } = options;
  const go = (/** @type {number} */ to) => clock.seek(Math.max(0, Math.min(length(), to)));
  const shared = { group, within, when, listed };
  const byArrows = { ...shared, listed: () => !isScene() && (listed?.() ?? true) };
  const byMarks = { ...shared, listed: () => isScene() && (listed?.() ?? true) };
  return [
    { ...shared, keys: [" "], says: "keys.play", run: () => clock.toggle() },
    { ...byArrows, keys: ["ArrowLeft"], says: "keys.back", run: () => go(step() - 1) },
    { ...byArrows, keys: ["ArrowRight"], says: "keys.forward", run: () => go(step() + 1) },
    { ...byMarks, keys: [","], says: "keys.back", run: () => go(step() - 1) },
    { ...byMarks, keys: ["."], says: "keys.forward", run: () => go(step() + 1) },
    { ...shared, keys: ["Shift+ArrowLeft"], says: "keys.many_back", run: () => go(step() - MANY) },
    {
      ...shared,
      keys: ["Shift+ArrowRight"],
      says: "keys.many_forward",
      run: () => go(step() + MANY),
    },
    { ...shared, keys: ["Home"], says: "keys.first", run: () => go(0) },
    { ...shared, keys: ["End"], says: "keys.last", run: () => go(length()) },
  ];
}
