// The Descent page with the same surface, start and run, as an address.

import { createCodec, field, whole } from "../core/codec.js";
import { surfaceFields } from "../runs/fields.js";
import { runToText } from "../runs/text.js";
import { inLooks } from "../shell/navigation.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Catalog} Catalog
 */

const codec = createCodec(
  /** @type {import("../core/codec.js").Field<any, any, any, any>[]} */ ([
    ...surfaceFields,
    {
      name: "start",
      read: () => false,
      write: ({ starts }) => starts.map((/** @type {number[]} */ start) => start.join(",")),
    },
    { name: "run", read: () => false, write: ({ run }, { catalog }) => [runToText(catalog, run)] },
    field({ name: "steps", fallback: null, read: whole(1, 1e6) }),
    field({ name: "seed", fallback: 0, read: whole(0, 2 ** 32 - 1) }),
    field({ name: "precision", fallback: "float64", read: () => undefined }),
  ]),
);

/** @param {Catalog} catalog @param {Readonly<State>} state */
export const laboratoryAddress = (catalog, state) =>
  inLooks(`./${codec.write(state, { catalog })}`, state);
