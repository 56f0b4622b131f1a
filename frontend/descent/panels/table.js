// The race in numbers: one row a run, for the selected start, as it stands at the step. How it
// will end stays out of sight until the race is at its end, unless the reader wants to see it.

import { signed } from "../../charts/swatch.js";
import { h, iconButton, renew } from "../../core/dom.js";
import { isSame } from "../../core/selectors.js";
import { integer, place, quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { lowest } from "../../scene/geometry.js";

/**
 * @typedef {import("./types.js").Minimum} Minimum
 * @typedef {import("./types.js").Outcome} Outcome
 * @typedef {import("./types.js").ShownRun} ShownRun
 * @typedef {import("./types.js").Trajectory} Trajectory
 *
 * @typedef {object} Props
 * @property {ShownRun[]} runs
 * @property {number} selectedStart
 * @property {number[][]} starts
 * @property {Minimum[]} minima
 * @property {number} steps
 * @property {number} tolerance
 * @property {string | null} missing Why there are no paths; empty while they are awaited, null where
 *   there are.
 * @property {boolean} isAwaited Whether they come by themselves once the server is ready.
 * @property {number | null} selectedRun
 * @property {boolean} reveal Whether the end is told before the race is there.
 * @property {string | null} language
 *
 * @typedef {"loss" | "final" | "steps" | "distance" | "length" | "outcome"} Column
 *
 * @typedef {object} Row
 * @property {Trajectory} trajectory
 * @property {Record<Column, HTMLTableCellElement>} cells
 * @property {HTMLButtonElement} button
 * @property {HTMLTableRowElement} element
 * @property {number} key
 * @property {string} name
 * @property {Outcome | null} outcome
 * @property {Float64Array} sums Lengths of the path up to each point.
 * @property {Int32Array} since See `within`.
 */

const COLUMNS = ["run", "loss", "final", "steps", "distance", "length", "outcome"];
// Told apart without colour, and where there is no room for words.
/** @type {Record<Outcome["id"], string>} */
const SIGNS = {
  minimum: "✓",
  local_minimum: "∪",
  saddle: ")(",
  maximum: "∩",
  flat: "—",
  descending: "↓",
  oscillating: "↕",
  growing: "↑",
  not_finite: "✕",
  no_derivative: "∠",
  no_step: "∅",
};

// To the nearest of the lowest ones: a local minimum is not what was looked for.
/** @param {Minimum[]} minima @param {number} x @param {number} y */
const distanceTo = (minima, x, y) =>
  minima.length === 0
    ? null
    : Math.min(...minima.map((minimum) => Math.hypot(x - minimum.x, y - minimum.y)));

/** @param {Trajectory} trajectory */
function lengths({ x, y }) {
  const sums = new Float64Array(x.length);
  for (let i = 1; i < x.length; i += 1) {
    sums[i] = sums[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
  }
  return sums;
}

// For each point the first step of the unbroken stretch within the tolerance that it ends; −1
// where it is outside.
/** @param {Trajectory} trajectory @param {number} tolerance */
function within({ gradient_norm: norms }, tolerance) {
  const since = new Int32Array(norms.length).fill(-1);
  for (let i = 0; i < norms.length; i += 1) {
    if (norms[i] <= tolerance) since[i] = i > 0 && since[i - 1] >= 0 ? since[i - 1] : i;
  }
  return since;
}

// The outcome of a path as it stands at a step of a race of so many.
/** @param {Trajectory} trajectory @param {number} step @param {number} steps */
function outcomeAt({ outcome, outcomes }, step, steps) {
  if (step >= steps) return outcome;
  let index = outcomes.length - 1;
  while (index > 0 && outcomes[index].at > step) index -= 1;
  return outcomes[index];
}

/** @type {Props} */
const NOTHING = {
  runs: [],
  selectedStart: 0,
  starts: [],
  minima: [],
  steps: 0,
  tolerance: 0,
  missing: "",
  isAwaited: false,
  selectedRun: null,
  reveal: false,
  language: null,
};

/**
 * @param {HTMLElement} section
 * @param {object} on
 * @param {(key: number) => void} on.onSelect Told the key of a row that was chosen.
 * @param {(reveal: boolean) => void} on.onReveal Told whether the end is to be seen.
 */
export function createTable(section, { onSelect, onReveal }) {
  /** @type {Row[]} */
  let rows = [];
  let scene = NOTHING;
  let sentence = h("p", { class: "hint sentence" });
  let drawnStep = 0;

  /** @param {Row} row @param {number} step */
  function drawOutcome(row, step) {
    const outcome = outcomeAt(row.trajectory, step, scene.steps);
    if (row.outcome === outcome) return;
    row.outcome = outcome;
    const [word, text] = [t(`outcome.${outcome.id}`), localize(outcome.text)];
    const said = { title: text, role: "img", "aria-label": `${word}. ${text}` };
    row.element.dataset.outcome = outcome.id;
    row.cells.outcome.replaceChildren(
      h(
        "span",
        { class: `outcome ${outcome.id}`, ...said },
        h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[outcome.id]),
        " ",
        h("span", { class: "word" }, word),
      ),
    );
    tellSelected(row);
  }

  // What became of the selected run, in a sentence.
  /** @param {Row} row */
  function tellSelected({ key, name, outcome, trajectory }) {
    if (key !== scene.selectedRun || outcome === null) return;
    const isEnd = outcome === trajectory.outcome;
    const step = integer(isEnd ? scene.steps : outcome.at);
    sentence.replaceChildren(
      h("b", {}, t(isEnd ? "table.at_end" : "table.since", { name, step })),
      localize(outcome.text),
    );
  }

  /** @param {number} step */
  function draw(step) {
    drawnStep = step;
    const isKnown = scene.reveal || step >= scene.steps;
    section.dataset.end = isKnown ? "shown" : "hidden";
    for (const row of rows) {
      const { trajectory, sums, since, cells } = row;
      const at = Math.min(step, trajectory.loss.length - 1);
      cells.loss.textContent = quantity(trajectory.loss[at]);
      cells.final.textContent = isKnown ? quantity(trajectory.final.loss) : "·";
      const reached = isKnown ? trajectory.converged_at : since[at];
      cells.steps.textContent = integer(reached === -1 ? null : reached);
      cells.distance.textContent = quantity(
        distanceTo(lowest(scene.minima), trajectory.x[at], trajectory.y[at]),
      );
      cells.length.textContent = quantity(sums[at]);
      drawOutcome(row, step);
    }
  }

  const heading = (/** @type {string} */ name) =>
    h(
      "th",
      {
        scope: "col",
        class: `column-${name}`,
        title: t(`table.${name}.help`, { tolerance: quantity(scene.tolerance) }),
      },
      t(`table.${name}`),
      name !== "final"
        ? null
        : iconButton(
            scene.reveal ? "seen" : "unseen",
            t(scene.reveal ? "table.hide" : "table.reveal"),
            (event) => {
              event.stopPropagation();
              onReveal(!scene.reveal);
            },
            { id: "reveal", class: "icon-button tiny", "aria-pressed": String(scene.reveal) },
          ),
    );

  // A row is chosen by a click anywhere on it; its name is the button of those without a mouse.
  /** @param {ShownRun} run @returns {Row} */
  function rowOf(run) {
    const trajectory = run.trajectories[scene.selectedStart];
    const cells = /** @type {Row["cells"]} */ (
      Object.fromEntries(
        COLUMNS.slice(1).map((name) => [name, h("td", { class: `column-${name}` })]),
      )
    );
    const button = h(
      "button",
      { type: "button", class: "row-name", id: `table-run-${run.key}` },
      signed(run.style, run.name),
    );
    const element = h(
      "tr",
      { dataset: { run: run.key }, onclick: () => onSelect(run.key) },
      h("th", { scope: "row", class: "column-run" }, button),
      ...Object.values(cells),
    );
    return {
      trajectory,
      cells,
      button,
      element,
      key: run.key,
      name: run.name,
      outcome: null,
      sums: lengths(trajectory),
      since: within(trajectory, scene.tolerance),
    };
  }

  function select() {
    sentence.replaceChildren();
    for (const row of rows) {
      const isSelected = row.key === scene.selectedRun;
      row.element.classList.toggle("selected", isSelected);
      row.button.setAttribute("aria-pressed", String(isSelected));
      tellSelected(row);
    }
  }

  function hint() {
    if (scene.missing) return t(scene.isAwaited ? "race.awaited" : "table.missing");
    if (scene.runs.length === 0) return scene.missing === null ? t("table.empty") : "";
    return scene.minima.length === 0 ? t("table.no_minimum") : "";
  }

  /** @param {Props} props */
  function caption({ starts, selectedStart }) {
    const where = place(starts[selectedStart]);
    return h("caption", {}, t("table.start", { n: selectedStart + 1, place: where }));
  }

  function build() {
    sentence = h("p", { class: "hint sentence" });
    rows = scene.runs.filter((run) => run.trajectories[scene.selectedStart]).map(rowOf);
    renew(
      section,
      h(
        "table",
        {},
        scene.starts.length > 1 ? caption(scene) : null,
        h("thead", {}, h("tr", {}, COLUMNS.map(heading))),
        h(
          "tbody",
          {},
          rows.map(({ element }) => element),
        ),
      ),
      ...(rows.length > 0 ? [sentence] : []),
      h("p", { class: "hint" }, hint()),
    );
  }

  return {
    draw,
    /** @param {Props} next */
    show(next) {
      const { selectedRun: _, ...others } = next;
      const { selectedRun: __, ...before } = scene;
      scene = next;
      if (!isSame(others, before)) {
        build();
        draw(drawnStep);
      }
      select();
    },
  };
}
