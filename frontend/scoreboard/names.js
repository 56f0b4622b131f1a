// What runs of an answer are called, and how they are drawn.

import { runStyle } from "../charts/palette.js";
import { conventionName } from "../i18n/conventions.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { CONSTANT, defaultConvention, optimizerOf } from "../runs/run.js";

/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

/** Where both are compared, a run at its default is dashed. */
const AT_DEFAULT = [5, 4];

/** A run by its optimizer and all numbers that are its own. @param {import("../api/answers.js").Catalog} catalog
 * @param {import("./state.js").Run} run */
function nameOf(catalog, run) {
  const optimizer = optimizerOf(catalog, run);
  const { properties } = optimizer.parameters;
  const title = localize(optimizer.title);
  const convention =
    run.convention === defaultConvention(optimizer) ? "" : ` · ${conventionName(run.convention)}`;
  const numbers = Object.entries(run.numbers).map(([name, value]) =>
    typeof value === "boolean"
      ? localize(properties[name].titles).toLowerCase()
      : t("name.number", { symbol: properties[name].symbol_text, value: quantity(value, 3) }),
  );
  const schedule = catalog.schedules.find(({ id }) => id === run.schedule);
  const besides = [
    run.schedule === CONSTANT ? "" : localize(schedule?.title).toLowerCase(),
    ...Object.entries(run.regularization).map(([name, value]) =>
      value > 0 ? `${t(`penalty.${name}`)} ${quantity(value, 3)}` : "",
    ),
    run.batch === null ? "" : t("name.batch", { size: run.batch }),
  ].filter(Boolean);
  return run.label ?? [title + convention, ...numbers, ...besides].join(", ");
}

/** Names of runs, numbered where nothing tells two of them apart.
 * @param {import("../api/answers.js").Catalog} catalog
 * @param {readonly import("./state.js").Run[]} runs */
export function namesOf(catalog, runs) {
  const names = runs.map((run) => nameOf(catalog, run));
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name)
      ? name
      : `${name} (${names.slice(0, i + 1).filter((one) => one === name).length})`,
  );
}

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
