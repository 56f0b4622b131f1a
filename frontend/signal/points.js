// The reader's own points, pasted as a table; the server says how it read them, or which row, column
// and cell it cannot use.

import { ApiError } from "../api/api.js";
import { beginAlike, ownPoints } from "../forms/points.js";
import { createReading } from "../forms/reading.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { pastedEntry } from "./knobs.js";
import { CONVENTION } from "./pasted.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Values} Values
 * @typedef {import("../api/api.js").Detail} Detail
 * @typedef {import("../api/answers.js").Reading} Reading
 * @typedef {import("../core/resources.js").Answers} Answers
 */

/** What a refusal says of the points; null for other refusals. @param {unknown} error */
export function refusalOf(error) {
  const detail = error instanceof ApiError ? error.detail[0] : undefined;
  return detail?.loc?.[1] === "dataset" ? detail : null;
}

/**
 * How the points were read, or why they were refused.
 *
 * @param {Readonly<State>} state
 * @param {Answers} answers
 * @returns {{ refusal: Detail | null, reading: Reading | null }}
 */
export function pointsOf({ view }, answers) {
  const names = view === "signal" ? ["signal.A"] : ["look.A", "training.A"];
  const found = names.map((name) => answers[name]);
  const refused = found.find(({ status }) => status === "refused");
  const value = found.find(({ status }) => status === "ready")?.value;
  return {
    refusal: refused ? refusalOf(refused.error) : null,
    reading: value?.data?.reading ?? value?.reading ?? null,
  };
}

/**
 * @param {import("./knobs.js").Catalog} catalog
 * @param {import("../core/store.js").Store<State>} store
 */
export function createPoints(catalog, store) {
  /** @param {Record<string, string>} chosen What was chosen for the table, beside its text. */
  function put({ points, ...chosen }) {
    store.update(({ shared }) => {
      const kept = Object.entries(shared).filter(
        ([key]) =>
          !key.startsWith("dataset.") || (key === "dataset.points" && points === undefined),
      );
      const given = points === undefined ? [] : [["dataset.points", points]];
      const more = Object.entries(chosen).map(([name, value]) => [`dataset.${name}`, value]);
      return { shared: Object.fromEntries([...kept, ...given, ...more]) };
    });
  }

  /** What was chosen so far. @returns {Record<string, string>} */
  function chosenNow() {
    const { shared } = store.get();
    return Object.fromEntries(
      [...CONVENTION, "columns"]
        .filter((name) => shared[`dataset.${name}`])
        .map((name) => [name, String(shared[`dataset.${name}`])]),
    );
  }

  const reading = createReading((choice) =>
    "columns" in choice
      ? put({ ...chosenNow(), columns: choice.columns.join(",") })
      : put({ ...chosenNow(), ...choice.reading }),
  );

  /** @param {string} text */
  function type(text) {
    // What was chosen holds as long as the table begins as it did.
    const before = String(store.get().shared["dataset.points"] ?? "");
    put({ points: text, ...(beginAlike(text, before) ? chosenNow() : {}) });
  }

  /** @param {Readonly<State>} state @param {Detail | null} refusal @param {Reading | null} read */
  return ({ shared }, refusal, read) => {
    const entry = pastedEntry(catalog, shared.dataset);
    if (!entry) return nothing;
    const wanted = shared["dataset.columns"];
    return html`<div class="own-points">
      ${ownPoints({
        roles: entry.columns,
        rows: catalog.limits.network_points,
        characters: catalog.limits.points_characters,
        value: String(shared["dataset.points"] ?? ""),
        identity: String(shared.dataset),
        refusal,
        read,
        columns: wanted ? String(wanted).split(",").map(Number) : null,
        reading,
        onInput: type,
      })}
    </div>`;
  };
}
