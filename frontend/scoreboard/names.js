// What runs of an answer are called, and how they are drawn.

import { runStyle } from "../charts/palette.js";
import { optimizerOf } from "../runs/run.js";
import { namesOf as runNames } from "../runs/traits.js";

/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

/** Where both are compared, a run at its default is dashed. */
const AT_DEFAULT = [5, 4];

/** Names of runs, which say all that somebody chose. @param {import("../api/answers.js").Catalog} catalog
 * @param {readonly import("./state.js").Run[]} runs */
export const namesOf = (catalog, runs) =>
  runNames(
    catalog,
    runs,
    {
      // A default rate is each surface's own.
      defaultOf: (run, name) =>
        optimizerOf(catalog, run).conventions[run.convention].defaults[name],
      batchOf: ({ batch }) => batch,
    },
    { isOwnSaid: true },
  );

/**
 * @typedef {object} Column One run of an answer.
 * @property {string} name
 * @property {import("../charts/palette.js").RunStyle} style
 * @property {Scoreboard["standings"][number]} standing
 * @property {number} index Of its cells.
 */

/**
 * @param {Scoreboard} answer
 * @param {readonly import("./state.js").Run[]} runs Its own.
 * @param {import("../api/answers.js").Catalog} catalog
 * @param {"light" | "dark"} theme
 * @returns {Column[]}
 */
export function columnsOf({ standings, tuning }, runs, catalog, theme) {
  const areBoth = tuning !== null && standings.some(({ tuned }) => !tuned);
  const names = namesOf(catalog, runs);
  return standings.map((standing, index) => {
    const style = runStyle(standing.run, theme);
    return {
      name: names[standing.run],
      style: areBoth && !standing.tuned ? { ...style, dash: AT_DEFAULT } : style,
      standing,
      index,
    };
  });
}

/** Those whose rates are tuned, or those at their defaults; all where there is one kind alone.
 * @param {Column[]} columns @param {boolean} tuned */
export function ofKind(columns, tuned) {
  const found = columns.filter(({ standing }) => standing.tuned === tuned);
  return found.length > 0 ? found : columns;
}
