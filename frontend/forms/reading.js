// How pasted points were read, in words; the other way where two are possible; and which columns
// are used where there are more than needed.

import { coordinate, list } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { choice } from "./choice.js";

/** @typedef {any} Reading */

const CONVENTION = ["separator", "decimal", "grouping"];
/** @param {Reading} reading */
const conventionOf = (reading) =>
  Object.fromEntries(CONVENTION.map((part) => [part, reading[part]]));

/** «semicolons between columns, decimal comma» @param {Reading} reading */
const wordsOf = (reading, parts = CONVENTION) =>
  [
    ...(parts.includes("separator") ? [t(`points.separator.${reading.separator}`)] : []),
    ...(parts.includes("decimal")
      ? [reading.whole_numbers ? t("points.whole") : t(`points.decimal.${reading.decimal}`)]
      : []),
    ...(parts.includes("grouping") && reading.grouping !== "none"
      ? [t(`points.grouping.${reading.grouping}`)]
      : []),
  ].join(", ");

/** The parts in which readings differ: the rest need not be said again. @param {Reading[]} readings */
const differing = (readings) =>
  CONVENTION.filter((part) => new Set(readings.map((one) => one[part])).size > 1);

/** @param {string[] | null} names @param {number} at */
const columnName = (names, at) => (names?.[at - 1] ? `${at} · ${names[at - 1]}` : String(at));

/** Why a pasted table was refused, in words. @param {any} refusal */
export function refusalWords({ type, msg, row, column, values = {}, readings = [] }) {
  if (!type.startsWith("points_")) return msg;
  const may = readings.map((/** @type {any} */ { value }) => coordinate(value));
  return t(`points.error.${type.replace("points_", "")}`, {
    row,
    column,
    ...values,
    values: may.join(` ${t("points.or")} `),
  });
}

/** @param {(choice: { reading: any } | { columns: number[] }) => void} choose As the server takes it. */
export function createReading(choose) {
  /** @param {string[]} roles @param {any} names @param {number} width @param {number[]} used */
  function chooser(roles, names, width, used) {
    if (width <= roles.length) return [];
    return roles.map((role, index) =>
      choice({
        id: `points-column-${role}`,
        title: t("points.column", { role }),
        value: used[index],
        options: Array.from({ length: width }, (_, at) => ({
          value: at + 1,
          title: columnName(names, at + 1),
        })),
        onInput(word) {
          const columns = [...used];
          const taken = columns.indexOf(Number(word));
          // The column that another role has is exchanged for this one's.
          if (taken >= 0) columns[taken] = columns[index];
          columns[index] = Number(word);
          choose({ columns });
        },
      }),
    );
  }

  /** @param {Reading} reading */
  function otherReadings(reading) {
    if (reading.alternatives.length === 0) return nothing;
    const all = [{ ...reading, whole_numbers: false }, ...reading.alternatives];
    const parts = differing(all);
    return choice({
      id: "points-switch",
      title: t("points.switch"),
      value: 0,
      options: all.map((one, index) => ({ value: index, title: wordsOf(one, parts) })),
      onInput: (index) => choose({ reading: conventionOf(all[Number(index)]) }),
    });
  }

  return {
    /** @param {Reading} reading @param {string[]} roles */
    told(reading, roles) {
      const { rows, names, used, columns } = reading;
      const said = [
        t("points.rows", { count: rows }),
        wordsOf(reading),
        ...(names ? [t("points.names")] : []),
        ...(columns > roles.length
          ? [t("points.used", { used: list(used.map(String)), columns })]
          : []),
      ];
      return html`<p class="hint">${said.join(", ")}.</p>${otherReadings(reading)}${chooser(roles, names, columns, used)}`;
    },
    /** What may be done about a refusal: say what its cell means, or use other columns.
     * @param {any} refusal @param {string[]} roles @param {number[] | null} wanted */
    offer(refusal, roles, wanted) {
      const { readings = [], columns = [] } = refusal;
      const used = wanted ?? roles.map((_, index) => index + 1);
      const chooses = chooser(roles, columns, columns.length, used);
      /** @param {string} id @param {any} taken @param {string} text */
      const button = (id, taken, text) =>
        html`<button type="button" class="text-button" id=${id} @click=${() => choose(taken)}>${text}</button>`;
      return html`${readings.map((/** @type {Reading} */ one, /** @type {number} */ index) =>
        button(
          `points-reading-${index}`,
          { reading: conventionOf(one) },
          `${coordinate(one.value)}: ${wordsOf(one, differing(readings))}`,
        ),
      )}${chooses}${
        // Those may be the right ones already, and what is wrong stand in another.
        chooses.length > 0 && !wanted
          ? button("points-use", { columns: used }, t("points.use"))
          : nothing
      }`;
    },
  };
}
