// The race in numbers: one row a run, for the selected start, following the step.

import { t } from "../i18n.js";
import { integer, quantity } from "../format.js";
import { h } from "../dom.js";
import { lowest } from "./geometry.js";
import { swatch } from "./swatch.js";

const COLUMNS = ["run", "loss", "final", "steps", "distance", "length", "status"];
const STATUS_SIGN = { converged: "✓", running: "…", diverged: "✕" };

// To the nearest of the lowest ones: a local minimum is not what was looked for.
const distanceTo = (minima, x, y) => minima.length === 0 ? null
  : Math.min(...minima.map((minimum) => Math.hypot(x - minimum.x, y - minimum.y)));

function statusText({ status, converged_at, diverged_at }) {
  const step = integer(status === "converged" ? converged_at : diverged_at);
  return { short: t(`status.${status}`), long: t(`status.${status}.long`, { step }) };
}

export function createTable(section) {
  let rows = [];
  let minima = [];

  function lengths({ x, y }) {
    const sums = new Float64Array(x.length);
    for (let i = 1; i < x.length; i += 1) {
      sums[i] = sums[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
    }
    return sums;
  }

  function draw(step) {
    for (const { trajectory, sums, cells } of rows) {
      const at = Math.min(step, trajectory.loss.length - 1);
      cells.loss.textContent = quantity(trajectory.loss[at]);
      cells.distance.textContent =
        quantity(distanceTo(minima, trajectory.x[at], trajectory.y[at]));
      cells.length.textContent = quantity(sums[at]);
    }
  }

  return {
    draw,
    show({ runs, selectedStart, minima: known, onSelect, selectedRun, step }) {
      minima = lowest(known);
      const head = h("tr", {}, COLUMNS.map((name) =>
        h("th", { scope: "col", class: `column-${name}`, title: t(`table.${name}.help`) },
          t(`table.${name}`))));
      rows = [];
      const body = runs.filter((run) => run.trajectories[selectedStart]).map((run) => {
        const trajectory = run.trajectories[selectedStart];
        const status = statusText(trajectory);
        const cells = Object.fromEntries(COLUMNS.slice(1).map((name) =>
          [name, h("td", { class: `column-${name}` })]));
        cells.final.textContent = quantity(trajectory.final.loss);
        cells.steps.textContent = integer(trajectory.converged_at);
        cells.status.append(h("span", { class: `status ${trajectory.status}`, title: status.long,
          role: "img", "aria-label": `${status.short}. ${status.long}` },
          h("span", { "aria-hidden": "true" }, STATUS_SIGN[trajectory.status]), " ",
          h("span", { class: "word" }, status.short)));
        rows.push({ trajectory, cells, sums: lengths(trajectory) });
        return h("tr", { "aria-selected": String(run.key === selectedRun),
          dataset: { run: run.key }, onclick: () => onSelect(run.key) },
          h("th", { scope: "row", class: "column-run" }, swatch(run.style, { compact: true }), run.name),
          ...Object.values(cells));
      });
      section.replaceChildren(
        h("table", {}, h("thead", {}, head), h("tbody", {}, body)),
        h("p", { class: "hint" }, runs.length === 0 ? t("table.empty")
          : minima.length === 0 ? t("table.no_minimum") : ""));
      draw(step);
    },
  };
}

