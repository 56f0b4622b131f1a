// The state in the address: #q=momentum&write=1&course=…&lang=ru. A course is packed, written out as
// JSON, or the address of a file.

import { createCodec, field, flag } from "../core/codec.js";
import { appearanceFields } from "../shell/fields.js";
import { defaultState } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** Characters that are looked for, at most. */
const LONGEST = 100;

/** @param {Readonly<State>} state */
const courseText = ({ asked, opened, course }) =>
  asked ?? (opened?.course === course ? opened.text : null);

const codec = createCodec([
  field({
    name: "q",
    key: "query",
    fallback: "",
    read: (text) => (text.length <= LONGEST ? text : undefined),
  }),
  field({
    name: "write",
    key: "writing",
    fallback: false,
    read: flag,
    write: (on) => (on ? "1" : "0"),
  }),
  {
    name: "course",
    read(draft, text) {
      draft.asked = text;
      draft.writing = true;
      return text !== "";
    },
    write(state) {
      const text = courseText(state);
      return text === null ? [] : [text];
    },
  },
  ...appearanceFields,
]);

/** @param {string} hash */
export function read(hash) {
  const state = defaultState();
  const problems = codec.read(hash, state, undefined);
  return { state, problems };
}

/** @param {Readonly<State>} state */
export const write = (state) => codec.write(state, undefined);
