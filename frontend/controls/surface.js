// The chosen surface: its formula or the field to type one, what to watch, its own sliders, and
// the reader's own points.

import { localize, t } from "../i18n.js";
import { h, math } from "../dom.js";
import { FORMULA, surfaceOf } from "../state.js";
import { createFormulaField } from "./formula.js";
import { controlFor } from "./parameter.js";
import { createPointsField } from "./points.js";

// `bring` sends what the reader typed to the server and, once accepted, into the state.
export function createSurfaceCard(section, catalog, store, bring) {
  let shown = null;
  let controls = {};
  const formula = createFormulaField(catalog, bring);
  const points = createPointsField(catalog, store, bring);
  const rule = h("div", { class: "formula", tabindex: 0, role: "group" });

  const touch = (name, value) => store.update((state) =>
    ({ parameters: { ...state.parameters, [name]: value } }));
  const reset = (name) => store.update((state) => {
    const { [name]: _, ...rest } = state.parameters;
    return { parameters: rest };
  });

  const keyOf = (state) => `${state.surface} ${state.points !== null}`;

  function showRule(surface) {
    rule.setAttribute("aria-label", t("surface.formula"));
    rule.replaceChildren(...(surface.formula_mathml ? [math(surface.formula_mathml)] : []));
  }

  function build(state) {
    // A field that is moved loses the keyboard's focus before the card is renewed.
    const focused = section.contains(document.activeElement) ? document.activeElement.id : "";
    const surface = surfaceOf(catalog, state);
    const own = state.points !== null ? ["size", "noise", "outliers", "data_seed"] : [];
    const properties = Object.entries(surface.parameters.properties)
      .filter(([name]) => !own.includes(name));
    controls = Object.fromEntries(properties.map(([name, schema]) => [name, controlFor({
      name, schema, value: state.parameters[name] ?? schema.default,
      touched: name in state.parameters,
      onInput: (value) => touch(name, value), onReset: () => reset(name),
    })]));
    const { citation, url } = surface.reference ?? {};
    showRule(surface);
    section.replaceChildren(
      ...(state.surface === FORMULA ? [formula.build(state)] : []),
      rule,
      h("p", { class: "summary" }, localize(surface.summary)),
      ...Object.values(controls).map(({ element }) => element),
      ...(surface.points ? [points.build(state, surface)] : []),
      ...(citation ? [h("p", { class: "source" }, `${t("source")}: `,
        url ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, citation) : citation)]
        : []));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  return {
    rebuild(state) { shown = keyOf(state); build(state); },
    show(state) {
      if (keyOf(state) !== shown) this.rebuild(state);
      const surface = surfaceOf(catalog, state);
      showRule(surface);
      for (const [name, control] of Object.entries(controls)) {
        control.set(state.parameters[name] ?? surface.parameters.properties[name].default,
          name in state.parameters);
      }
      if (state.surface === FORMULA) formula.show(state);
      if (surface.points) points.show(state);
    },
    // A refusal of the server, shown where it belongs; false if it belongs elsewhere.
    tell(name, refusal) {
      if (name === "formula") formula.tell(refusal);
      else if (["points", "reading", "columns"].includes(name)) points.tell(refusal);
      else if (name in controls) controls[name].tell(refusal.msg);
      else return false;
      return true;
    },
    settle(name) {
      if (name === "formula") formula.tell(null);
      else points.tell(null);
    },
  };
}
