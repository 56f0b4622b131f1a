// The whole state in the address, readable by people: a copied link reopens the same picture.

import { createCodec } from "../core/codec.js";
import { sceneFields } from "../scenes/address.js";
import { appearanceFields } from "../shell/fields.js";
import { isUnmeasured } from "./bringing.js";
import { fieldsOf, legacyName } from "./fields.js";
import { defaultState } from "./state.js";

const TOLD = 60;

/** @typedef {import("./types.js").State} State */

/** @param {import("./types.js").Catalog} catalog */
export function createDescentCodec(catalog) {
  const codec = createCodec(
    [...fieldsOf(catalog), ...sceneFields, ...appearanceFields],
    legacyName,
  );
  return {
    // The state that an address asks for, and what of it cannot be used, which is at its default.
    /** @param {string} hash */
    read(hash) {
      const state = defaultState(catalog);
      const given = { starts: 0, runs: 0 };
      /** @type {string[]} */
      const wrong = [];
      const tell = (/** @type {string} */ what) => wrong.push(what.slice(0, TOLD));
      const problems = codec.read(hash, state, { catalog, given, tell });
      state.selectedStart = Math.min(state.selectedStart, state.starts.length - 1);
      state.ownStart = given.starts === 0 && isUnmeasured(state);
      return { state, problems: [...wrong, ...problems] };
    },
    write: (/** @type {Readonly<State>} */ state) => codec.write(state, { catalog }),
  };
}
