// The points and what each run makes of them at the current step: a line, a curve, a border.

import { h } from "../core/dom.js";
import { linearTicks } from "./axes.js";
import { createCanvas } from "./canvas.js";
import { startNote } from "./curves.js";
import { endNames, nameRoom, placeBeside, shortenFor } from "./end_names.js";
import { createLegend } from "./legend.js";
import { axisRoom, measures as measure, widest } from "./measures.js";
import { border, MODELS, widened } from "./models.js";
import { nameItems, nameOf, placeAround } from "./names.js";
import { inks, scaleOf } from "./palette.js";
import { drawAxes } from "./plotly.js";
import { equationOf, inUnits } from "./units.js";

/**
 * @typedef {import("./display_list.js").Frame} Frame
 * @typedef {import("./display_list.js").Item} Item
 * @typedef {import("./display_list.js").Spot} Spot
 * @typedef {import("./names.js").Wanted} Wanted
 * @typedef {import("./runs.js").Run} Run
 *
 * @typedef {object} Props
 * @property {Run[]} runs
 * @property {number} selectedStart
 * @property {number} selectedRun
 * @property {unknown[]} starts
 * @property {import("./palette.js").Theme} theme
 * @property {{x: number[], y: number[]} | {x1: number[], x2: number[], label: number[]} | null
 *   } points
 * @property {{names: string[] | null, used: number[]} | null} reading
 * @property {string} surface
 * @property {Record<string, any>} parameters
 * @property {any} standardised
 * @property {number[]} [rows] Which points the next batch holds; none while playing.
 * @property {string | null} [language]
 * @property {boolean} [large]
 */

const SAMPLES = 160;

/** @param {HTMLElement} section Holds a `.plot`. */
export function createFit(section) {
  const plot = /** @type {HTMLElement} */ (section.querySelector(".plot"));
  const equation = h("p", { class: "fit-equation", id: "fit-equation" });
  const canvas = createCanvas(section);
  const marks = h("div", { class: "legend" });
  section.append(equation, marks);
  const legend = createLegend(marks);
  /** @type {Map<number, number>} */
  const sides = new Map();
  /** @type {any} */
  let props = null;
  /** @type {[[number, number], [number, number]] | null} */
  let ranges = null;
  /** @type {Frame} */
  let frame = { left: 0, top: 0, width: 0, height: 0 };
  /** @type {ReturnType<typeof endNames>} */
  let names = [];
  let measures = measure();
  let drawn = 0;

  const classes = () => "label" in props.points;
  /** @returns {number[][]} */
  const columns = () =>
    classes() ? [props.points.x1, props.points.x2] : [props.points.x, props.points.y];
  const shownRuns = () =>
    /** @type {Run[]} */ (props.runs).filter((run) => run.trajectories[props.selectedStart]);

  // What the pasted table calls its columns; Plotly would take "<" for a tag.
  function axisNames() {
    const { names: given, used } = props.reading ?? {};
    return (classes() ? ["x₁", "x₂"] : ["x", "y"]).map((plain, index) =>
      (given?.[used[index] - 1] || plain).replace(/&/g, "&amp;").replace(/</g, "&lt;"),
    );
  }

  function trace() {
    const ink = inks(props.theme);
    const [x, y] = columns();
    const dense = x.length > 200;
    const labels = classes() ? /** @type {number[]} */ (props.points.label) : null;
    return {
      x,
      y,
      mode: "markers",
      hoverinfo: "skip",
      cliponaxis: true,
      marker: {
        size: (dense ? 4 : 6.5) * measures.thin,
        opacity: dense ? 0.6 : 0.85,
        color: labels
          ? labels.map((label) => (label > 0 ? ink.text : scaleOf(props.theme)[3][1]))
          : ink.faint,
        symbol: labels ? labels.map((label) => (label > 0 ? "circle" : "square")) : "circle",
        line: { width: labels ? 1 : 0, color: ink.text },
      },
    };
  }

  function place() {
    const [acrossRange, upRange] = /** @type {[[number, number], [number, number]]} */ (ranges);
    const { clientWidth: width, clientHeight: height } = section;
    const { font } = measures;
    const [xName, yName] = axisNames();
    const top = Math.ceil(1.7 * font);
    const tall = Math.max(20, height - top - axisRoom(1.1 * font, true, measures));
    const y = linearTicks(yName, upRange, Math.max(2, tall / (2.2 * font)));
    const left = axisRoom(widest(y.texts, measures), true, measures);
    const runs = shownRuns();
    const losses = runs.map((run) => run.trajectories[props.selectedStart].loss);
    names = endNames(runs, losses, measures);
    // Borders end anywhere: their names stand within the frame.
    const wide = Math.max(20, width - left - (classes() ? 12 : nameRoom(names, width, measures)));
    frame = { left, top, width: wide, height: tall };
    const x = linearTicks(xName, acrossRange, wide / (4.5 * font));
    canvas.place(frame);
    equation.style.left = `${left + 6}px`;
    equation.style.top = `${top + 2}px`;
    drawAxes(plot, {
      size: { width, height },
      frame,
      x: { ...x, range: acrossRange },
      y: { ...y, range: upRange },
      isBoxed: false,
      notes: startNote(props),
      traces: [trace()],
      ink: inks(props.theme),
      measures,
    });
  }

  /** @param {[number, number]} place @returns {Spot} */
  function spotOf([x, y]) {
    const [[left, right], [bottom, top]] = /** @type {[[number, number], [number, number]]} */ (
      ranges
    );
    const level = frame.top + ((top - y) / (top - bottom)) * frame.height;
    return [
      frame.left + ((x - left) / (right - left)) * frame.width,
      Math.max(-1e5, Math.min(1e5, level)),
    ];
  }

  // What a run makes of the points at a step, in their own units.
  /** @param {import("./runs.js").Trajectory} trajectory @param {number} step */
  function fitAt({ x, y }, step) {
    const at = Math.min(step, x.length - 1);
    return classes()
      ? inUnits(props.standardised, [x[at], y[at]], props.parameters.bias)
      : inUnits(props.standardised, [x[at]], y[at]);
  }

  /** @param {{weights: number[], bias: number}} fitted @returns {[number, number][]} */
  function curveOf({ weights, bias }) {
    const [across, up] = /** @type {[[number, number], [number, number]]} */ (ranges);
    if (classes()) {
      const ends = border(bias, weights[0], weights[1], across, up) ?? [];
      return ends.map(([u, v]) => [u, v]);
    }
    const model = MODELS[props.surface](props.parameters)(weights[0], bias);
    const [low, high] = across;
    return Array.from({ length: SAMPLES + 1 }, (_, i) => {
      const at = low + (i / SAMPLES) * (high - low);
      return [at, model(at)];
    });
  }

  /** @param {Wanted[]} wanted */
  function placed(wanted) {
    const { font, mark } = measures;
    const selected = props.selectedRun;
    if (classes()) {
      const isFirst = (/** @type {Wanted} */ { key }) => Number(key === selected);
      wanted.sort((one, other) => isFirst(other) - isFirst(one));
      const short = wanted.map((one) => ({ ...one, ...nameOf(one.text, measures) }));
      return placeAround(short, { frame, obstacles: [], mark, font, sides });
    }
    return placeBeside(wanted, {
      frame,
      right: section.clientWidth - 2,
      mark: mark / 2,
      font,
      selected,
      shorten: shortenFor(measures),
    });
  }

  // Of the two ends of a border the one within the frame that lies higher; a curve's right one.
  /** @param {Spot[]} spots */
  function endOf(spots) {
    if (!classes()) return spots.at(-1);
    const inside = spots.filter(
      ([x, y]) =>
        x >= frame.left - 1 &&
        x <= frame.left + frame.width + 1 &&
        y >= frame.top - 1 &&
        y <= frame.top + frame.height + 1,
    );
    return inside.sort((one, other) => one[1] - other[1])[0];
  }

  /** @param {number} step @returns {Item[]} */
  function itemsAt(step) {
    const ink = inks(props.theme);
    const [x, y] = columns();
    /** @type {Wanted[]} */
    const wanted = [];
    const lines = shownRuns().map((run, index) => {
      const fitted = fitAt(run.trajectories[props.selectedStart], step);
      const isSelected = run.key === props.selectedRun;
      if (isSelected) {
        equation.textContent = equationOf(props.surface, props.parameters, fitted);
        equation.style.color = run.style.color;
      }
      const spots = curveOf(fitted).map(spotOf);
      const end = endOf(spots);
      const { color } = run.style;
      if (end) wanted.push({ key: run.key, color, at: end, ...names[index] });
      return /** @type {Item} */ ({
        kind: "line",
        role: "curve",
        pixels: spots.flat(),
        color,
        width: (isSelected ? 1.4 : 0.85) * measures.line,
        dash: run.style.dash.map((length) => length * measures.thin),
      });
    });
    return [
      ...(props.rows ?? []).map(
        (/** @type {number} */ row) =>
          /** @type {Item} */ ({
            kind: "circle",
            role: "batch_points",
            at: spotOf([x[row], y[row]]),
            size: 5.5 * measures.thin,
            width: 1.6 * measures.thin,
            color: ink.text,
          }),
      ),
      ...lines,
      ...nameItems(placed(wanted), { font: measures.font, halo: ink.halo }),
    ];
  }

  /** @param {number} step */
  function draw(step) {
    drawn = step;
    if (props === null || ranges === null) return;
    equation.textContent = "";
    const items = itemsAt(step);
    canvas.moving(items);
    legend.show(
      new Set([
        ...(classes() ? ["label_positive", "label_negative"] : []),
        ...items.map(({ role }) => role),
      ]),
    );
  }

  /** @param {Partial<Props>} next */
  function show(next) {
    props = { ...props, ...next };
    if (props.points === null || section.clientWidth === 0) return;
    measures = measure();
    const [x, y] = columns();
    ranges = [widened(x), widened(y)];
    place();
    draw(drawn);
  }

  new ResizeObserver(() => {
    if (props !== null) show({});
  }).observe(section);

  return {
    draw,
    show,
  };
}
