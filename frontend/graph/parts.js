// What stands in the dialog, built once, its texts written anew in another language.

import { h, iconButton } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ view: HTMLElement, bar: HTMLElement, onLecture: () => void }} options
 */
export function createParts(dialog, { view, bar, onLecture }) {
  const title = h("h2");
  const close = h("span");
  const keys = h("p", { class: "hint" });
  const summary = h("summary");
  const parts = {
    lecture: h("button", {
      type: "button",
      class: "text-button",
      id: "graph-lecture",
      onclick: onLecture,
    }),
    where: h("p", { class: "graph-where" }),
    alone: h("p", { class: "hint", id: "graph-alone", hidden: true }),
    note: h("p", { class: "graph-note", hidden: true }),
    message: h("p", { class: "graph-message", role: "alert" }),
    sentence: h("p", { class: "graph-sentence" }),
    arrays: h("p", { class: "hint", hidden: true }),
    table: h("div", { class: "table graph-values" }),
  };
  dialog.replaceChildren(
    h("div", { class: "card-head" }, title, parts.lecture, close),
    parts.where,
    parts.alone,
    parts.note,
    parts.message,
    view,
    parts.sentence,
    bar,
    parts.arrays,
    h("details", { class: "graph-details" }, summary, parts.table),
    keys,
  );

  return {
    ...parts,
    label() {
      title.textContent = t("graph.title");
      dialog.setAttribute("aria-label", t("graph.title"));
      parts.lecture.textContent = t("graph.lecture");
      parts.alone.textContent = t("graph.alone");
      parts.note.textContent = t("graph.lecture.note");
      parts.arrays.textContent = t("graph.arrays");
      summary.textContent = t("graph.table");
      keys.textContent = t("graph.keys");
      close.replaceChildren(
        iconButton("close", t("notice.close"), () => dialog.close(), { id: "graph-close" }),
      );
    },
  };
}
