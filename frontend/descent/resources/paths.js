// The paths of the race, for one surface: those of another are gone as soon as it is chosen.

import { requestPaths } from "../simulation.js";

/**
 * @param {object} page
 * @param {import("../types.js").Catalog} page.catalog
 * @param {import("../selectors.js").Selectors["of"]} page.of
 * @returns {import("../../core/resources.js").Resource<import("../types.js").State, import("../types.js").Race>}
 */
export const createPaths = ({ catalog, of }) => ({
  name: "paths",
  key: of.pathsKey,
  family: of.surface,
  ask: (state, { signal }) => requestPaths(catalog, state, signal),
});
