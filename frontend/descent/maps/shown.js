// What is seen of the maps: colours, what they are called, and how much of the area each has.

import { basinColors, runStyle } from "../../charts/palette.js";
import { selector } from "../../core/selectors.js";
import { place, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import {
  basinAt,
  colorsOfMinima,
  coloursOf,
  DIVERGED,
  ENDS,
  NONE,
  TIED,
  tiedOf,
  winnerAt,
} from "../../maps/colours.js";
import { channels, hex, mixed } from "../../maps/painting.js";
import { mostTied, sharesOf } from "../../maps/shares.js";
import { surfaceOf } from "../state.js";

/**
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("./types.js").Maps} Maps
 * @typedef {import("./types.js").MapOfRun} MapOfRun
 * @typedef {{ x: number, y: number, loss: number }} Minimum
 *
 * @typedef {object} Classes How a kind of map tells its classes apart.
 * @property {(fields: import("../../maps/filling.js").Filling["fields"], pixel: number) => number} classAt
 * @property {import("../../maps/colours.js").Look} look
 * @property {number[]} colors By class: which of the look's.
 * @property {string[]} names By class.
 * @property {number} most Steps.
 */

/** @type {Map<number, number>} */
const NO_SHARES = new Map();
// Paths in the runs' own colours are to be seen over it.
/** @param {string} color @param {import("../../charts/palette.js").Theme} theme */
const tinted = (color, theme) => {
  const ground = channels(theme === "dark" ? "#000000" : "#ffffff");
  return hex(mixed(channels(color), ground, 0.42));
};
/** Classes that a legend has room for; of more it names the largest. */
const MOST = 12;
const LARGEST = 5;

/**
 * @param {import("../types.js").Catalog} catalog
 * @param {import("../selectors.js").Selectors} selectors
 */
export function createMapsShown(catalog, selectors) {
  /** @param {MapOfRun} map @param {Model} model @returns {Minimum[]} */
  const minimaOf = ({ mapped: { told, answer } }, model) =>
    told.minima?.minima ??
    answer?.minima ??
    answer?.surface?.minima ??
    selectors.race(model)?.minima ??
    surfaceOf(catalog, model.state).minima ??
    [];

  const ofBasins = selector(
    (/** @type {Model} */ model) => {
      const value = /** @type {Maps} */ (model.answers.map.value);
      const minima = minimaOf(value.maps[0], model);
      return [JSON.stringify(minima), value.steps, model.theme, model.state.language];
    },
    /** @returns {Classes} */
    (text, most, theme, _language) => {
      const minima = /** @type {Minimum[]} */ (JSON.parse(text));
      const look = basinColors(theme);
      return {
        classAt: basinAt,
        look,
        colors: colorsOfMinima(minima, look.colors.length),
        names: minima.map(({ x, y }) => place([x, y].map((value) => Number(value.toPrecision(3))))),
        most,
      };
    },
  );

  const ofWinners = selector(
    (/** @type {Model} */ model) => [
      model.answers.map.value,
      selectors.of.names(model.state),
      model.state.runs,
      model.theme,
    ],
    /** @returns {Classes} */
    (value, names, runs, theme) => {
      const counted = /** @type {Maps} */ (value).runs.map((key) =>
        runs.findIndex((run) => run.key === key),
      );
      return {
        classAt: winnerAt,
        look: {
          ...basinColors(theme),
          colors: counted.map((at) => tinted(runStyle(runs[at]?.color ?? 0, theme).color, theme)),
        },
        colors: counted.map((_, index) => index),
        names: counted.map((at) => names[at] ?? ""),
        most: /** @type {Maps} */ (value).steps,
      };
    },
  );
  /** @type {Classes | null} */
  let lastWinners = null;

  /** @param {Model} model @returns {Classes | null} */
  function classesOf(model) {
    const { value } = model.answers.map;
    if (value === null || value.maps.length === 0) return null;
    if (value.kind === "basins") return ofBasins(model);
    const next = ofWinners(model);
    if (JSON.stringify(lastWinners) !== JSON.stringify(next)) lastWinners = next;
    return lastWinners;
  }

  /** One function for as long as map and colours are the same. */
  /** @type {WeakMap<object, { classes: Classes, colourOf: import("../../maps/painting.js").ColourOf }>} */
  const painted = new WeakMap();
  /** @param {MapOfRun} map @param {Classes} classes */
  function colourOf({ mapped: { filling } }, classes) {
    const known = painted.get(filling);
    if (known?.classes === classes) return known.colourOf;
    const { classAt, look, colors, most } = classes;
    const made = coloursOf(filling, { classAt, look, colorOf: (one) => colors[one] ?? one, most });
    painted.set(filling, { classes, colourOf: made });
    return made;
  }

  /**
   * Rows of the legend.
   *
   * @param {MapOfRun[]} maps
   * @param {Classes} classes
   * @param {boolean} isOfSeveral Then shares of one map are nobody's.
   * @returns {import("../../maps/legend.js").Row[]}
   */
  function rowsOf(maps, { classAt, look, colors, names }, isOfSeveral) {
    const found = maps.map(({ mapped: { filling } }) => sharesOf(filling, classAt));
    const shares = isOfSeveral ? NO_SHARES : found[0];
    /** Whether any has it. @param {number} one */
    const isSeen = (one) => found.some((some) => (some.get(one) ?? 0) > 0);
    const share = (/** @type {number} */ one) =>
      shares.size === 0 ? null : (shares.get(one) ?? 0);
    const isWinner = classAt === winnerAt;
    const all = names.map((title, one) => ({
      id: String(one),
      title,
      share: share(one),
      color: look.colors[colors[one]],
    }));
    const listed =
      all.length <= MOST
        ? all
        : [...all].sort((a, b) => (b.share ?? 0) - (a.share ?? 0)).slice(0, LARGEST);
    const rest = all.length - listed.length;
    const others =
      1 -
      [...listed.map(({ id }) => Number(id)), NONE, DIVERGED, TIED].reduce(
        (sum, one) => sum + (share(one) ?? 0),
        0,
      );
    return [
      ...listed,
      ...(rest > 0
        ? [
            {
              id: "others",
              title: t("maps.others", { count: rest }),
              share: others,
              color: "transparent",
            },
          ]
        : []),
      ...(share(TIED)
        ? [tiedRow(maps[0].mapped.filling, { look, colors, names }, share(TIED))]
        : []),
      ...(isSeen(NONE)
        ? [
            {
              id: "none",
              title: t(isWinner ? "maps.nobody" : "maps.none"),
              share: share(NONE),
              hatch: /** @type {const} */ ("none"),
            },
          ]
        : []),
      ...(isSeen(DIVERGED)
        ? [
            {
              id: "diverged",
              title: t("maps.out"),
              share: share(DIVERGED),
              hatch: /** @type {const} */ ("diverged"),
            },
          ]
        : []),
    ];
  }

  /** @param {MapOfRun["mapped"]["filling"]} filling @param {Pick<Classes, "look" | "colors" | "names">} classes
   * @param {number | null} share @returns {import("../../maps/legend.js").Row} */
  function tiedRow(filling, { look, colors, names }, share) {
    const runs = mostTied(filling);
    const [one, other] = runs.map((run) => look.colors[colors[run]]);
    const hint = runs.map((run) => names[run]);
    return {
      id: "tied",
      title: t("maps.tied"),
      share,
      ...{ color: one, other, hatch: "tied" },
      hint: hint.join(", "),
    };
  }

  // What a place of a map says, in words; null outside it, or where nothing is known.
  /** @param {MapOfRun} map @param {Classes} classes @param {[number, number]} at */
  function textAt({ view, mapped: { filling } }, { classAt, names }, [x, y]) {
    const { nx, ny, fields, known } = filling;
    const column = Math.round(((x - view.x[0]) / (view.x[1] - view.x[0])) * (nx - 1));
    const row = Math.round(((y - view.y[0]) / (view.y[1] - view.y[0])) * (ny - 1));
    if (column < 0 || row < 0 || column >= nx || row >= ny) return null;
    const pixel = row * nx + column;
    if (known[pixel] === 255) return null;
    const found = classAt(fields, pixel);
    const isWinner = classAt === winnerAt;
    if (found === DIVERGED) return t("maps.says_diverged");
    if (found === NONE) {
      return isWinner
        ? t("maps.says_nobody")
        : t(`maps.ends_at.${ENDS[fields.outcome?.[pixel]] ?? "moving"}`);
    }
    const steps = t("work.steps", { count: fields.steps?.[pixel] ?? 0 });
    if (found === TIED) {
      const tied = tiedOf(fields.together[pixel]).map((run) => names[run]);
      return t("maps.says_tied", { names: tied.join(", "), steps });
    }
    return t(isWinner ? "maps.says_winner" : "maps.says_minimum", {
      name: names[found] ?? quantity(found),
      steps,
    });
  }

  return { classesOf, colourOf, rowsOf, textAt };
}
