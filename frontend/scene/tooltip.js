// What stands under the pointer: a point of a path, or the place itself.

import { swatch } from "../charts/swatch.js";
import { h } from "../core/dom.js";
import { coordinate, integer, quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

// `names` answers what the two coordinates are called.
export function createTooltip(element, names) {
  const title = () => t("tooltip.place", { x: names()[0], y: names()[1] });

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
    showPoint({ curve, index }, clientX, clientY, [dx, dy] = [3, 3]) {
      const { trajectory, run, start } = curve;
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
    // `loss` comes as text: how many digits it has depends on the picture.
    showPlace([x, y], loss, slope, [dx, dy], clientX, clientY) {
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
      );
      place(clientX, clientY);
    },
  };
}

// A value of the grid on screen, its height or its gradient, at a place: bilinear between points.
export function valueAt(grid, name, x, y) {
  if (!grid?.[name]) return null;
  const index = (axis, value) =>
    ((value - axis[0]) / (axis[axis.length - 1] - axis[0])) * (axis.length - 1);
  const [u, v] = [index(grid.x, x), index(grid.y, y)];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  if (i < 0 || j < 0 || i >= grid.x.length - 1 || j >= grid.y.length - 1) return null;
  const [a, b] = [u - i, v - j];
  const at = (row, column) => grid[name][row * grid.x.length + column];
  return (
    (1 - b) * ((1 - a) * at(j, i) + a * at(j, i + 1)) +
    b * ((1 - a) * at(j + 1, i) + a * at(j + 1, i + 1))
  );
}
