// In the laboratory while a course is played: the lecturer's own words, and the ways to what comes
// before and after. A scene has both in its own place.

import { at, ROOT } from "../api/root.js";
import { courseNeighbours, goTo, leaveCourse } from "../core/course.js";
import { addressOf, sceneOf } from "../core/course_file.js";
import { localize, t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { iconButton } from "./icons.js";
import { inLooks } from "./navigation.js";

/** @typedef {import("./fields.js").Appearance} Appearance */
/** @typedef {import("../core/course.js").Neighbour} Neighbour */

const place = () =>
  sceneOf(addressOf(location.href, ROOT) ?? "") === null ? courseNeighbours() : null;

/**
 * @param {{ get(): Readonly<Appearance> }} store
 * @param {{ add?: (keys: import("./keys.js").Key[]) => void }} [keys]
 */
export function createCourseBar(store, keys) {
  if (place() === null) return { show() {} };
  const bar = document.createElement("nav");
  bar.className = "course-bar";
  document.getElementById("main")?.after(bar);

  /** @param {Neighbour} neighbour @param {string} sign @param {"before" | "after"} rel */
  const way = ({ at: to, address, title }, sign, rel) => html`
    <a class="text-button" data-course=${rel} href=${at(inLooks(address, store.get()))}
      @click=${() => goTo(to)}>${rel === "before" ? `${sign} ` : ""}<span>${localize(title)}</span>${
        rel === "after" ? ` ${sign}` : ""
      }</a>`;

  function leave() {
    leaveCourse();
    show();
  }

  function show() {
    const here = place();
    bar.hidden = here === null;
    if (here === null) return;
    bar.setAttribute("aria-label", t("course_bar.label"));
    const { at: index, count, title, words, before, after } = here;
    render(
      html`
        ${before ? way(before, "←", "before") : nothing}
        <span class="course-place">${t("course_bar.of", { at: index + 1, count })}</span>
        <p class="course-words"><b>${localize(title)}</b>${words ? html` <span>${words}</span>` : nothing}</p>
        ${after ? way(after, "→", "after") : nothing}
        ${iconButton({ name: "close", kind: "small", label: t("course_bar.leave"), onclick: leave })}`,
      bar,
    );
  }

  /** @param {"before" | "after"} rel */
  const follow = (rel) => () =>
    /** @type {HTMLElement | null} */ (bar.querySelector(`[data-course=${rel}]`))?.click();
  const when = () => !bar.hidden;
  keys?.add?.([
    {
      group: "keys.course",
      keys: ["PageUp"],
      says: "keys.course.previous",
      when,
      run: follow("before"),
    },
    {
      group: "keys.course",
      keys: ["PageDown"],
      says: "keys.course.next",
      when,
      run: follow("after"),
    },
  ]);
  // Items of one page follow one another without loading.
  addEventListener("popstate", show);
  return { show };
}
