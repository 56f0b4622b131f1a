// What stands over the picture for who comes without an address: the lecture, or the laboratory. It
// covers nothing that is used, and is gone for this tab once either is taken, or anything is changed.

import { at } from "../../api/root.js";
import { keep, kept } from "../../core/keeping.js";
import { partsWithoutLooks } from "../../core/looks.js";
import { t } from "../../i18n/i18n.js";
import { inLooks } from "../../shell/navigation.js";
import { html, render } from "../../vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {{ language: "en" | "ru" | null, theme: "light" | "dark" | null, large: boolean }} Props
 */

const KEY = "welcome";
const [OPEN, TAKEN] = ["open", "taken"];
/** Whoever was on another page has chosen already. */
const OTHERS = ["lecture", "signal", "functions"];

/** Whether it is to be offered: asked once, as the page opens. */
export function isWelcome() {
  if (/\/scene\/[^/]*$/.test(location.pathname)) return false;
  const isPlain = partsWithoutLooks(location.hash).length === 0;
  const left = kept("descent");
  // A page that is loaded again before anything was taken offers it again.
  if (kept(KEY) === OPEN) return isPlain || location.hash === left;
  const isNew = [KEY, "descent", ...OTHERS].every((page) => kept(page) === null);
  if (isPlain && isNew) keep(KEY, OPEN);
  return isPlain && isNew;
}

/**
 * @param {object} page
 * @param {HTMLElement} page.section
 * @param {import("./types.js").Store} page.store
 * @param {{ readonly canUndo: boolean }} page.undo
 * @param {{ offer(): void }} page.tour
 * @returns {import("./types.js").Panel<Props>}
 */
export function createWelcome({ section, store, undo, tour }) {
  const taken = () => keep(KEY, TAKEN);

  store.subscribe((state, changed) => {
    if (state.welcome && undo.canUndo) store.update({ welcome: false });
    else if (changed.has("welcome") && !state.welcome) taken();
  });

  function laboratory() {
    store.update({ welcome: false });
    document.getElementById("main")?.focus({ preventScroll: true });
    tour.offer();
  }

  return {
    select: ({ state: { welcome, language, theme, large } }) =>
      welcome ? { language, theme, large } : null,
    show(looks) {
      section.hidden = false;
      section.setAttribute("aria-labelledby", "welcome-title");
      render(
        html`
          <h2 id="welcome-title">${t("welcome.title")}</h2>
          <p>${t("welcome.says")}</p>
          <div class="welcome-ways">
            <a id="to-lecture" class="welcome-way" href=${at(inLooks("lecture.html", looks))} @click=${taken}>
              <b>${t("welcome.lecture")}</b><span>${t("welcome.lecture_says")}</span></a>
            <button id="to-laboratory" type="button" class="welcome-way" @click=${laboratory}>
              <b>${t("welcome.laboratory")}</b><span>${t("welcome.laboratory_says")}</span></button>
          </div>`,
        section,
      );
    },
    hide() {
      section.hidden = true;
    },
  };
}
