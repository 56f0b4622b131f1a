// The reader's own points: a pasted table, what is taken of it, and how it was read or why it was not.

import { t } from "../i18n/i18n.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { pastedTable } from "./pasted.js";
import { refusalWords } from "./reading.js";

const EXAMPLES = ["x, y\n0, 1.2\n1, 2.9\n2, 5.1", "x1, x2, label\n1, 2, 1\n-1, 0.5, 0\n0, -2, 0"];

/**
 * Whether two texts begin alike: what was chosen for the columns of the one holds for the other.
 *
 * @param {string} one
 * @param {string} other
 */
export const beginAlike = (one, other) => firstLine(one) === firstLine(other);

/** @param {string} text */
const firstLine = (text) => text.split(/[\r\n]/, 1)[0];

/**
 * @param {object} props
 * @param {string[]} props.roles What the columns are: x and y, or x1, x2 and label.
 * @param {number} props.rows At most.
 * @param {number} props.characters At most.
 * @param {string} props.value The text as the state has it.
 * @param {string} props.identity Of what it is: a draft of another one is not kept.
 * @param {any} props.refusal Why the server refused it, or null.
 * @param {any} props.read How the server read it, or null.
 * @param {number[] | null} props.columns Those that were chosen.
 * @param {ReturnType<typeof import("./reading.js").createReading>} props.reading
 * @param {(text: string) => void} props.onInput
 */
export function ownPoints({ roles, rows, characters, value, identity, refusal, ...more }) {
  const { read, columns: chosen, reading, onInput } = more;
  const columns = roles.join(", ");
  return html`<p class="hint">${t("points.hint", { columns, rows })}</p>
    ${pastedTable({
      id: "points",
      identity,
      value,
      label: t("points.label", { columns }),
      placeholder: EXAMPLES[roles.length === 2 ? 0 : 1],
      maxlength: characters,
      error: refusal,
      say: (error) => t("points.wrong", { message: refusalWords(error) }),
      onInput,
      below: (error, isEmpty) =>
        html`<div class="points-reading" aria-live="polite">${
          error
            ? reading.offer(error, roles, chosen)
            : read && !isEmpty
              ? reading.told(read, roles)
              : nothing
        }</div>`,
    })}`;
}
