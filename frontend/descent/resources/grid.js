// The picture: heights, level lines and colours over what is seen of the plane.

import { penaltiesOf, requestGrid } from "../simulation.js";
import { isCurrent, isMeasured, knownRates, namesOf } from "../state.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Picture} Picture
 */

/**
 * @param {object} page
 * @param {import("../types.js").Catalog} page.catalog
 * @param {import("../selectors.js").Selectors["of"]} page.of
 * @param {import("../../core/store.js").Store<State>} page.store
 * @returns {import("../../core/resources.js").Resource<State, Picture>}
 */
export const createGrid = ({ catalog, of, store }) => ({
  name: "grid",
  key: of.gridKey,
  async ask(state, { signal }) {
    // There is a key, and so a range.
    const range = /** @type {Picture["range"]} */ (of.range(state));
    const answer = await requestGrid(state, range, signal);
    const { l2, l1 } = penaltiesOf(state);
    return {
      ...answer,
      range,
      apart: of.apart(state),
      surface: state.surface,
      // What tells its surface from others.
      key: of.surface(state),
      ground: state.ground,
      names: namesOf(catalog, state),
      penalised: l2 > 0 || l1 > 0,
    };
  },
  // Default rates follow the parameters: the answer says what they are now.
  onReady(grid, asked) {
    store.update((state) =>
      isMeasured(state) || isCurrent(state) || state.parameters !== asked.parameters
        ? {}
        : { rates: knownRates(state, grid.rates) },
    );
  },
});
