// One trained network or two side by side, on shared axes.

import { runStyle } from "../../charts/palette.js";
import { h } from "../../core/dom.js";
import { createColumn } from "./column.js";
import { sharedScales } from "./model.js";
import { createReading } from "./reading.js";

const NAMES = ["first", "second"];

/**
 * @typedef {{ run: import("./model.js").Run, label: string, key: string }} Labelled
 *
 * @typedef {object} Context
 * @property {"light" | "dark"} theme
 * @property {(step: number) => void} onSeek
 * @property {{ isOpen: boolean, numbers: { isOpen: boolean } }} fold What is open:
 *   the histograms, and the numbers.
 */

/** @param {Labelled[]} trained @param {Context} context */
export function createResults(trained, { theme, onSeek, fold }) {
  const runs = trained.map(({ run }) => run);
  const reading = createReading();
  const shared = {
    theme,
    runs,
    scales: sharedScales(runs),
    onSeek,
    reading,
    isOpen: fold.isOpen,
    numbers: fold.numbers,
  };
  // Both fold together, so that rows stay level.
  /** @param {string} what @param {boolean} isOpen */
  const folded = (what, isOpen) => {
    for (const { element } of columns) {
      const part = /** @type {HTMLDetailsElement | null} */ (element.querySelector(what));
      if (part) part.open = isOpen;
    }
  };
  const columns = trained.map((one, index) =>
    createColumn(one, {
      ...shared,
      style: { ...runStyle(index, theme), name: NAMES[index] },
      onOpen: (/** @type {boolean} */ isOpen) =>
        folded(".trained-histograms", (fold.isOpen = isOpen)),
      onNumbers: (/** @type {boolean} */ isOpen) =>
        folded(".in-numbers", (fold.numbers.isOpen = isOpen)),
    }),
  );
  const element = h(
    "div",
    { class: "trained-runs", dataset: { count: columns.length } },
    columns.map((column) => column.element),
    reading.element,
  );
  return {
    element,
    outcome: columns.map((column) => column.outcome).join(" "),
    length: Math.max(...runs.map(({ count }) => count)),
    layout: () => columns.forEach((column) => column.layout()),
    draw: (/** @type {number} */ step) => columns.forEach((column) => column.draw(step)),
  };
}
