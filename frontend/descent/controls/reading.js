// How pasted points were read, in words; the other way where two are possible; and which columns
// are used where there are more than needed.

import { h, renew } from "../../core/dom.js";
import { coordinate, list } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";

const CONVENTION = ["separator", "decimal", "grouping"];
const conventionOf = (reading) =>
  Object.fromEntries(CONVENTION.map((part) => [part, reading[part]]));

// «semicolons between columns, decimal comma»
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

// The parts in which readings differ: the rest need not be said again.
const differing = (readings) =>
  CONVENTION.filter((part) => new Set(readings.map((one) => one[part])).size > 1);

const columnName = (names, at) => (names?.[at - 1] ? `${at} · ${names[at - 1]}` : String(at));

// `choose` takes {reading} or {columns}, as the server does.
export function createReading(choose) {
  const section = h("div", { class: "points-reading", "aria-live": "polite" });

  function chooser(roles, names, width, used) {
    if (width <= roles.length) return [];
    return roles.map((role, index) => {
      const id = `points-column-${role}`;
      const change = (event) => {
        const columns = [...used];
        const taken = columns.indexOf(Number(event.target.value));
        // The column that another role has is exchanged for this one's.
        if (taken >= 0) columns[taken] = columns[index];
        columns[index] = Number(event.target.value);
        choose({ columns });
      };
      return h(
        "div",
        { class: "choice" },
        h("label", { for: id }, t("points.column", { role })),
        h(
          "select",
          { id, onchange: change },
          Array.from({ length: width }, (_, at) =>
            h(
              "option",
              { value: at + 1, selected: at + 1 === used[index] },
              columnName(names, at + 1),
            ),
          ),
        ),
      );
    });
  }

  function otherReadings(reading) {
    if (reading.alternatives.length === 0) return [];
    const all = [{ ...reading, whole_numbers: false }, ...reading.alternatives];
    const parts = differing(all);
    return [
      h(
        "div",
        { class: "choice" },
        h("label", { for: "points-switch" }, t("points.switch")),
        h(
          "select",
          {
            id: "points-switch",
            onchange: (event) => choose({ reading: conventionOf(all[Number(event.target.value)]) }),
          },
          all.map((one, index) => h("option", { value: index }, wordsOf(one, parts))),
        ),
      ),
    ];
  }

  return {
    element: section,
    clear: () => renew(section),
    show(reading, roles) {
      const { rows, names, used, columns } = reading;
      const said = [
        t("points.rows", { count: rows }),
        wordsOf(reading),
        ...(names ? [t("points.names")] : []),
        ...(columns > roles.length
          ? [t("points.used", { used: list(used.map(String)), columns })]
          : []),
      ];
      renew(
        section,
        h("p", { class: "hint" }, `${said.join(", ")}.`),
        ...otherReadings(reading),
        ...chooser(roles, names, columns, used),
      );
    },
    // What may be done about a refusal: say what its cell means, or use other columns.
    offer(refusal, roles, wanted) {
      const { readings = [], columns = [] } = refusal;
      const used = wanted ?? roles.map((_, index) => index + 1);
      const chooses = chooser(roles, columns, columns.length, used);
      renew(
        section,
        ...readings.map((one, index) =>
          h(
            "button",
            {
              type: "button",
              class: "text-button",
              id: `points-reading-${index}`,
              onclick: () => choose({ reading: conventionOf(one) }),
            },
            `${coordinate(one.value)}: ${wordsOf(one, differing(readings))}`,
          ),
        ),
        ...chooses,
        // Those may be the right ones already, and what is wrong stand in another.
        ...(chooses.length > 0 && !wanted
          ? [
              h(
                "button",
                {
                  type: "button",
                  class: "text-button",
                  id: "points-use",
                  onclick: () => choose({ columns: used }),
                },
                t("points.use"),
              ),
            ]
          : []),
      );
    },
  };
}
