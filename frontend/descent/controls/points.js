// The reader's own points, pasted as a table; the server says how it read them, or which row,
// column and cell it cannot use.

import { group } from "../../forms/group.js";
import { beginAlike, ownPoints } from "../../forms/points.js";
import { createReading } from "../../forms/reading.js";
import { t } from "../../i18n/i18n.js";
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { chooseSurface } from "../state.js";

const NOTHING_CHOSEN = { reading: null, columns: null };

/** @param {import("./types.js").Tools} tools */
export function createPoints({ catalog, store, actions }) {
  // The text that is typed, where it is not the state's, and what the reader chose for it, which the
  // server may not have taken yet.
  /** @type {string | null} */
  let typed = null;
  /** @type {{ reading: any, columns: any }} */
  let chosen = NOTHING_CHOSEN;
  // Counts the times that the field was given back to the surface's own points.
  let turn = 0;

  const send = () => actions.bring({ points: typed ?? store.get().points, ...chosen });
  const reading = createReading((choice) => {
    const { reading, columns } = store.get();
    chosen = { ...(typed === null ? { reading, columns } : chosen), ...choice };
    send();
  });

  /** @param {string} text */
  function type(text) {
    const before = typed ?? store.get().points ?? "";
    const { reading, columns } = typed === null ? store.get() : chosen;
    // What was chosen holds as long as the table begins as it did.
    chosen = beginAlike(text, before) ? { reading, columns } : NOTHING_CHOSEN;
    typed = text;
    if (text.trim() !== "") send();
  }

  function giveBack() {
    typed = null;
    turn += 1;
    store.update((/** @type {any} */ now) => chooseSurface(catalog, now.surface));
  }

  /** @param {any} state @param {any} surface @param {any} refusal */
  return (state, surface, refusal) => {
    const isOwn = state.points !== null;
    const read = isOwn ? state.measured?.reading : null;
    if (!refusal && typed === state.points) typed = null;
    return group({
      name: `points.${isOwn}`,
      kind: "own-points",
      title: t("points.title"),
      isOpen: isOwn,
      content: html`${ownPoints({
        roles: surface.points,
        rows: catalog.limits.points_rows,
        characters: catalog.limits.points_characters,
        value: state.points ?? "",
        identity: `${state.surface} ${turn}`,
        refusal,
        read,
        columns: typed === null ? state.columns : chosen.columns,
        reading,
        onInput: type,
      })}
        ${
          isOwn
            ? html`<button type="button" class="text-button" id="points-synthetic" @click=${giveBack}>${t("points.synthetic")}</button>`
            : nothing
        }`,
    });
  };
}
