// The way round a page for who is there for the first time: a few steps, each beside what it tells
// of. It can be left at any step, never comes back by itself, and covers nothing that it tells of.

import { remember, remembered } from "../core/remembering.js";
import { t } from "../i18n/i18n.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { besides } from "./beside.js";

const SEEN = "toured";
/**
 * @param {{ at: string, says: string }[]} steps A selector of what is told of, and its text; at most
 *   five. A step whose thing is not to be seen is left out.
 */
export function createTour(steps) {
  const card = document.createElement("section");
  card.id = "tour";
  card.className = "tour card";
  card.hidden = true;
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  document.body.append(card);
  /** @type {{ at: HTMLElement, says: string }[]} */
  let seen = [];
  let step = 0;
  /** @type {Element | null} */
  let before = null;

  function place() {
    if (card.hidden) return;
    const { width, height } = card.getBoundingClientRect();
    const room = { width: innerWidth, height: innerHeight };
    const { left, top } = besides(seen[step].at.getBoundingClientRect(), { width, height }, room);
    card.style.translate = `${left}px ${top}px`;
  }

  function show() {
    for (const { at } of seen) at.classList.toggle("toured", at === seen[step].at);
    seen[step].at.scrollIntoView({ block: "nearest" });
    card.setAttribute("aria-label", t("tour.title"));
    const isLast = step === seen.length - 1;
    render(
      html`
        <p>${t(seen[step].says)}</p>
        <p class="tour-foot">
          <span>${t("tour.of", { step: step + 1, count: seen.length })}</span>
          <button type="button" class="text-button" id="tour-skip" ?hidden=${isLast} @click=${end}>${t("tour.skip")}</button>
          <button type="button" class="text-button primary" id="tour-next" @click=${isLast ? end : next}>${t(isLast ? "tour.end" : "tour.next")}</button>
        </p>`,
      card,
    );
    place();
  }

  function next() {
    step += 1;
    show();
  }

  function end() {
    card.hidden = true;
    for (const { at } of seen) at.classList.remove("toured");
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  function begin() {
    remember(SEEN, "1");
    seen = steps.flatMap(({ at, says }) => {
      const found = document.querySelector(at);
      return found instanceof HTMLElement && found.checkVisibility() ? [{ at: found, says }] : [];
    });
    if (seen.length === 0) return;
    step = 0;
    before = document.activeElement;
    card.hidden = false;
    show();
    document.getElementById("tour-next")?.focus({ preventScroll: true });
  }

  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    end();
  });
  addEventListener("resize", place);

  return {
    /** Begins, as somebody wishes. */
    begin,
    /** Begins if it has never been there; answers whether. */
    offer() {
      const isNew = remembered(SEEN) === null;
      if (isNew) begin();
      return isNew;
    },
  };
}
