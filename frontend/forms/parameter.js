// The control that a JSON Schema asks for: a slider and a field for a number, a list for a word, a
// box for a yes or no. Bounds, scale, step, unit, symbol and titles all come from the schema.

import { localize } from "../i18n/i18n.js";
import { choice, toggle } from "./choice.js";
import { numberField } from "./number.js";

/**
 * @typedef {object} ControlProps
 * @property {string} name
 * @property {string} [group] Tells controls apart whose numbers share a name, such as two decays.
 * @property {import("./schema.js").Schema} schema
 * @property {any} value
 * @property {boolean} [touched] Whether the value is other than its default.
 * @property {import("./schema.js").Range} [range] Where the slider runs on the surface shown.
 * @property {string | null} [error] Why the server refused the value.
 * @property {string} [identity] Of what it is a number, as of one run.
 * @property {boolean} [hidden]
 * @property {(value: any) => void} onInput
 * @property {() => void} [onReset]
 */

/** @param {ControlProps} props */
export function control({
  name,
  group = "",
  schema,
  value,
  touched = false,
  range,
  error,
  identity,
  hidden,
  onInput,
  onReset = () => {},
}) {
  const parameter = group ? `${group}.${name}` : name;
  const id = `parameter-${parameter}`;
  const title = localize(schema.titles);
  const shared = { id, title, value, hidden, parameter, onInput };
  if (schema.labels) {
    const options = (schema.enum ?? []).map((word) => ({
      value: word,
      title: localize(schema.labels?.[word]),
    }));
    return choice({ ...shared, name: parameter, error, options });
  }
  if (schema.type === "boolean") return toggle({ ...shared, name: parameter });
  const unit = schema.unit ? `, ${localize(schema.unit)}` : "";
  return numberField({
    ...shared,
    title: title + unit,
    symbol: schema.symbol_mathml,
    note: schema.note ? localize(schema.note) : null,
    schema,
    touched,
    range,
    error,
    identity,
    onReset,
  });
}
