// The list of keys that «?» opens.

import { t } from "../i18n/i18n.js";
import { html, render } from "../vendor/lit-html/lit-html.js";
import { iconButton } from "./icons.js";

const SIGNS = /** @type {Record<string, string>} */ ({
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
});
const isMac = navigator.platform.startsWith("Mac");

/** @param {string} name A part of a key's name. */
function sign(name) {
  if (name === " ") return t("keys.space");
  if (name === "Mod") return isMac ? "⌘" : "Ctrl";
  return SIGNS[name] ?? (/^[a-z]$/.test(name) ? name.toUpperCase() : name);
}

/** @param {string} name */
const written = (name) =>
  name.split("+").map((part, index) => html`${index > 0 ? "+" : ""}<kbd>${sign(part)}</kbd>`);

/** @param {import("./keys.js").Key} key */
const row = ({ keys, shown = keys, says }) => html`
  <tr>
    <td>${shown.map((name, index) => html`${index > 0 ? " " : ""}${written(name)}`)}</td>
    <td>${t(says)}</td>
  </tr>`;

export function createKeysDialog() {
  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  dialog.className = "keys-dialog";
  // Beside it is a way out, too.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);

  return {
    /** @param {import("./keys.js").Key[]} keys */
    open(keys) {
      const groups = Map.groupBy(keys, ({ group }) => group);
      render(
        html`
          <div class="card-head">
            <h2 id="keys-title">${t("keys.title")}</h2>
            ${iconButton({ name: "close", label: t("keys.close"), onclick: () => dialog.close() })}
          </div>
          <div class="keys-lists" tabindex="0" role="group" aria-labelledby="keys-title">
            ${[...groups].map(
              ([group, listed]) => html`
                <table>
                  <caption>${t(group)}</caption>
                  <tbody>${listed.map(row)}</tbody>
                </table>`,
            )}
          </div>`,
        dialog,
      );
      dialog.setAttribute("aria-labelledby", "keys-title");
      if (!dialog.open) dialog.showModal();
    },
  };
}
