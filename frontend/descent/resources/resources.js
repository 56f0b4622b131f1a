// All that this page asks the server, in the order in which one answer decides of the next.

import { createResources } from "../../core/resources.js";
import { createScenario } from "../../scenes/scene.js";
import { createMaps } from "../maps/resource.js";
import { createAnatomy } from "./anatomy.js";
import { createGrid } from "./grid.js";
import { createBatch, createCurvature, createProbe } from "./looking.js";
import { createMeasure } from "./measure.js";
import { createPaths } from "./paths.js";
import { createSearch } from "./search.js";

/**
 * @param {Parameters<typeof createResources>[2] & {
 *   catalog: import("../types.js").Catalog,
 *   store: import("../../core/store.js").Store<import("../types.js").State>,
 *   selectors: import("../selectors.js").Selectors,
 *   modelOf: import("./looking.js").Page["modelOf"],
 *   onFound: (found: import("../tuning/types.js").Found) => void,
 * }} page
 */
export function createDescentResources({ catalog, store, selectors, modelOf, onFound, ...events }) {
  const { of, looked } = selectors;
  return createResources(
    store,
    [
      createMeasure({ store }),
      // What takes longest is asked for first.
      createMaps({ catalog, of }),
      createGrid({ catalog, of, store }),
      createPaths({ catalog, of }),
      createProbe({ of, looked, modelOf }),
      createBatch({ of, looked, modelOf }),
      createCurvature({ of }),
      createAnatomy({ catalog, looked, shownStart: selectors.shownStart, modelOf }),
      createSearch({ catalog, onFound }),
      createScenario(),
    ],
    events,
  );
}
