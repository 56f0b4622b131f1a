// The reader's own points, pasted as a table; the server says how it read them, or which row,
// column and cell it cannot use.

import { group } from "../../forms/group.js";
import { pastedTable } from "../../forms/pasted.js";
import { createReading, refusalWords } from "../../forms/reading.js";
import { t } from "../../i18n/i18n.js";
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { chooseSurface } from "../state.js";

const NOTHING_CHOSEN = { reading: null, columns: null };
const EXAMPLES = ["x, y\n0, 1.2\n1, 2.9\n2, 5.1", "x1, x2, label\n1, 2, 1\n-1, 0.5, 0\n0, -2, 0"];

/** @param {string} text */
const firstLine = (text) => text.split(/[\r\n]/, 1)[0];

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
    chosen = firstLine(text) === firstLine(before) ? { reading, columns } : NOTHING_CHOSEN;
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
    const roles = surface.points;
    const columns = roles.join(", ");
    const isOwn = state.points !== null;
    const read = isOwn ? state.measured?.reading : null;
    if (!refusal && typed === state.points) typed = null;
    return group({
      name: `points.${isOwn}`,
      kind: "own-points",
      title: t("points.title"),
      isOpen: isOwn,
      content: html`<p class="hint">${t("points.hint", { columns, rows: catalog.limits.points_rows })}</p>
        ${pastedTable({
          id: "points",
          identity: `${state.surface} ${turn}`,
          value: state.points ?? "",
          label: t("points.label", { columns }),
          placeholder: EXAMPLES[roles.length === 2 ? 0 : 1],
          maxlength: catalog.limits.points_characters,
          error: refusal,
          say: (error) => t("points.wrong", { message: refusalWords(error) }),
          onInput: type,
          below: (error, isEmpty) =>
            html`<div class="points-reading" aria-live="polite">${
              error
                ? reading.offer(error, roles, typed === null ? state.columns : chosen.columns)
                : read && !isEmpty
                  ? reading.told(read, roles)
                  : nothing
            }</div>`,
        })}
        ${
          isOwn
            ? html`<button type="button" class="text-button" id="points-synthetic" @click=${giveBack}>${t("points.synthetic")}</button>`
            : nothing
        }`,
    });
  };
}
