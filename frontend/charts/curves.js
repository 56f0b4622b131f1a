// Numbers against steps for every run: axes by Plotly once per result, curves and what moves on
// canvases, names at the ends. What is drawn, and on which axis, is the caller's.

import { t } from "../i18n/i18n.js";
import { linearTicks, logTicks, stepTicks } from "./axes.js";
import { createCanvas } from "./canvas.js";
import { createColumn } from "./column.js";
import { endNames, NARROW, nameRoom, placeBeside, shortenFor } from "./end_names.js";
import { eventAt, eventItems, placeEvents } from "./events.js";
import { axisRoom, measures as measure, widest } from "./measures.js";
import { nameItems } from "./names.js";
import { inks } from "./palette.js";
import { nearestPoint } from "./picking.js";
import { drawAxes, purge } from "./plotly.js";

/**
 * @typedef {import("./display_list.js").Frame} Frame
 * @typedef {import("./display_list.js").Item} Item
 * @typedef {import("./display_list.js").Trail} Trail
 * @typedef {import("./display_list.js").Spot} Spot
 * @typedef {import("./runs.js").Run} Run
 * @typedef {import("./runs.js").Trajectory} Trajectory
 *
 * @typedef {object} Props
 * @property {Run[]} runs
 * @property {number} selectedStart
 * @property {number} [selectedRun] Its key.
 * @property {import("./events.js").Events | null} [events] What happened to it.
 * @property {[number, number][]} starts
 * @property {{loss: number}[]} minima
 * @property {"log" | "linear"} scale
 * @property {number} steps
 * @property {import("./palette.js").Theme} theme
 * @property {string | null} [language]
 * @property {boolean} [large]
 *
 * @typedef {object} Axis
 * @property {"log" | "linear"} kind
 * @property {number} offset Taken off each value.
 * @property {[number, number]} range Powers of ten where it is logarithmic.
 * @property {string} title Key of its text.
 *
 * @typedef {Trail & {run: Run, start: number, trajectory: Trajectory}} Curve
 *
 * @typedef {object} Kind
 * @property {(trajectories: Trajectory[], props: Props) => Axis} describe
 * @property {(trajectory: Trajectory) => ArrayLike<number>} values The first is that of step 0.
 * @property {boolean} isTimed Whether steps are told along it.
 *
 * @typedef {{on: {step(step: number): void}, tooltip: import("./tooltip.js").Tooltip,
 *   column?: import("./column.js").Column}} Outside
 */

// How near a point is told of.
const REACH = 20;
const FAR = 1e5;
const USUAL = "10⁻¹²";

/**
 * Which start a chart shows, where there are several.
 *
 * @param {{starts: unknown[], selectedStart: number}} props
 * @returns {import("./plotly.js").Note[]}
 */
export const startNote = ({ starts, selectedStart }) =>
  starts.length === 1 ? [] : [{ text: t("starts.one", { n: selectedStart + 1 }), x: 0, y: 0 }];

/**
 * @param {HTMLElement} section Holds a `.plot`.
 * @param {Kind} kind
 * @param {Outside} outside
 */
export function createCurves(
  section,
  { describe, values, isTimed },
  { on, tooltip, column = createColumn() },
) {
  const plot = /** @type {HTMLElement} */ (section.querySelector(".plot"));
  const canvas = createCanvas(section);
  /** @type {Props | null} */
  let props = null;
  /** @type {Curve[]} */
  let curves = [];
  /** @type {ReturnType<typeof endNames>} */
  let names = [];
  /** @type {Frame} */
  let frame = { left: 0, top: 0, width: 0, height: 0 };
  let measures = measure();
  let corner = 0;
  let drawn = 0;

  // Names do not run under what stands in the upper right corner.
  function cornerOf() {
    const taken = /** @type {HTMLElement | null} */ (section.querySelector(".scale"));
    return taken ? taken.offsetTop + taken.offsetHeight + 2 : 0;
  }

  /** @param {Axis} axis */
  function place(axis) {
    const { steps } = /** @type {Props} */ (props);
    const { clientWidth: width, clientHeight: height } = section;
    const { font } = measures;
    const top = Math.ceil(0.7 * font);
    const bottom = isTimed ? axisRoom(1.1 * font, true, measures) : Math.ceil(0.7 * font);
    const tall = Math.max(20, height - top - bottom);
    const most = Math.max(2, Math.floor(tall / (2 * font)));
    const y =
      axis.kind === "log"
        ? { ...logTicks(axis.range, most), title: t(axis.title) }
        : linearTicks(t(axis.title), axis.range, most);
    const needed = {
      left: axisRoom(widest([...y.texts, USUAL], measures), true, measures),
      right: nameRoom(names, width, measures),
    };
    const { left, right } = column.share(section, needed, again);
    corner = cornerOf();
    const wide = Math.max(20, width - left - right);
    frame = { left, top, width: wide, height: tall };
    /** @type {[number, number]} */
    const range = [0, steps];
    const x = stepTicks(range, wide / (4.5 * font));
    canvas.place(frame);
    drawAxes(plot, {
      size: { width, height },
      frame,
      x: {
        ...x,
        texts: isTimed ? x.texts : x.texts.map(() => ""),
        range,
        title: isTimed ? t("losses.step") : "",
      },
      y: { ...y, range: axis.range, kind: axis.kind },
      isBoxed: false,
      notes: startNote(/** @type {Props} */ (props)),
      ink: inks(/** @type {Props} */ (props).theme),
      measures,
    });
  }

  /** @param {Axis} axis @param {Run} run @returns {Curve} */
  function curveOf({ kind, offset, range: [low, high] }, run) {
    const { steps, selectedStart } = /** @type {Props} */ (props);
    const trajectory = run.trajectories[selectedStart];
    const numbers = values(trajectory);
    const pixels = new Float32Array(2 * numbers.length);
    for (let i = 0; i < numbers.length; i += 1) {
      const at = kind === "log" ? Math.log10(Math.max(numbers[i] - offset, 10 ** low)) : numbers[i];
      const level = frame.top + ((high - at) / (high - low)) * frame.height;
      pixels[2 * i] = frame.left + (i / steps) * frame.width;
      pixels[2 * i + 1] = Math.max(-FAR, Math.min(FAR, level));
    }
    return {
      run,
      start: selectedStart,
      trajectory,
      pixels,
      count: numbers.length,
      color: run.style.color,
      dash: run.style.dash.map((length) => length * measures.thin),
      width: 0.9 * measures.line,
      halo: null,
      rings: null,
    };
  }

  /** @param {number} step @returns {Item[]} */
  function marksAt(step) {
    const { steps, theme, selectedRun } = /** @type {Props} */ (props);
    const ink = inks(theme);
    const x = frame.left + (step / steps) * frame.width;
    const ends = curves.map(({ pixels, count }) => {
      const at = Math.min(step, count - 1);
      return /** @type {Spot} */ ([pixels[2 * at], pixels[2 * at + 1]]);
    });
    const wanted = curves.map(({ run, color }, i) => ({
      key: run.key,
      color,
      at: ends[i],
      ...names[i],
    }));
    const right = section.clientWidth - 2;
    const placed =
      section.clientWidth < NARROW
        ? []
        : placeBeside(wanted, {
            frame,
            right,
            top: corner,
            mark: measures.mark,
            font: measures.font,
            selected: selectedRun,
            shorten: shortenFor(measures),
          });
    return [
      {
        kind: "line",
        role: "cursor",
        pixels: [x, frame.top, x, frame.top + frame.height],
        color: ink.faint,
        width: measures.thin,
      },
      ...curves.map(
        ({ run }, i) =>
          /** @type {Item} */ ({
            kind: "marker",
            role: "head",
            at: ends[i],
            shape: run.style.shape,
            size: 0.75 * measures.mark,
            color: run.style.color,
          }),
      ),
      ...(isTimed ? eventMarks() : []),
      ...nameItems(placed, { font: measures.font, halo: ink.halo }),
    ];
  }

  const placedEvents = () => placeEvents(props?.events ?? null, curves, measures);

  function eventMarks() {
    const { theme, events } = /** @type {Props} */ (props);
    const ink = inks(theme);
    const { left, top, width, height } = frame;
    const inside = placedEvents().filter(
      ({ at: [x, y] }) => x >= left && x <= left + width && y >= top && y <= top + height,
    );
    return eventItems(inside, { color: events?.color ?? ink.text, halo: ink.halo, measures });
  }

  /** @param {number} step */
  function draw(step) {
    drawn = step;
    if (props === null || curves.length === 0) return;
    canvas.trails(curves, step);
    canvas.moving(marksAt(step));
  }

  function clear() {
    // Axes without curves would still be those of the runs before.
    purge(plot);
    curves = [];
    canvas.trails([], 0);
    canvas.moving([]);
    column.leave(section);
  }

  function again() {
    if (props !== null) show(props);
  }

  /** @param {Props} next */
  function show(next) {
    props = next;
    measures = measure();
    const { selectedStart } = next;
    const runs = next.runs.filter((run) => run.trajectories[selectedStart]);
    if (runs.length === 0 || section.clientWidth === 0) return clear();
    const axis = describe(
      runs.map((run) => run.trajectories[selectedStart]),
      next,
    );
    const numbers = runs.map((run) => values(run.trajectories[selectedStart]));
    names = endNames(runs, numbers, measures);
    place(axis);
    curves = runs.map((run) => curveOf(axis, run));
    draw(drawn);
  }

  /** @param {MouseEvent} event @returns {Spot} */
  const local = (event) => {
    const box = section.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  section.addEventListener("pointermove", (event) => {
    const told = isTimed && eventAt(placedEvents(), local(event));
    const near = nearestPoint(curves, local(event), drawn, REACH);
    if (told) tooltip.showEvent(told, event.clientX, event.clientY);
    else if (near) tooltip.showPoint(near, event.clientX, event.clientY);
    else tooltip.hide();
  });
  section.addEventListener("pointerleave", () => tooltip.hide());
  section.addEventListener("click", (event) => {
    const [x, y] = local(event);
    const { left, top, width, height } = frame;
    if (props === null || curves.length === 0) return;
    const told = isTimed && eventAt(placedEvents(), [x, y]);
    if (told) return on.step(told.step);
    if (x < left || x > left + width || y < top || y > top + height) return;
    on.step(Math.round(((x - left) / width) * props.steps));
  });
  new ResizeObserver(again).observe(section);

  return {
    show,
    draw,
    hide: clear,
  };
}
