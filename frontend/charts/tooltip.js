// What stands under the pointer: a point of a path, or the place itself.

import { h } from "../core/dom.js";
import { coordinate, integer, quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { swatch } from "./swatch.js";

/**
 * @typedef {import("./runs.js").Run} Run
 * @typedef {import("./runs.js").Trajectory} Trajectory
 * @typedef {ReturnType<typeof createTooltip>} Tooltip
 */

/**
 * @param {HTMLElement} element
 * @param {() => [string, string]} names What the two coordinates are called.
 */
export function createTooltip(element, names) {
  const title = () => t("tooltip.place", { x: names()[0], y: names()[1] });

  /** @param {number} x @param {number} y */
  function place(x, y) {
    element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + 16 + width > innerWidth ? x - 12 - width : x + 16;
    const top = Math.max(4, Math.min(innerHeight - height - 4, y + 14));
    element.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
  }

  return {
    hide() {
      element.hidden = true;
    },
    /**
     * @param {{trail: {run: Run, start: number, trajectory: Trajectory}, index: number}} point
     * @param {number} clientX
     * @param {number} clientY
     * @param {number[]} [decimals] Of the two coordinates.
     */
    showPoint({ trail, index }, clientX, clientY, [dx, dy] = [3, 3]) {
      const { trajectory, run, start } = trail;
      const rate = trajectory.learning_rate[Math.max(0, index - 1)];
      const rows = [
        [t("tooltip.step"), integer(index)],
        [title(), `${coordinate(trajectory.x[index], dx)}; ${coordinate(trajectory.y[index], dy)}`],
        [t("tooltip.loss"), quantity(trajectory.loss[index], 4)],
        [t("tooltip.gradient"), quantity(trajectory.gradient_norm[index], 4)],
        [t("tooltip.rate"), rate === undefined ? "–" : quantity(rate, 4)],
      ];
      const several = run.trajectories.length > 1 ? ` · ${t("starts.one", { n: start + 1 })}` : "";
      element.replaceChildren(
        h("div", { class: "tooltip-title" }, swatch(run.style), run.name + several),
        h(
          "dl",
          {},
          rows.map(([key, value]) => [h("dt", {}, key), h("dd", {}, value)]),
        ),
      );
      place(clientX, clientY);
    },
    /**
     * @param {import("./events.js").Told} event
     * @param {number} clientX
     * @param {number} clientY
     */
    showEvent({ n, step, kind, text }, clientX, clientY) {
      element.replaceChildren(
        h("div", { class: "tooltip-title" }, `${n}. ${t(`event.${kind}`)}`),
        h("p", { class: "tooltip-text" }, t("events.at", { step: integer(step) }), localize(text)),
      );
      place(clientX, clientY);
    },
    /**
     * @param {[number, number]} place
     * @param {string} loss As text: how many digits it has depends on the picture.
     * @param {{ slope: number | null, said: string | null }} more Of the gradient, and in words.
     * @param {number[]} decimals
     * @param {number} clientX
     * @param {number} clientY
     */
    showPlace([x, y], loss, { slope, said }, [dx, dy], clientX, clientY) {
      element.replaceChildren(
        h(
          "dl",
          {},
          h("dt", {}, title()),
          h("dd", {}, `${coordinate(x, dx)}; ${coordinate(y, dy)}`),
          h("dt", {}, t("tooltip.loss")),
          h("dd", {}, loss),
          slope === null
            ? null
            : [h("dt", {}, t("tooltip.gradient")), h("dd", {}, quantity(slope, 4))],
        ),
        said === null ? "" : h("p", { class: "tooltip-text" }, said),
      );
      place(clientX, clientY);
    },
  };
}
