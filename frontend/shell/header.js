// The header of every page: where one is, the page's own middle, and what every page can do.

import { at } from "../api/root.js";
import { logo } from "../core/dom.js";
import { isAhead } from "../core/showing.js";
import { currentLanguage, LANGUAGES, t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { changes } from "./changes.js";
import { createCourseBar } from "./course_bar.js";
import { icon, iconButton } from "./icons.js";
import { links } from "./navigation.js";

/** @typedef {import("./fields.js").Appearance} Appearance */

/** @typedef {{ canUndo: boolean, canRedo: boolean }} Possible */

/** @typedef {{ present(): void, openAudience(): void, openHall?: () => void }} Projected */

/**
 * What a page puts into its header.
 *
 * @template M
 * @template P
 * @typedef {object} Own
 * @property {(model: M) => P} select What the middle and the title are functions of.
 * @property {(props: P) => unknown} middle The page's own part, as a template.
 * @property {(props: P) => string} title
 */

/** @type {("auto" | "light" | "dark")[]} */
const THEMES = ["auto", "light", "dark"];

/**
 * @template {Appearance} S
 * @template {{ state: Readonly<S> }} M
 * @template {object} P
 * @param {HTMLElement} section
 * @param {Own<M, P> & {
 *   page: string,
 *   store: import("../core/store.js").Store<any>,
 *   copyLink: () => void,
 *   undo?: import("./changes.js").Undo,
 *   reset?: () => void,
 *   keys?: { open(): void, add?: (keys: import("./keys.js").Key[]) => void },
 *   presenter?: Projected,
 * }} options `page` is its name; `reset` puts all settings back; `keys` are the page's, to be listed;
 *   `presenter` is the page on a projector.
 * @returns {import("../core/panels.js").Panel<M, P & Appearance & Possible>}
 */
export function createHeader(section, options) {
  const { page, store, select, middle, title, copyLink, undo, reset, keys, presenter } = options;
  const brand = logo();
  const course = createCourseBar(store, keys);

  const themes = (/** @type {Appearance["theme"]} */ theme) => html`
    <div class="segmented" role="group" aria-label=${t("header.theme")}>
      ${THEMES.map(
        (one) => html`<button
          type="button"
          id=${`theme-${one}`}
          title=${t(`theme.${one}`)}
          aria-label=${t(`theme.${one}`)}
          aria-pressed=${String(one === (theme ?? "auto"))}
          @click=${() => store.update({ theme: one === "auto" ? null : one })}
        >${icon(one)}</button>`,
      )}
    </div>`;

  const languages = () => html`
    <div class="segmented" role="group" aria-label=${t("header.language")}>
      ${LANGUAGES.map(
        (one) => html`<button
          type="button"
          lang=${one}
          id=${`language-${one}`}
          aria-pressed=${String(one === currentLanguage())}
          @click=${() => store.update({ language: one })}
        >${one.toUpperCase()}</button>`,
      )}
    </div>`;

  // Beside the rest where there is room, else in a menu.
  const tools = (/** @type {Appearance} */ { theme, large }) => html`
    <button type="button" class="icon-button tools-open" id="tools-open" popovertarget="tools"
      title=${t("header.more")} aria-label=${t("header.more")}>${icon("more")}</button>
    <div id="tools" class="tools" popover role="group" aria-label=${t("header.look")}>
      <button type="button" id="copy-link" class="text-button" title=${t("header.link")}
        aria-label=${t("header.link")} @click=${copyLink}
      >${icon("link")}<span>${t("header.link")}</span></button>
      <a class="text-button docs" href=${at("docs")}>API</a>
      ${themes(theme)}
      ${iconButton({
        name: "large",
        label: t("header.large"),
        id: "large",
        kind: "toggle",
        pressed: large,
        onclick: () => {
          store.update({ large: !large });
          // Larger type may put the tools behind their button: the focus goes with them.
          requestAnimationFrame(() => {
            const isHidden = !document.getElementById("large")?.checkVisibility();
            if (isHidden) document.getElementById("tools-open")?.focus();
          });
        },
      })}
      ${presenter ? projector(presenter) : nothing}
      ${languages()}
      ${
        keys
          ? iconButton({
              name: "help",
              label: t("keys.open"),
              id: "keys-help",
              onclick: () => keys.open(),
            })
          : nothing
      }
    </div>`;

  /** @param {Projected} on */
  const projector = ({ present, openAudience, openHall }) => html`
    ${openHall ? iconButton({ name: "hall", label: t("hall.button"), id: "hall-toggle", onclick: openHall }) : nothing}
    ${iconButton({ name: "present", label: t("presenter.present"), id: "present", onclick: present })}
    ${iconButton({
      name: "audience",
      label: t("presenter.audience"),
      id: "audience",
      onclick: openAudience,
    })}`;

  /** @param {Event} event */
  function skip(event) {
    // The address is the state's.
    event.preventDefault();
    document.getElementById("main")?.focus();
  }

  return {
    select: (model) => ({
      ...select(model),
      // Links lead to where pages were left, which the tab keeps.
      ahead: isAhead(),
      language: model.state.language,
      theme: model.state.theme,
      large: model.state.large,
      canUndo: undo?.canUndo ?? false,
      canRedo: undo?.canRedo ?? false,
    }),
    show(props) {
      document.title = `${title(props)} · Steepest`;
      // What the page says of itself before its code has come.
      if (!("_$litPart$" in section)) section.replaceChildren();
      document.getElementById("skeleton")?.remove();
      course.show();
      render(
        html`
          <a class="skip-link" href="#main" @click=${skip}>${t("header.skip")}</a>
          <h1 class="brand">${brand}<span>Steepest</span></h1>
          ${links(page, props)} ${middle(props)}
          <div class="spacer"></div>
          ${changes(undo, reset, props)} ${tools(props)}`,
        section,
      );
    },
  };
}
