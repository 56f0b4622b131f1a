// The gallery: scenes by the lecture's sections, each a card with its picture.

import { at } from "../api/root.js";
import { leaveCourse } from "../core/course.js";
import { sceneOf } from "../core/course_file.js";
import { localize, t } from "../i18n/i18n.js";
import { icon, iconButton } from "../shell/icons.js";
import { inLooks } from "../shell/navigation.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { added } from "./editing.js";
import { bySection, found } from "./search.js";
import THUMBNAILS from "./thumbnails.json" with { type: "json" };

/**
 * @typedef {import("../api/answers.js").ListedScenario} Scenario
 * @typedef {import("./state.js").State} State
 * @typedef {import("./main.js").Model} Model
 * @typedef {Pick<State, "query" | "writing" | "course" | "language" | "theme" | "large">
 *   & { shown: "light" | "dark" }} Props
 */

/** @type {Record<string, Record<string, string>>} */
const PICTURES = THUMBNAILS;

/** Under a picture that is missing, or has still to come: a path on its way down. */
const placeholder = html`<svg class="placeholder" viewBox="0 0 32 20" aria-hidden="true">
  <path d="M3 3c6 0 6 13 13 13S23 6 29 6"></path><circle cx="16" cy="16" r="1.6"></circle>
</svg>`;

// What does not come is not shown as broken.
/** @param {Event} event */
const missing = ({ target }) => /** @type {Element} */ (target).classList.add("missing");
/** @param {Event} event */
const come = ({ target }) => /** @type {Element} */ (target).classList.remove("missing");

/** @param {string} id @param {"light" | "dark"} theme */
function picture(id, theme) {
  const address = PICTURES[id]?.[theme];
  return address
    ? html`<img alt="" width="400" height="250" loading="lazy" decoding="async" src=${at(address)}
        @error=${missing} @load=${come}>`
    : nothing;
}

/**
 * @param {HTMLElement} section
 * @param {object} page
 * @param {readonly Scenario[]} page.scenarios
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {import("./editing.js").Edit} page.edit
 * @returns {import("../core/panels.js").Panel<Model, Props>}
 */
export function createGallery(section, { scenarios, store, edit }) {
  /** @param {Scenario} scenario @param {Props} props */
  const card = ({ id, title, question }, { writing, course, shown, ...looks }) => {
    const address = `scene/${id}`;
    const isIn = course.items.some((item) => sceneOf(item.address) === id);
    const name = localize(title);
    return html`
      <li class=${writing && isIn ? "scene-card taken" : "scene-card"} data-scene=${id}>
        <a href=${at(inLooks(address, looks))} data-near @click=${leaveCourse}>
          <span class="thumbnail">${placeholder}${picture(id, shown)}</span>
          <span class="scene-title">${name}</span>
          <span class="scene-question">${localize(question)}</span>
        </a>
        ${
          writing
            ? iconButton({
                name: isIn ? "check" : "plus",
                label: t(isIn ? "gallery.add_again" : "gallery.add", { title: name }),
                onclick: () => edit(added(address)),
              })
            : nothing
        }
      </li>`;
  };

  /** @param {ReturnType<typeof bySection<Scenario>>[number]} part @param {Props} props */
  const part = ({ section: { number, title }, scenes }, props) => html`
    <section class="lecture-part" aria-labelledby=${`part-${number}`}>
      <h2 id=${`part-${number}`}><span class="part-number">${number}</span>${localize(title)}</h2>
      <ul class="scene-cards">${repeat(
        scenes,
        ({ id }) => id,
        (one) => card(one, props),
      )}</ul>
    </section>`;

  /** @param {Props} props @param {number} count */
  const bar = ({ query, writing, course }, count) => html`
    <div class="gallery-bar" role="search">
      <label class="search" for="search">${icon("search")}<span class="for-screen-readers">${t("gallery.search")}</span></label>
      <input id="search" type="search" autocomplete="off" spellcheck="false" maxlength="100"
        placeholder=${t("gallery.search")} aria-keyshortcuts="/" .value=${live(query)}
        @input=${(/** @type {Event} */ { target }) =>
          store.update({ query: /** @type {HTMLInputElement} */ (target).value })}>
      <span class="gallery-count" role="status">${t("gallery.count", { count })}</span>
      <div class="spacer"></div>
      <button type="button" id="write-course" class="text-button" aria-expanded=${String(writing)}
        aria-controls="course" @click=${() => store.update({ writing: !writing })}
      >${icon("list")}<span>${t("course.own")}</span>${
        course.items.length > 0 ? html`<span class="badge">${course.items.length}</span>` : nothing
      }</button>
    </div>`;

  return {
    select: ({ state, theme }) => ({
      query: state.query,
      writing: state.writing,
      course: state.course,
      language: state.language,
      theme: state.theme,
      large: state.large,
      shown: theme,
    }),
    show(props) {
      section.hidden = false;
      const shown = found(scenarios, props.query);
      render(
        html`${bar(props, shown.length)}
          ${repeat(
            bySection(shown),
            ({ section: { number } }) => number,
            (one) => part(one, props),
          )}
          ${
            shown.length === 0
              ? html`<p class="nothing-found">${t("gallery.nothing", { query: props.query })}
                  <button type="button" class="text-button" @click=${() => store.update({ query: "" })}
                  >${t("gallery.all")}</button></p>`
              : nothing
          }`,
        section,
      );
    },
  };
}
