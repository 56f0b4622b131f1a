// The course that is written: its items in order, each with a title and words of the lecturer's own.

import { at } from "../api/root.js";
import { playCourse } from "../core/course.js";
import { LIMITS, sceneOf } from "../core/course_file.js";
import { localize, t } from "../i18n/i18n.js";
import { iconButton } from "../shell/icons.js";
import { inLooks } from "../shell/navigation.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { changed, exchanged, isEmpty, moved, removed, replaced, titled } from "./editing.js";
import { NONE } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Item} Item
 * @typedef {import("./main.js").Model} Model
 * @typedef {Pick<State, "course" | "aside" | "removed" | "language" | "theme" | "large">} Props
 */

/** @param {(text: string) => void} take */
const typed =
  (take) =>
  (/** @type {Event} */ { target }) =>
    take(/** @type {HTMLInputElement | HTMLTextAreaElement} */ (target).value);

/**
 * @param {HTMLElement} section
 * @param {object} page
 * @param {import("../core/store.js").Store<State>} page.store
 * @param {import("./titles.js").Titles} page.titles
 * @param {ReturnType<typeof import("./opening.js").createOpening>} page.opening
 * @param {{ undo(): boolean }} page.undo
 * @param {() => void} page.copyLink
 * @returns {import("../core/panels.js").Panel<Model, Props>}
 */
export function createCoursePanel(section, { store, titles, opening, undo, copyLink }) {
  // Of a course only what this installation has is played.
  /** @param {readonly Item[]} items @param {Item} from */
  function play(items, from) {
    const known = items.filter(titles.isKnown);
    const played = known.map((item) => ({
      address: item.address,
      title: titles.of(item),
      words: item.words,
    }));
    playCourse(played, known.indexOf(from));
  }

  // The buttons of an item that has moved keep the keyboard.
  /** @param {number} key @param {-1 | 1} by @param {Event} event */
  function move(key, by, { currentTarget }) {
    store.update(moved(key, by));
    queueMicrotask(() => /** @type {HTMLElement} */ (currentTarget).focus());
  }

  /** @param {Item} item @param {number} index @param {Props} props */
  function row(item, index, { course: { items }, ...looks }) {
    const { key, address, title, words } = item;
    const name = localize(titles.of(item));
    const given = localize(titles.given(address));
    const isKnown = titles.isKnown(item);
    return html`
      <li class="course-item" data-key=${key}>
        <div class="course-line">
          <span class="course-number">${index + 1}</span>
          <input class="label" type="text" maxlength=${LIMITS.title} .value=${live(title)}
            placeholder=${given} aria-label=${t("course.item_title", { index: index + 1 })}
            @input=${typed((text) => store.update(changed(key, { title: text })))}>
          ${iconButton({
            name: "up",
            kind: "small",
            label: t("course.up", { title: name }),
            disabled: index === 0,
            onclick: (event) => move(key, -1, event),
          })}
          ${iconButton({
            name: "down",
            kind: "small",
            label: t("course.down", { title: name }),
            disabled: index === items.length - 1,
            onclick: (event) => move(key, 1, event),
          })}
          ${iconButton({
            name: "close",
            kind: "small",
            label: t("course.remove", { title: name }),
            onclick: () => store.update(removed(key, name)),
          })}
        </div>
        <textarea rows="1" maxlength=${LIMITS.words} .value=${live(words)}
          placeholder=${t("course.words")} aria-label=${t("course.item_words", { index: index + 1 })}
          @input=${typed((text) => store.update(changed(key, { words: text })))}></textarea>
        ${
          isKnown
            ? html`<a class="course-address" href=${at(inLooks(address, looks))}
                title=${address} @click=${() => play(items, item)}
              >${sceneOf(address) === null ? address : `${t("course.scene")}: ${given}`}</a>`
            : html`<span class="course-address wrong">${t("course.unknown", { address })}</span>`
        }
      </li>`;
  }

  /** @param {SubmitEvent} event */
  function add(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (section.querySelector("#course-address"));
    if (field.value.trim() !== "" && opening.address(field.value)) field.value = "";
  }

  const adding = () => html`
    <form class="course-adding" @submit=${add}>
      <input id="course-address" class="label" type="text" autocomplete="off" spellcheck="false"
        placeholder=${t("course.paste")} aria-label=${t("course.paste")} maxlength=${LIMITS.address}>
      <button class="text-button">${t("course.add")}</button>
    </form>`;

  /** @param {Props} props */
  const beginning = ({ course: { items }, ...looks }) => {
    const first = items.find(titles.isKnown);
    return first
      ? html`<a class="text-button primary" id="course-play" href=${at(inLooks(first.address, looks))}
          @click=${() => play(items, first)}>${t("course.play")}</a>`
      : nothing;
  };

  /** @param {Props} props */
  const ways = (props) => html`
    <div class="course-ways">
      ${beginning(props)}
      ${
        isEmpty(props.course)
          ? nothing
          : html`
            <button type="button" id="course-save" class="text-button" @click=${opening.save}>${t("course.save")}</button>
            <button type="button" id="course-link" class="text-button" @click=${copyLink}>${t("course.link")}</button>`
      }
      <label class="text-button" for="course-file">${t("course.open")}</label>
      <input id="course-file" class="for-screen-readers" type="file" accept=".json,application/json"
        @change=${(/** @type {Event} */ { target }) => {
          const field = /** @type {HTMLInputElement} */ (target);
          opening.file(field.files?.[0]);
          field.value = "";
        }}>
      ${
        isEmpty(props.course)
          ? nothing
          : html`<button type="button" id="course-new" class="text-button"
              @click=${() => store.update(replaced(NONE))}>${t("course.new")}</button>`
      }
      ${
        props.aside
          ? html`<button type="button" id="course-aside" class="text-button"
              @click=${() => store.update(exchanged)}
            >${t("course.back_to", { title: props.aside.title || t("course.untitled") })}</button>`
          : nothing
      }
    </div>`;

  return {
    select: ({ state }) =>
      state.writing
        ? {
            course: state.course,
            aside: state.aside,
            removed: state.removed,
            language: state.language,
            theme: state.theme,
            large: state.large,
          }
        : null,
    show(props) {
      section.hidden = false;
      section.setAttribute("aria-labelledby", "course-head");
      const { course } = props;
      render(
        html`
          <div class="card-head">
            <h2 id="course-head">${t("course.own")}</h2>
            ${iconButton({
              name: "close",
              label: t("course.close"),
              kind: "small",
              onclick: () => store.update({ writing: false }),
            })}
          </div>
          <input id="course-title" class="label" type="text" maxlength=${LIMITS.title}
            .value=${live(course.title)} placeholder=${t("course.title")} aria-label=${t("course.title")}
            @input=${typed((text) => store.update(titled(text)))}>
          ${course.items.length === 0 ? html`<p class="hint">${t("course.empty")}</p>` : nothing}
          <ol class="course-items">
            ${repeat(
              course.items,
              ({ key }) => key,
              (item, index) => row(item, index, props),
            )}
          </ol>
          <p class="course-removed" role="status">${
            props.removed === null
              ? nothing
              : html`<span>${t("course.removed", { title: props.removed })}</span>
                <button type="button" class="text-button" @click=${() => undo.undo()}>${t("course.undo")}</button>`
          }</p>
          ${adding()} ${ways(props)}`,
        section,
      );
    },
    hide() {
      section.hidden = true;
    },
  };
}

/**
 * Shift with an arrow moves the item that has the keyboard.
 *
 * @param {import("../core/store.js").Store<State>} store
 * @returns {import("../shell/keys.js").Key}
 */
export const courseKeys = (store) => ({
  group: "course.own",
  keys: ["Shift+ArrowUp", "Shift+ArrowDown"],
  says: "keys.course.move",
  when: ({ target }) => target instanceof Element && target.closest(".course-item") !== null,
  run({ key, target }) {
    const focused = /** @type {HTMLElement} */ (target);
    const item = /** @type {HTMLElement} */ (focused.closest(".course-item"));
    store.update(moved(Number(item.dataset.key), key === "ArrowUp" ? -1 : 1));
    queueMicrotask(() => focused.focus());
  },
});
