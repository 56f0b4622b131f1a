// What the tooltip says of the place under the pointer: a point of a path, or the ground.

import { eventAt, placeEvents } from "../charts/events.js";
import { nearestPoint } from "../charts/picking.js";
import { decimalsFor } from "../i18n/format.js";
import { valueAt } from "./picking.js";
import { lossText } from "./scale.js";

const MOUSE = 14;
const FINGER = 24;

/**
 * @typedef {import("./projection.js").Spot} Spot
 *
 * @typedef {object} Seen What is on the picture now.
 * @property {import("./projection.js").Projection | null} projection
 * @property {import("./scene.js").Grid | null} grid
 * @property {import("./scene.js").SceneMap | null} map
 * @property {import("./scene.js").Path[]} paths
 * @property {number} step
 * @property {import("../charts/events.js").Events | null} events
 * @property {import("../charts/measures.js").Measures | null} measures
 */

/**
 * @param {HTMLElement} section
 * @param {import("../charts/tooltip.js").Tooltip} tooltip
 * @param {() => Seen} seen
 */
export function createHover(section, tooltip, seen) {
  /** @type {Spot | null} */
  let place = null;

  /** @param {Spot} spot @returns {Spot} */
  const onPage = ([x, y]) => {
    const box = section.getBoundingClientRect();
    return [box.left + x, box.top + y];
  };

  /** @param {Spot} spot @param {number} reach */
  function point(spot, reach) {
    const { projection, paths, step, events, measures } = seen();
    const event = measures && eventAt(placeEvents(events, paths, measures), spot);
    if (event) {
      tooltip.showEvent(event, ...onPage(spot));
      return true;
    }
    const near = projection && nearestPoint(paths, spot, step, reach);
    if (!near) return false;
    const { x, y } = projection.view;
    tooltip.showPoint(near, ...onPage(spot), [decimalsFor(x), decimalsFor(y)]);
    return true;
  }

  /** @param {Spot} spot */
  function ground(spot) {
    const { projection, grid, map } = seen();
    if (!projection || !grid) return tooltip.hide();
    const at = projection.toWorld(spot);
    const height = valueAt(grid, "heights", at);
    if (height === null) return tooltip.hide();
    const slope = valueAt(grid, "gradient", at);
    const { x, y } = projection.view;
    const decimals = [decimalsFor(x), decimalsFor(y)];
    const said = map?.says(at) ?? null;
    return tooltip.showPlace(
      at,
      lossText(grid, height),
      { slope, said },
      decimals,
      ...onPage(spot),
    );
  }

  return {
    /** @param {Spot} spot */
    tap: (spot) => point(spot, FINGER),
    /** @param {Spot | null} spot @param {boolean} isInside */
    hover(spot, isInside) {
      if (!spot || !isInside) {
        if (place !== null) tooltip.hide();
        place = null;
        return;
      }
      place = spot;
      if (!point(spot, MOUSE)) ground(spot);
    },
    // What is told of another picture is not left standing over this one.
    renew() {
      if (place === null) tooltip.hide();
      else this.hover(place, Boolean(seen().projection?.holds(place)));
    },
  };
}
