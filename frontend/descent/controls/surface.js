// The chosen surface: its formula or the field to type one, what to watch, its own sliders, and
// the reader's own points.

import { h, math } from "../../core/dom.js";
import { controlFor } from "../../forms/parameter.js";
import { quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { FORMULA, isMeasured, rangeOf, surfaceOf } from "../state.js";
import { createFormulaField } from "./formula.js";
import { createPointsField } from "./points.js";

// What is said of the units of the points; nothing where they are as they were given and usual.
function standardisedText(standardised, chosen) {
  if (!standardised || (!standardised.on && chosen !== "off")) return "";
  const number =
    standardised.condition_number === null ? "∞" : quantity(standardised.condition_number);
  const reason = t(!standardised.on ? "units.off" : chosen === "auto" ? "units.auto" : "units.on", {
    number,
  });
  return standardised.on ? `${reason} ${t("units.scaled")}` : reason;
}

// `bring` sends what the reader typed to the server and, once accepted, into the state.
export function createSurfaceCard(section, catalog, store, bring) {
  let shown = null;
  let controls = {};
  let drawn = null;
  const bias = h("button", {
    type: "button",
    class: "text-button",
    id: "best-bias",
    onclick: () => touch("bias", surfaceOf(catalog, store.get()).suggested.bias),
  });
  const units = h("p", { class: "hint", id: "units" });
  const formula = createFormulaField(catalog, bring);
  const points = createPointsField(catalog, store, bring);
  const rule = h("div", { class: "formula", tabindex: 0, role: "group" });

  // What changes the units that the start is in has to be measured before it is shown.
  const put = (parameters, name) => {
    if (name === "standardise" || isMeasured(store.get())) bring({ parameters });
    else store.update({ parameters });
  };
  const touch = (name, value) => put({ ...store.get().parameters, [name]: value }, name);
  const reset = (name) => {
    const { [name]: _, ...rest } = store.get().parameters;
    put(rest, name);
  };

  const keyOf = (state) => `${state.surface} ${state.points !== null}`;

  // The formula as the last picture's answer wrote it, for the choices made; before there is one,
  // as the catalogue has it.
  function showRule(state, surface) {
    const markup =
      drawn?.surface === state.surface && state.surface !== FORMULA
        ? drawn.markup
        : surface.formula_mathml;
    rule.setAttribute("aria-label", t("surface.formula"));
    rule.replaceChildren(...(markup ? [math(markup)] : []));
  }

  // Switches off what does nothing under the choices made, and says what the points' units are.
  function showNotes(state, surface) {
    const { properties } = surface.parameters;
    const valueOf = (name) => state.parameters[name] ?? properties[name].default;
    for (const [name, control] of Object.entries(controls)) {
      control.element.hidden = Object.entries(properties[name].when ?? {}).some(
        ([other, words]) => !words.includes(valueOf(other)),
      );
    }
    const text = standardisedText(surface.standardised, valueOf("standardise"));
    units.textContent = text;
    units.hidden = text === "";
    const best = isMeasured(state) ? surface.suggested?.bias : undefined;
    bias.hidden = best === undefined || valueOf("bias") === best;
    bias.textContent = bias.hidden ? "" : t("units.bias", { value: quantity(best, 5) });
  }

  function build(state) {
    // A field that is moved loses the keyboard's focus before the card is renewed.
    const focused = section.contains(document.activeElement) ? document.activeElement.id : "";
    const surface = surfaceOf(catalog, state);
    const own = state.points !== null ? ["size", "noise", "outliers", "data_seed"] : [];
    const properties = Object.entries(surface.parameters.properties).filter(
      ([name]) => !own.includes(name),
    );
    controls = Object.fromEntries(
      properties.map(([name, schema]) => [
        name,
        controlFor({
          name,
          schema,
          value: state.parameters[name] ?? schema.default,
          touched: name in state.parameters,
          range: () => rangeOf(catalog, store.get(), name),
          onInput: (value) => touch(name, value),
          onReset: () => reset(name),
        }),
      ]),
    );
    const { citation, url } = surface.reference ?? {};
    showRule(state, surface);
    if (surface.points) showNotes(state, surface);
    section.replaceChildren(
      ...(state.surface === FORMULA ? [formula.build(state)] : []),
      rule,
      h("p", { class: "summary" }, localize(surface.summary)),
      ...Object.entries(controls).flatMap(([name, { element }]) =>
        name === "bias" ? [element, bias] : [element],
      ),
      ...(surface.points ? [units] : []),
      ...(surface.points ? [points.build(state, surface)] : []),
      ...(citation
        ? [
            h(
              "p",
              { class: "source" },
              `${t("source")}: `,
              url ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, citation) : citation,
            ),
          ]
        : []),
    );
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  return {
    // The formula of the picture that is drawn.
    rule(state, markup) {
      drawn = { surface: state.surface, markup };
      showRule(state, surfaceOf(catalog, state));
    },
    rebuild(state) {
      shown = keyOf(state);
      build(state);
    },
    show(state) {
      if (keyOf(state) !== shown) this.rebuild(state);
      const surface = surfaceOf(catalog, state);
      showRule(state, surface);
      if (surface.points) showNotes(state, surface);
      for (const [name, control] of Object.entries(controls)) {
        control.set(
          state.parameters[name] ?? surface.parameters.properties[name].default,
          name in state.parameters,
        );
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
