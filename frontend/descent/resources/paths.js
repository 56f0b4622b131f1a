// The paths of the race, for one surface: those of another are gone as soon as it is chosen.

import { requestPaths } from "../simulation.js";

export const createPaths = ({ catalog, of }) => ({
  name: "paths",
  key: of.pathsKey,
  family: of.surface,
  ask: (state, { signal }) => requestPaths(catalog, state, signal),
});
