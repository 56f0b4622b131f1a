// The field for a typed function. A mirror behind the text underlines a mistake under the very
// character where it is.

import { localize, t } from "../i18n.js";
import { h } from "../dom.js";
import { FORMULA } from "../state.js";

export function createFormulaField(catalog, bring) {
  const mirror = h("div", { class: "formula-mirror", "aria-hidden": "true" });
  const field = h("textarea", { id: "formula", class: "formula-text", rows: 1, spellcheck: "false",
    autocapitalize: "off", autocomplete: "off", maxlength: catalog.limits.formula,
    "aria-describedby": "formula-error" });
  const message = h("p", { class: "field-error", id: "formula-error", role: "alert" });
  let refused = null;

  function reflect() {
    const text = field.value;
    const { position = text.length, length = 0 } = refused ?? {};
    const wrong = refused
      ? h("mark", {}, text.slice(position, position + length) || " ") : null;
    mirror.replaceChildren(text.slice(0, position), ...(wrong ? [wrong] : []),
      text.slice(position + length), "\u200b");
    field.style.height = `${mirror.offsetHeight}px`;
  }

  field.addEventListener("input", () => {
    // A formula is one line; pasted line breaks are spaces.
    if (/[\r\n\t]/.test(field.value)) field.value = field.value.replace(/[\r\n\t]+/g, " ");
    refused = null;
    reflect();
    bring({ surface: FORMULA, formula: field.value });
  });

  const words = () => Object.entries(catalog.formulas.functions)
    .map(([name, { arguments: count }]) =>
      `${name}(${["x", "x, y", name === "where" ? "x>0, x, y" : "x, −1, 1"][count - 1]})`);

  // What a formula cannot call stands in other rules too: losses, activations.
  const corners = () => catalog.formulas.corners.flatMap(({ functions, rule }) => {
    const known = functions.filter((name) =>
      name in catalog.formulas.functions || !/^\w+$/.test(name));
    return known.length ? [`${known.join(", ")}: ${localize(rule)}.`] : [];
  }).join(" ");

  return {
    build(state) {
      field.value = state.formula;
      field.setAttribute("aria-label", t("formula.label"));
      requestAnimationFrame(reflect);
      return h("div", { class: "formula-entry" },
        h("label", { for: "formula" }, "f(x, y) ="),
        h("div", { class: "formula-box" }, mirror, field),
        message,
        h("details", { class: "words" }, h("summary", {}, t("formula.words")),
          h("p", {}, "x, y, ", catalog.formulas.constants.join(", "),
            ", + − * / ^, < <= > >= == !=, and, or, not, ", words().join(", ")),
          h("p", {}, t("formula.corners"), " ", corners(), " ",
            localize(catalog.formulas.no_curvature))));
    },
    show(state) {
      if (document.activeElement === field || field.value === state.formula) return;
      field.value = state.formula;
      reflect();
    },
    tell(refusal) {
      refused = refusal;
      message.textContent = refusal ? t("formula.wrong",
        { message: t(`formula.error.${refusal.type.replace("formula_", "")}`,
          refusal.values) }) : "";
      field.setAttribute("aria-invalid", String(Boolean(refusal)));
      reflect();
    },
  };
}
