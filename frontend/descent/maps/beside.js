// Maps side by side, one of each chosen run, all of one view: each with its run's path from the
// selected start, and a click or Enter on any of them runs all of them from there.

import { s } from "../../charts/chart.js";
import { measures } from "../../charts/measures.js";
import { swatch } from "../../charts/swatch.js";
import { h } from "../../core/dom.js";
import { tellPlane } from "../../core/pointed.js";
import { isSameList } from "../../core/selectors.js";
import { t } from "../../i18n/i18n.js";
import { createCursor } from "../../maps/cursor.js";
import { createPainting } from "../../maps/painting.js";
import { areBeside } from "./asked.js";

/**
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("../../scene/scene.js").View} View
 * @typedef {import("../../scene/scene.js").Point} Point
 * @typedef {import("./types.js").MapOfRun} MapOfRun
 * @typedef {import("./shown.js").Classes} Classes
 * @typedef {{ classes: Classes | null, maps: MapOfRun[], runs: import("../types.js").ShownRun[],
 *   range: View, start: number, starts: number[][], language: string | null }} Props
 * @typedef {ReturnType<typeof createCell>} Cell
 */

// Lengths within a cell's drawing, whose height is this.
const SIDE = 200;

/**
 * @param {(at: Point) => void} runFrom
 * @param {(cell: number, at: Point) => string} says
 * @param {number} key
 */
function createCell(runFrom, says, key) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "beside-map" }));
  const path = s("polyline", { class: "beside-path" });
  const halo = s("polyline", { class: "beside-path halo" });
  const start = s("circle", { class: "beside-start", r: 4 });
  const head = s("circle", { class: "beside-head", r: 4.5 });
  const svg = s("svg", { "aria-hidden": "true" }, halo, path, start, head);
  const field = h("div", { class: "beside-field" }, canvas, svg);
  const title = h("figcaption", {});
  const figure = h("figure", { class: "beside-cell", dataset: { run: String(key) } }, title, field);
  const painting = createPainting(canvas);
  /** @type {View} */
  let range = { x: [0, 1], y: [0, 1] };
  let width = SIDE;
  /** @type {string[]} */
  let points = [];
  let drawn = -1;
  /** What the points are of: a map comes in many parts, the path stays. @type {unknown[]} */
  let pathOf = [];

  /** @param {number} across @param {number} up @returns {Point} */
  const placeIn = (across, up) => [
    range.x[0] + across * (range.x[1] - range.x[0]),
    range.y[0] + up * (range.y[1] - range.y[0]),
  ];
  /** @param {number} x @param {number} y */
  const spot = (x, y) => [
    (width * (x - range.x[0])) / (range.x[1] - range.x[0]),
    (SIDE * (range.y[1] - y)) / (range.y[1] - range.y[0]),
  ];
  /** @param {Element} circle @param {number[]} at */
  const put = (circle, [x, y]) => {
    circle.setAttribute("cx", String(x));
    circle.setAttribute("cy", String(y));
  };
  /** @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} trajectory */
  const pointsOf = ({ x, y }) =>
    Array.from(x, (at, k) =>
      spot(at, y[k])
        .map((value) => Math.max(-1e5, Math.min(1e5, value)).toFixed(1))
        .join(","),
    ).filter((text) => !text.includes("NaN"));
  const cursor = createCursor(field, {
    run: (across, up) => runFrom(placeIn(across, up)),
    says: (across, up) => says(key, placeIn(across, up)),
  });
  field.addEventListener("click", (event) => {
    const box = field.getBoundingClientRect();
    runFrom(
      placeIn((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height),
    );
  });

  return {
    figure,
    /** @param {number} step */
    draw(step) {
      const last = Math.min(step, points.length - 1);
      if (last === drawn) return;
      drawn = last;
      const text = points.slice(0, last + 1).join(" ");
      for (const line of [halo, path]) line.setAttribute("points", text);
      head.toggleAttribute("hidden", last < 0);
      if (last >= 0) put(head, points[last].split(",").map(Number));
    },
    /**
     * @param {Props} props
     * @param {MapOfRun | undefined} map
     * @param {import("../../maps/painting.js").ColourOf | null} colourOf
     * @param {import("../types.js").ShownRun | undefined} run
     * @param {string} name
     */
    show(props, map, colourOf, run, name) {
      range = props.range;
      tellPlane(field, range);
      const { filling } = map?.mapped ?? {};
      const proportions = proportionsOf(props);
      width = SIDE * proportions;
      svg.setAttribute("viewBox", `0 0 ${width} ${SIDE}`);
      figure.style.setProperty("--proportions", String(proportions));
      figure.classList.toggle("stale", map?.isStale ?? false);
      painting.show(filling ?? null, colourOf ?? (() => 0));
      title.replaceChildren(...(run ? [swatch(run.style)] : []), h("span", {}, name));
      figure.style.setProperty("--line", run?.style.color ?? "currentColor");
      cursor.label(`${name}: ${t("maps.cursor")}`);
      cursor.renew();
      const trajectory = run?.trajectories[props.start];
      const path = [trajectory, range, width];
      if (!isSameList(path, pathOf)) {
        pathOf = path;
        points = trajectory ? pointsOf(trajectory) : [];
        drawn = -2;
      }
      const [x, y] = props.starts[Math.min(props.start, props.starts.length - 1)];
      put(start, spot(x, y));
    },
  };
}

/**
 * @param {HTMLElement} picture
 * @param {{ shown: ReturnType<typeof import("./shown.js").createMapsShown>,
 *   selectors: import("../selectors.js").Selectors, runFrom: (place: Point) => void }} page
 */
export function createBeside(picture, { shown, selectors, runFrom }) {
  const section = h("div", { class: "beside", hidden: true });
  for (const name of ["pointerdown", "pointermove", "pointerup", "wheel", "dblclick"]) {
    section.addEventListener(name, (event) => event.stopPropagation());
  }
  picture.append(section);
  /** @type {Map<number, Cell>} */
  const cells = new Map();
  /** Stands them in rows in which they are as large as the room allows. */
  function arrange() {
    if (!last || section.hidden) return;
    const count = section.childElementCount;
    const across = acrossOf(count, section, proportionsOf(last));
    section.style.setProperty("--across", String(across));
    section.style.setProperty("--down", String(Math.ceil(count / across)));
  }
  new ResizeObserver(arrange).observe(section);
  let step = 0;
  /** @type {Props | null} */
  let last = null;

  /** @param {number} key @param {Point} at */
  const says = (key, at) => {
    const map = last?.maps.find(({ run }) => run === key);
    return (map && last?.classes && shown.textAt(map, last.classes, at)) ?? "";
  };

  return {
    /** @param {number} now */
    draw(now) {
      step = now;
      for (const cell of cells.values()) cell.draw(step);
    },
    panel: {
      /** @param {Model} model @returns {(Props & { keys: string, names: string[] }) | null} */
      select(model) {
        const { state, answers } = model;
        const range = selectors.of.range(state);
        if (!areBeside(state) || answers.map.status === "nothing" || !range) return null;
        return {
          classes: shown.classesOf(model),
          maps: answers.map.value?.maps ?? NONE,
          runs: selectors.runs(model),
          range,
          start: selectors.shownStart(model),
          starts: state.starts,
          language: state.language,
          keys: state.runs.flatMap(({ key, enabled }) => (enabled ? [key] : [])).join(" "),
          names: selectors.of.names(state),
        };
      },
      hide() {
        section.hidden = true;
        picture.classList.remove("has-beside");
        last = null;
      },
      /** @param {Props & { keys: string, names: string[] }} props */
      show(props) {
        last = props;
        section.hidden = false;
        picture.classList.add("has-beside");
        const keys = props.keys.split(" ").filter(Boolean).map(Number);
        for (const key of [...cells.keys()]) if (!keys.includes(key)) cells.delete(key);
        for (const key of keys) {
          if (!cells.has(key)) cells.set(key, createCell(runFrom, says, key));
        }
        const figures = keys.map((key) => /** @type {Cell} */ (cells.get(key)).figure);
        if (
          figures.some((figure, at) => section.children[at] !== figure) ||
          section.childElementCount !== keys.length
        ) {
          section.replaceChildren(...figures);
        }
        arrange();
        for (const key of keys) {
          const map = props.maps.find(({ run }) => run === key);
          const run = props.runs.find((one) => one.key === key);
          const colourOf = map && props.classes ? shown.colourOf(map, props.classes) : null;
          const cell = /** @type {Cell} */ (cells.get(key));
          cell.show(props, map, colourOf, run, run?.name ?? "");
          cell.draw(step);
        }
      },
    },
  };
}

/** @type {never[]} */
const NONE = [];

/** Of all maps, and of those that have not come yet. @param {Props} props */
function proportionsOf({ maps: [first], range: { x, y } }) {
  const { nx, ny } = first?.mapped.filling ?? { nx: x[1] - x[0], ny: y[1] - y[0] };
  return nx / ny;
}

/** Lines of a cell's title, with what is round it. */
const TITLE = 1.8;

/**
 * How many stand in a row, so that they are as large as they can be.
 *
 * @param {number} count
 * @param {HTMLElement} section
 * @param {number} proportions
 */
function acrossOf(count, section, proportions) {
  const style = getComputedStyle(section);
  const room = (/** @type {string} */ name) => Number.parseFloat(style.getPropertyValue(name));
  const width = section.clientWidth - room("padding-left") - room("padding-right");
  const height = section.clientHeight - room("padding-top") - room("padding-bottom");
  const title = TITLE * measures().font;
  const side = (/** @type {number} */ across) =>
    Math.min(width / across, proportions * (height / Math.ceil(count / across) - title));
  const ways = Array.from({ length: count }, (_, at) => count - at);
  return ways.reduce((best, across) => (side(across) > side(best) ? across : best), count);
}
