// The surfaces to choose from, in groups, and the way to the next one.

import { list } from "../../forms/choice.js";
import { t } from "../../i18n/i18n.js";
import { groupsOf, surfaceOptions } from "../../runs/surfaces.js";
import { icon } from "../../shell/icons.js";
import { html } from "../../vendor/lit-html/lit-html.js";
import { chooseSurface, FORMULA } from "../state.js";

/** @param {import("./types.js").Tools} tools */
export function createPicker({ catalog, store, actions }) {
  const groups = groupsOf(catalog);
  const ids = [FORMULA, ...groups.flatMap(([, surfaces]) => surfaces.map(({ id }) => id))];

  /** @param {string} id */
  const choose = (id) =>
    id === FORMULA
      ? actions.bring({ surface: FORMULA, formula: store.get().formula })
      : store.update(chooseSurface(catalog, id));

  /** @param {number} by @param {import("../../core/dom.js").IconName} name @param {string} label */
  const step = (by, name, label) =>
    html`<button type="button" class="icon-button" aria-label=${label} title=${label}
      @click=${() => choose(/** @type {string} */ (ids.at((ids.indexOf(store.get().surface) + by) % ids.length)))}
      >${icon(name)}</button>`;

  /** @param {string} surface */
  return (surface) =>
    html`<div class="surface-choice">
      ${list({
        id: "surface-picker",
        label: t("header.surface"),
        value: surface,
        options: surfaceOptions(groups),
        onInput: choose,
      })}
      ${step(-1, "back", t("header.previous"))}${step(1, "forward", t("header.next"))}
    </div>`;
}
