// What happened to the units of a network as it trained: told as it is played.

import { drawItems } from "../../charts/canvas.js";
import { eventItems, placeEvents } from "../../charts/events.js";
import { measures } from "../../charts/measures.js";
import { inks, runStyle } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { selector } from "../../core/selectors.js";
import { createEventsList, played } from "../../shell/events.js";

/**
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 */

/** @param {Run} run @param {Scene} scene @returns {import("./model.js").Panel} */
export function createEvents({ events, count }, { style, onSeek }) {
  const element = h("div", { class: "events" });
  const list = createEventsList(element, onSeek);
  return {
    element,
    layout() {},
    draw: (step) => list.show({ color: style.color, list: played(events, step, count) }, step),
  };
}

/** Those on the slider, each in the colour of its network. */
export const createMarks = () =>
  selector(
    (
      /** @type {readonly import("../state.js").Trained[]} */ trained,
      /** @type {number} */ step,
      /** @type {Scene["theme"]} */ theme,
    ) => [trained, step, theme],
    (trained, step, theme) => {
      const list = trained.flatMap(({ run }, index) =>
        played(run.events, step, run.count).map((one) => ({
          ...one,
          color: runStyle(index, theme).color,
        })),
      );
      return { color: runStyle(0, theme).color, list };
    },
  );

/**
 * Their diamonds, over a line of the values at steps 0, 1, ….
 *
 * @param {CanvasRenderingContext2D} context
 * @param {import("./timeline.js").Axes} axes
 * @param {Run} run
 * @param {ArrayLike<number>} values
 * @param {Pick<Scene, "theme" | "style">} look
 */
export function drawEvents(context, { px, py, width }, run, values, { theme, style }) {
  const { line, font, family } = measures();
  const pixels = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i += 1) {
    // Where the line begins or is highest its diamond is still in sight.
    pixels[2 * i] = Math.min(Math.max(px(i), 0.7 * font), width - 0.7 * font);
    pixels[2 * i + 1] = Math.max(py(values[i]), 2 * font);
  }
  const list = played(run.events, run.count, run.count);
  const trails = [{ trajectory: run, pixels, count: values.length }];
  const events = { key: 0, trajectory: /** @type {any} */ (run), color: style.color, list };
  const placed = placeEvents(events, trails, measures());
  const items = eventItems(placed, {
    color: style.color,
    halo: inks(theme).halo,
    measures: measures(),
  });
  context.lineWidth = line;
  drawItems(context, items, family);
}
