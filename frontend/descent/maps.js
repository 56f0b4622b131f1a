// Where the selected run is mapped over its numbers, from the same start: the page of maps, by its address.

import { at } from "../api/root.js";
import { createCodec, field } from "../core/codec.js";
import { surfaceFields } from "../runs/fields.js";
import { runToText } from "../runs/text.js";
import { inLooks } from "../shell/navigation.js";
import { selectedOf } from "./state.js";

/** @type {import("../core/codec.js").Field<any, any, any, any>[]} */
const fields = [
  ...surfaceFields,
  {
    name: "start",
    read: () => false,
    write: ({ starts, selectedStart }) => [starts[selectedStart].join(",")],
  },
  {
    name: "run",
    read: () => false,
    write: (state, { catalog }) => [
      runToText(catalog, selectedOf(/** @type {import("./types.js").State} */ (state))),
    ],
  },
  field({ name: "steps", fallback: null, read: () => undefined }),
  field({ name: "seed", fallback: 0, read: () => undefined }),
];
const codec = createCodec(fields);

/** @param {import("./types.js").Catalog} catalog @param {Readonly<import("./types.js").State>} state */
export const mapsAddress = (catalog, state) =>
  at(inLooks(`maps.html${codec.write(state, { catalog })}`, state));
