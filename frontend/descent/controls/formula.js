// The field for a typed function. A mirror behind the text underlines a mistake under the very
// character where it is.

import { h } from "../../core/dom.js";
import { localize, t } from "../../i18n/i18n.js";
import { FORMULA } from "../state.js";

export function createFormulaField(catalog, bring) {
  const mirror = h("div", { class: "formula-mirror", "aria-hidden": "true" });
  const field = h("textarea", {
    id: "formula",
    class: "formula-text",
    rows: 1,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    maxlength: catalog.limits.formula,
    "aria-describedby": "formula-error",
  });
  const message = h("p", { class: "field-error", id: "formula-error", role: "alert" });
  let refused = null;

  function reflect() {
    const text = field.value;
    // The server counts characters; a string is indexed by halves of some of them.
    const characters = [...text];
    const { position = characters.length, length = 0 } = refused ?? {};
    const part = (from, to) => characters.slice(from, to).join("");
    const wrong = refused ? h("mark", {}, part(position, position + length) || " ") : null;
    mirror.replaceChildren(
      part(0, position),
      ...(wrong ? [wrong] : []),
      part(position + length),
      "\u200b",
    );
    field.style.height = `${mirror.offsetHeight}px`;
  }

  function told({ type, values }) {
    if (type === "formula_not_finite") return t("formula.not_finite", values);
    return t("formula.wrong", {
      message: t(`formula.error.${type.replace("formula_", "")}`, {
        ...values,
        count: values?.wanted ?? values?.limit,
      }),
    });
  }

  field.addEventListener("input", () => {
    refused = null;
    reflect();
    bring({ surface: FORMULA, formula: field.value });
  });

  const { functions, aliases, constants } = catalog.formulas;
  const words = Object.entries(functions)
    .filter(([name]) => !(name in aliases))
    .map(
      ([name, { arguments: count }]) =>
        `${name}(${["x", "x, y", name === "where" ? "x>0, x, y" : "x, −1, 1"][count - 1]})`,
    );
  const others = Object.entries(aliases)
    .filter(([name]) => name in functions)
    .map(([name, plain]) => `${name} = ${plain}`);

  // What a formula cannot call stands in other rules too: losses, activations.
  const corners = () =>
    catalog.formulas.corners
      .flatMap(({ functions: cornered, rule }) => {
        const known = cornered.filter((name) => name in functions || !/^\w+$/.test(name));
        return known.length ? [`${known.join(", ")}: ${localize(rule)}.`] : [];
      })
      .join(" ");

  return {
    build(state) {
      field.value = state.formula;
      field.setAttribute("aria-label", t("formula.label"));
      requestAnimationFrame(reflect);
      return h(
        "div",
        { class: "formula-entry" },
        h("label", { for: "formula" }, "f(x, y) ="),
        h("div", { class: "formula-box" }, mirror, field),
        message,
        h(
          "details",
          { class: "words" },
          h("summary", {}, t("formula.words")),
          h(
            "p",
            {},
            "x, y, ",
            constants.join(", "),
            ", + − * / ^, < <= > >= == !=, and, or, not, ",
            words.join(", "),
            "; ",
            others.join(", "),
          ),
          h("p", {}, t("formula.words.also")),
          h(
            "p",
            {},
            t("formula.corners"),
            " ",
            corners(),
            " ",
            localize(catalog.formulas.no_curvature),
          ),
        ),
      );
    },
    show(state) {
      if (document.activeElement === field || field.value === state.formula) return;
      field.value = state.formula;
      reflect();
    },
    tell(refusal) {
      refused = refusal;
      message.textContent = refusal ? told(refusal) : "";
      field.setAttribute("aria-invalid", String(Boolean(refusal)));
      reflect();
    },
  };
}
