// The reader's own points, pasted as CSV; the server says which row and column it cannot use.

import { t } from "../i18n.js";
import { h } from "../dom.js";
import { chooseSurface } from "../state.js";

export function createPointsField(catalog, store, bring) {
  const field = h("textarea", { id: "points", class: "points-text", rows: 5, spellcheck: "false",
    autocomplete: "off", maxlength: catalog.limits.points_characters,
    "aria-describedby": "points-error" });
  const message = h("p", { class: "field-error", id: "points-error", role: "alert" });

  field.addEventListener("input", () => {
    if (field.value.trim() === "") {
      message.textContent = "";
      return;
    }
    bring({ points: field.value });
  });

  return {
    build(state, surface) {
      const columns = surface.points.join(", ");
      field.value = state.points ?? "";
      field.placeholder = surface.points.length === 2 ? "x, y\n0, 1.2\n1, 2.9\n2, 5.1"
        : "x1, x2, label\n1, 2, 1\n-1, 0.5, 0\n0, -2, 0";
      field.setAttribute("aria-label", t("points.label", { columns }));
      return h("details", { class: "own-points", ...(state.points !== null ? { open: true } : {}) },
        h("summary", {}, t("points.title")),
        h("p", { class: "hint" }, t("points.hint",
          { columns, rows: catalog.limits.points_rows })),
        field, message,
        state.points !== null ? h("button", { type: "button", class: "text-button",
          onclick: () => store.update((now) => chooseSurface(catalog, now.surface)) },
          t("points.synthetic")) : null);
    },
    tell(refusal) {
      message.textContent = refusal ? t("points.wrong",
        { message: t(`points.error.${refusal.type.replace("points_", "")}`,
          { row: refusal.row, column: refusal.column }) }) : "";
      field.setAttribute("aria-invalid", String(Boolean(refusal)));
    },
  };
}
