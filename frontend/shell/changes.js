// Undo, redo and «reset all»: their buttons and their keys.

import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { iconButton } from "./icons.js";

/**
 * @typedef {object} Undo What createUndo of the core answers.
 * @property {() => boolean} undo
 * @property {() => boolean} redo
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 */

/**
 * @param {Undo | undefined} undo
 * @param {(() => void) | undefined} reset
 * @param {{ canUndo: boolean, canRedo: boolean }} props
 */
export function changes(undo, reset, { canUndo, canRedo }) {
  if (!undo && !reset) return nothing;
  return html`
    <div class="changes" role="group" aria-label=${t("header.changes")}>
      ${
        undo
          ? [
              iconButton({
                name: "undo",
                label: t("header.undo", { key: "Ctrl+Z" }),
                id: "undo",
                onclick: () => undo.undo(),
                disabled: !canUndo,
              }),
              iconButton({
                name: "redo",
                label: t("header.redo", { key: "Ctrl+Shift+Z" }),
                id: "redo",
                onclick: () => undo.redo(),
                disabled: !canRedo,
              }),
            ]
          : nothing
      }
      ${
        reset
          ? iconButton({
              name: "reset",
              label: t("header.reset"),
              id: "reset-all",
              onclick: reset,
            })
          : nothing
      }
    </div>`;
}

/** @param {Undo} undo @returns {import("./keys.js").Key[]} */
export const undoKeys = (undo) => [
  {
    group: "keys.changes",
    keys: ["Mod+z"],
    says: "keys.undo",
    inFields: true,
    run: () => undo.undo(),
  },
  {
    group: "keys.changes",
    keys: ["Mod+Shift+z", "Mod+y"],
    says: "keys.redo",
    inFields: true,
    run: () => undo.redo(),
  },
];
