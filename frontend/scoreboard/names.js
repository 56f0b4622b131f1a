// What runs of an answer are called, and how they are drawn.

import { runStyle } from "../charts/palette.js";
import { localize } from "../i18n/i18n.js";

/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

/** Where both are compared, a run at its default is dashed. */
const AT_DEFAULT = [5, 4];

/**
 * @typedef {object} Column One run of an answer.
 * @property {string} name
 * @property {import("../charts/palette.js").RunStyle} style
 * @property {Scoreboard["standings"][number]} standing
 * @property {number} index Of its cells.
 */

/**
 * @param {Scoreboard} answer
 * @param {readonly string[]} ids Of its optimizers.
 * @param {import("../api/answers.js").Catalog} catalog
 * @param {"light" | "dark"} theme
 * @returns {Column[]}
 */
export function columnsOf({ standings, tuning }, ids, { optimizers }, theme) {
  const areBoth = tuning !== null && standings.some(({ tuned }) => !tuned);
  return standings.map((standing, index) => {
    const style = runStyle(standing.run, theme);
    const entry = optimizers.find(({ id }) => id === ids[standing.run]);
    return {
      name: localize(entry?.title),
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
