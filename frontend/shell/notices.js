// Messages over the page: what happened and what to do, one for each cause. Errors stay until closed
// or mended; what comes by itself is waited for without a word at first, and then with one for all
// that waits.

import { ApiError, isPassing } from "../api/api.js";
import { explain } from "../api/explaining.js";
import { isSame } from "../core/selectors.js";
import { t } from "../i18n/i18n.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { iconButton } from "./icons.js";

export { explain };

/** Milliseconds of waiting that nobody is told of. */
const QUIET = 3000;
/** Kinds of notices that are the shell's own. */
const WAITING = "waiting";
const FLASH = "flash";

/** @typedef {{ kind: string, message: string, error: boolean, again?: (() => void) | null }} Notice */
/** @typedef {ReturnType<typeof createNotices>} Notices */
/** @typedef {{ language: string | null, errors: Record<string, unknown> }} Failures By resource. */

/** @param {(() => void) | null | undefined} one @param {() => void} other */
const both = (one, other) => () => {
  one?.();
  other();
};

/** @param {HTMLElement} section */
export function createNotices(section) {
  /** What is said of each kind. @type {Map<string, Omit<Notice, "kind">>} */
  const said = new Map();
  /** Messages that were closed by hand: they come again once they were not so meanwhile. */
  const dismissed = new Set();
  /** When each kind that waits began to. @type {Map<string, number>} */
  const waiting = new Map();
  let why = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  // The page's own text says that this code has not come.
  section.replaceChildren();

  // Equal messages have one cause: they are said once, and go with the last kind that has them.
  function shown() {
    /** @type {Map<string, Notice>} */
    const byMessage = new Map();
    for (const [kind, one] of said) {
      const { message, again } = one;
      const known = byMessage.get(message);
      if (!known) byMessage.set(message, { kind, ...one });
      else if (again) byMessage.set(message, { ...known, again: both(known.again, again) });
    }
    for (const message of dismissed) if (!byMessage.has(message)) dismissed.delete(message);
    return [...byMessage.values()].filter(({ message }) => !dismissed.has(message));
  }

  /** @param {string} message */
  function dismiss(message) {
    dismissed.add(message);
    draw();
  }

  /** @param {Notice} notice */
  const template = ({ kind, message, error, again }) =>
    kind === FLASH
      ? html`<div class="notice flash" data-kind=${kind} @animationend=${() => close(FLASH)}>
          <span>${message}</span>
        </div>`
      : html`<div class=${error ? "notice error" : "notice"} data-kind=${kind}>
          <span>${message}</span>
          ${again ? html`<button type="button" class="text-button" @click=${again}>${t("notice.again")}</button>` : nothing}
          ${iconButton({
            name: "close",
            label: t("notice.close"),
            onclick: () => dismiss(message),
            kind: "small",
          })}
        </div>`;

  function draw() {
    render(
      repeat(shown(), ({ message, kind }) => `${kind === FLASH} ${message}`, template),
      section,
    );
  }

  /** @param {string} kind */
  function close(kind) {
    const wasWaiting = waiting.delete(kind);
    if (wasWaiting && waiting.size === 0) {
      clearTimeout(timer);
      timer = undefined;
      said.delete(WAITING);
    }
    if (said.delete(kind) || wasWaiting) draw();
  }

  /** @param {string} kind @param {string} message @param {boolean} [error]
   * @param {(() => void) | null} [again] */
  function say(kind, message, error = false, again = null) {
    said.set(kind, { message, error, again });
    draw();
  }

  // Milliseconds for which a kind has been waiting; 0 where it is not.
  /** @param {string} kind */
  const waited = (kind) => performance.now() - (waiting.get(kind) ?? performance.now());

  return {
    close,
    /** @param {string} kind @param {string} message
     * @param {{ error?: boolean, again?: (() => void) | null }} [options] `again` tries once more. */
    show(kind, message, { error = false, again = null } = {}) {
      close(kind);
      say(kind, message, error, again);
    },
    /**
     * Says that a kind waits for what will come by itself, and answers for how many seconds it has.
     *
     * @param {string} kind
     * @param {string} message
     */
    wait(kind, message) {
      said.delete(kind);
      why = message;
      if (!waiting.has(kind)) waiting.set(kind, performance.now());
      if (said.has(WAITING)) say(WAITING, why);
      else draw();
      timer ??= setTimeout(() => say(WAITING, why), QUIET);
      return waited(kind) / 1000;
    },
    /** A confirmation that leaves by itself, when its animation ends. @param {string} message */
    flash(message) {
      close(FLASH);
      say(FLASH, message);
    },
  };
}

/**
 * The notices of what resources could not answer: each goes when its resource answers, or is not
 * wanted any more.
 *
 * @param {Notices} notices
 * @param {object} options
 * @param {{ points?: number }} [options.limits] The catalogue's.
 * @param {(name: string, error: unknown) => boolean} [options.isTold] Whether a control says it.
 * @param {(name: string) => void} [options.again] Asks once more for what the server failed at.
 * @returns {import("../core/panels.js").Panel<{ state: { language: string | null },
 *   answers: import("../core/resources.js").Answers }, Failures>}
 */
export function createAnswerNotices(notices, { limits, isTold = () => false, again }) {
  /** @type {Failures} */
  let before = { language: null, errors: {} };
  /** @type {Record<string, unknown>} */
  let found = {};

  return {
    select({ state, answers }) {
      const failed = Object.entries(answers).filter(([, { error }]) => error !== null);
      const errors = Object.fromEntries(failed.map(([name, { error }]) => [name, error]));
      if (!isSame(errors, found)) found = errors;
      return { language: state.language, errors: found };
    },
    show({ language, errors }) {
      for (const name of Object.keys(before.errors)) if (!(name in errors)) notices.close(name);
      for (const [name, error] of Object.entries(errors)) {
        if (error === before.errors[name] && language === before.language) continue;
        if (isPassing(error)) {
          notices.wait(name, explain(error, limits));
          continue;
        }
        notices.close(name);
        if (isTold(name, error)) continue;
        const mayPass = again && error instanceof ApiError && error.status >= 500;
        notices.show(name, explain(error, limits), {
          error: true,
          again: mayPass ? () => again(name) : null,
        });
      }
      before = { language, errors };
    },
  };
}
