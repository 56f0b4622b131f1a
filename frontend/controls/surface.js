// The chosen surface: formula, what to watch, and its own sliders.

import { localize, t } from "../i18n.js";
import { h, math } from "../dom.js";
import { surfaceOf } from "../state.js";
import { parameterControl } from "./parameter.js";

export function createSurfaceCard(section, catalog, store) {
  let shown = null;
  let controls = {};

  const touch = (name, value) => store.update((state) =>
    ({ parameters: { ...state.parameters, [name]: value } }));
  const reset = (name) => store.update((state) => {
    const { [name]: _, ...rest } = state.parameters;
    return { parameters: rest };
  });

  function build(state) {
    const surface = surfaceOf(catalog, state);
    const properties = Object.entries(surface.parameters.properties);
    controls = Object.fromEntries(properties.map(([name, schema]) => [name, parameterControl({
      name, schema, value: state.parameters[name] ?? schema.default,
      touched: name in state.parameters,
      onInput: (value) => touch(name, value), onReset: () => reset(name),
    })]));
    const { citation, url } = surface.reference;
    section.replaceChildren(
      h("div", { class: "formula", tabindex: 0, role: "group", "aria-label": t("surface.formula") },
        math(surface.formula_mathml)),
      h("p", { class: "summary" }, localize(surface.summary)),
      ...Object.values(controls).map(({ element }) => element),
      h("p", { class: "source" }, `${t("source")}: `,
        url ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, citation) : citation));
  }

  return {
    rebuild(state) { shown = state.surface; build(state); },
    show(state) {
      if (state.surface !== shown) this.rebuild(state);
      const { properties } = surfaceOf(catalog, state).parameters;
      for (const [name, control] of Object.entries(controls)) {
        control.set(state.parameters[name] ?? properties[name].default, name in state.parameters);
      }
    },
    tell(name, message) {
      controls[name]?.tell(message);
      return name in controls;
    },
  };
}
