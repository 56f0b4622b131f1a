// The reader's own points, pasted as a table; the server says how it read them, or which row,
// column and cell it cannot use.

import { h } from "../../core/dom.js";
import { coordinate } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { chooseSurface, surfaceOf } from "../state.js";
import { createReading } from "./reading.js";

const NOTHING_CHOSEN = { reading: null, columns: null };
const firstLine = (text) => text.split(/[\r\n]/, 1)[0];

export function createPointsField(catalog, store, bring) {
  const field = h("textarea", {
    id: "points",
    class: "points-text",
    rows: 5,
    spellcheck: "false",
    autocomplete: "off",
    wrap: "off",
    maxlength: catalog.limits.points_characters,
    "aria-describedby": "points-error",
  });
  const message = h("p", { class: "field-error", id: "points-error", role: "alert" });
  // What the reader chose for the text in the field, which the server may not have taken yet.
  let chosen = NOTHING_CHOSEN;
  let before = "";

  const send = () => bring({ points: field.value, ...chosen });
  const reading = createReading((choice) => {
    chosen = { ...chosen, ...choice };
    send();
  });
  const rolesOf = (state) => surfaceOf(catalog, state).points;

  field.addEventListener("input", () => {
    // What was chosen holds as long as the table begins as it did.
    if (firstLine(field.value) !== firstLine(before)) chosen = NOTHING_CHOSEN;
    before = field.value;
    if (field.value.trim() === "") {
      message.textContent = "";
      reading.clear();
      return;
    }
    send();
  });

  function wordsOf({ type, msg, row, column, values = {}, readings = [] }) {
    if (!type.startsWith("points_")) return msg;
    const may = readings.map(({ value }) => coordinate(value));
    return t(`points.error.${type.replace("points_", "")}`, {
      row,
      column,
      ...values,
      values: may.join(` ${t("points.or")} `),
    });
  }

  function show(state) {
    if (field.getAttribute("aria-invalid") === "true") return;
    if (state.points !== null && state.measured?.reading) {
      reading.show(state.measured.reading, rolesOf(state));
    } else reading.clear();
  }

  return {
    build(state, surface) {
      const columns = surface.points.join(", ");
      // Whoever types has written on while the server was reading.
      if (document.activeElement !== field) {
        field.value = before = state.points ?? "";
        chosen = { reading: state.reading, columns: state.columns };
      }
      field.placeholder =
        surface.points.length === 2
          ? "x, y\n0, 1.2\n1, 2.9\n2, 5.1"
          : "x1, x2, label\n1, 2, 1\n-1, 0.5, 0\n0, -2, 0";
      field.setAttribute("aria-label", t("points.label", { columns }));
      show(state);
      return h(
        "details",
        { class: "own-points", ...(state.points !== null ? { open: true } : {}) },
        h("summary", {}, t("points.title")),
        h("p", { class: "hint" }, t("points.hint", { columns, rows: catalog.limits.points_rows })),
        field,
        message,
        reading.element,
        state.points !== null
          ? h(
              "button",
              {
                type: "button",
                class: "text-button",
                id: "points-synthetic",
                onclick: () => store.update((now) => chooseSurface(catalog, now.surface)),
              },
              t("points.synthetic"),
            )
          : null,
      );
    },
    show,
    tell(refusal) {
      field.setAttribute("aria-invalid", String(Boolean(refusal)));
      message.textContent = refusal ? t("points.wrong", { message: wordsOf(refusal) }) : "";
      if (refusal) reading.offer(refusal, rolesOf(store.get()), chosen.columns);
      else show(store.get());
    },
  };
}
