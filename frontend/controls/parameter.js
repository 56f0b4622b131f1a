// A slider and a field for one number, drawn from its JSON Schema: bounds, scale, step, unit,
// symbol and titles all come from there.

import { localize, t } from "../i18n.js";
import { h, iconButton, math } from "../dom.js";
import { plain } from "../format.js";

const TICKS = 1000;

export function bounds(schema) {
  return [schema.minimum ?? schema.exclusiveMinimum, schema.maximum ?? schema.exclusiveMaximum];
}

function toSlider(schema, value) {
  const [low, high] = bounds(schema);
  const part = schema.scale === "log"
    ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(TICKS * Math.min(1, Math.max(0, part)));
}

function fromSlider(schema, ticks) {
  const [low, high] = bounds(schema);
  const part = ticks / TICKS;
  if (schema.scale === "log") return Number((low * (high / low) ** part).toPrecision(3));
  const value = low + part * (high - low);
  if (!schema.step) return Number(value.toPrecision(4));
  const digits = Math.max(0, -Math.floor(Math.log10(schema.step)));
  return Number((Math.round(value / schema.step) * schema.step).toFixed(digits));
}

// What is wrong with a typed value, as a text, or null.
export function problem(schema, text) {
  const value = Number(text.trim().replace(",", "."));
  const [low, high] = bounds(schema);
  if (text.trim() === "" || !Number.isFinite(value)) return t("field.number");
  const under = schema.minimum !== undefined ? value < low : value <= low;
  const over = schema.maximum !== undefined ? value > high : value >= high;
  return under || over ? t("field.range", { low: plain(low), high: plain(high) }) : null;
}

export function parameterControl({ name, schema, value, touched, onInput, onReset }) {
  const title = localize(schema.titles);
  const unit = schema.unit ? `, ${localize(schema.unit)}` : "";
  const id = `parameter-${name}`;
  const message = h("p", { class: "field-error", id: `${id}-error`, role: "alert" });
  const slider = h("input", { type: "range", min: 0, max: TICKS, step: 1,
    value: toSlider(schema, value), "aria-label": title, class: "slider",
    dataset: { parameter: name } });
  const field = h("input", { type: "text", inputmode: "decimal", class: "number", id,
    value: plain(value), "aria-describedby": `${id}-error`, autocomplete: "off",
    dataset: { parameter: name } });
  const reset = iconButton("reset", t("field.reset"), () => onReset(), { class: "icon-button tiny" });
  const showReset = (visible) => { reset.style.visibility = visible ? "visible" : "hidden"; };
  showReset(touched);

  function tell(text) {
    message.textContent = text ?? "";
    field.setAttribute("aria-invalid", String(Boolean(text)));
  }
  slider.addEventListener("input", () => {
    const next = fromSlider(schema, Number(slider.value));
    field.value = plain(next);
    slider.setAttribute("aria-valuetext", field.value);
    showReset(true);
    tell(null);
    onInput(next);
  });
  field.addEventListener("input", () => {
    const wrong = problem(schema, field.value);
    tell(wrong);
    if (wrong) return;
    const next = Number(field.value.trim().replace(",", "."));
    slider.value = toSlider(schema, next);
    showReset(true);
    onInput(next);
  });

  const element = h("div", { class: "parameter", dataset: { control: name } },
    h("label", { for: id, class: "parameter-name", title: title + unit },
      schema.symbol_mathml ? math(schema.symbol_mathml) : null, " ", title + unit),
    slider, reset, field, message);
  return {
    element,
    tell,
    // A value from outside, unless the person is typing right here.
    set(next, isTouched) {
      showReset(isTouched);
      if (document.activeElement === field) return;
      field.value = plain(next);
      if (document.activeElement !== slider) slider.value = toSlider(schema, next);
      tell(null);
    },
  };
}
