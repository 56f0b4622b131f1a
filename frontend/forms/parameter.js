// Controls drawn from a JSON Schema: a slider and a field for a number, a list for a word.
// Bounds, scale, step, unit, symbol and titles all come from the schema.

import { h, iconButton, math } from "../core/dom.js";
import { read, field as shown } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";

const TICKS = 1000;
// A logarithmic slider that begins at 0 has this many decades above it.
const DECADES = 7;

export function bounds(schema) {
  return [schema.minimum ?? schema.exclusiveMinimum, schema.maximum ?? schema.exclusiveMaximum];
}

// Ends of the logarithmic part; under it there is only 0.
const logEnds = ([low, high]) => (low > 0 ? [low, high] : [high / 10 ** DECADES, high]);

// Where a slider runs: the field beside it takes all within the bounds.
const sliderEnds = (schema, range) => range ?? schema.slider ?? bounds(schema);

function toSlider(schema, ends, value) {
  let part;
  if (schema.scale === "log") {
    const [low, high] = logEnds(ends);
    part = value <= 0 ? 0 : Math.log(value / low) / Math.log(high / low);
  } else {
    const [low, high] = ends;
    part = (value - low) / (high - low);
  }
  return Math.round(TICKS * Math.min(1, Math.max(0, part)));
}

function fromSlider(schema, ends, ticks) {
  const part = ticks / TICKS;
  const [least, most] = ends;
  if (schema.scale === "log") {
    if (ticks === 0) return least;
    if (ticks === TICKS) return most;
    const [low, high] = logEnds(ends);
    const value = low * (high / low) ** part;
    return schema.type === "integer" ? Math.round(value) : Number(value.toPrecision(3));
  }
  const value = least + part * (most - least);
  if (schema.type === "integer") return Math.round(value);
  if (!schema.step) return Number(value.toPrecision(4));
  const digits = Math.max(0, -Math.floor(Math.log10(schema.step)));
  return Number((Math.round(value / schema.step) * schema.step).toFixed(digits));
}

// What is wrong with a typed value, as a text, or null.
export function problem(schema, text) {
  const value = read(text);
  const [low, high] = bounds(schema);
  if (text.trim() === "" || !Number.isFinite(value)) return t("field.number");
  if (schema.type === "integer" && !Number.isInteger(value)) return t("field.integer");
  const under = schema.minimum !== undefined ? value < low : value <= low;
  const over = schema.maximum !== undefined ? value > high : value >= high;
  return under || over ? t("field.range", { low: shown(low), high: shown(high) }) : null;
}

// `group` tells controls apart whose numbers share a name, such as two decays. `range` answers
// where the slider runs on the surface shown, if that surface has a word in it.
export function parameterControl({
  name,
  group = "",
  schema,
  value,
  touched,
  onInput,
  onReset,
  range = () => undefined,
}) {
  const ends = () => sliderEnds(schema, range());
  const title = localize(schema.titles);
  const unit = schema.unit ? `, ${localize(schema.unit)}` : "";
  const parameter = group ? `${group}.${name}` : name;
  const id = `parameter-${parameter}`;
  const message = h("p", { class: "field-error", id: `${id}-error`, role: "alert" });
  const slider = h("input", {
    type: "range",
    min: 0,
    max: TICKS,
    step: 1,
    value: toSlider(schema, ends(), value),
    "aria-label": title,
    class: "slider",
    dataset: { parameter },
  });
  const field = h("input", {
    type: "text",
    inputmode: "decimal",
    class: "number",
    id,
    value: shown(value),
    "aria-describedby": `${id}-error`,
    autocomplete: "off",
    dataset: { parameter },
  });
  const reset = iconButton("reset", t("field.reset"), () => onReset(), {
    class: "icon-button tiny",
  });
  const showReset = (visible) => {
    reset.style.visibility = visible ? "visible" : "hidden";
  };
  showReset(touched);

  function tell(text) {
    message.textContent = text ?? "";
    field.setAttribute("aria-invalid", String(Boolean(text)));
  }
  slider.addEventListener("input", () => {
    const next = fromSlider(schema, ends(), Number(slider.value));
    field.value = shown(next);
    slider.setAttribute("aria-valuetext", field.value);
    showReset(true);
    tell(null);
    onInput(next);
  });
  field.addEventListener("input", () => {
    const wrong = problem(schema, field.value);
    tell(wrong);
    if (wrong) return;
    const next = read(field.value);
    slider.value = toSlider(schema, ends(), next);
    showReset(true);
    onInput(next);
  });

  const element = h(
    "div",
    { class: "parameter", dataset: { control: parameter } },
    h(
      "label",
      { for: id, class: "parameter-name", title: title + unit },
      schema.symbol_mathml ? math(schema.symbol_mathml) : null,
      " ",
      title + unit,
    ),
    slider,
    reset,
    field,
    message,
    schema.note ? h("p", { class: "hint field-note" }, localize(schema.note)) : null,
  );
  return {
    element,
    tell,
    // A value from outside, unless the person is typing right here.
    set(next, isTouched) {
      showReset(isTouched);
      if (document.activeElement === field) return;
      field.value = shown(next);
      if (document.activeElement !== slider) slider.value = toSlider(schema, ends(), next);
      tell(null);
    },
  };
}

// A choice between the words of a schema.
function choiceControl({ name, group = "", schema, value, onInput }) {
  const parameter = group ? `${group}.${name}` : name;
  const id = `parameter-${parameter}`;
  const message = h("p", { class: "field-error", role: "alert" });
  const select = h(
    "select",
    { id, dataset: { parameter }, onchange: (event) => onInput(event.target.value) },
    schema.enum.map((word) =>
      h("option", { value: word, selected: word === value }, localize(schema.labels[word])),
    ),
  );
  const element = h(
    "div",
    { class: "choice", dataset: { control: parameter } },
    h("label", { for: id }, localize(schema.titles)),
    select,
    message,
  );
  return {
    element,
    tell(text) {
      message.textContent = text ?? "";
    },
    set(next) {
      select.value = next;
    },
  };
}

// A yes or no.
function switchControl({ name, schema, value, onInput }) {
  const id = `parameter-${name}`;
  const box = h("input", {
    type: "checkbox",
    id,
    checked: value,
    dataset: { parameter: name },
    onchange: (event) => onInput(event.target.checked),
  });
  return {
    element: h(
      "div",
      { class: "choice", dataset: { control: name } },
      h("label", { for: id }, localize(schema.titles)),
      box,
    ),
    tell() {},
    set(next) {
      box.checked = next;
    },
  };
}

// The control that a schema asks for.
export function controlFor(options) {
  if (options.schema.labels) return choiceControl(options);
  return options.schema.type === "boolean" ? switchControl(options) : parameterControl(options);
}
