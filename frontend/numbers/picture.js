// The map as it is looked at: painted, with axes, what theory knows and what was chosen. Moved by wheel,
// drag and fingers; a cursor of the keyboard stands on a pixel.

import { s } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { tellPlane } from "../core/pointed.js";
import { isSame } from "../core/selectors.js";
import { t } from "../i18n/i18n.js";
import { NOTHING } from "../maps/filling.js";
import { createPainting } from "../maps/painting.js";
import { createAhead } from "../scene/ahead.js";
import { listenToGestures } from "../scene/gestures.js";
import { plane } from "../scene/projection.js";
import { indexAt, numberAt, placeOf, valuesOf, viewOf } from "./axes.js";
import { takenFrom } from "./digits.js";
import { drawFrame, frameOf } from "./frame.js";
import { drawTheory } from "./theory.js";

/**
 * @typedef {import("./axes.js").Axes} Axes
 * @typedef {import("./axes.js").View} View
 * @typedef {import("./resources.js").Coming} Coming
 *
 * A pixel of a map, or a place where none is yet.
 * @typedef {{ x: number, y: number, pixel: number | null }} Place
 *
 * @typedef {{ axes: Axes, nx: number, ny: number }} Grid
 *
 * @typedef {object} Shown
 * @property {Axes} axes What is to be seen.
 * @property {number} detail
 * @property {Coming | null} coming
 * @property {import("./colours.js").Colouring | null} colouring
 * @property {readonly import("./theory.js").Line[]} theory
 * @property {{ x: number, y: number } | null} chosen
 * @property {{ x: import("./frame.js").Named, y: import("./frame.js").Named }} names
 * @property {(line: import("./theory.js").Line) => string} nameOf
 * @property {string} look Language and size of its texts.
 *
 * @typedef {object} On
 * @property {(view: View) => void} view
 * @property {(place: Place) => void} choose
 * @property {(place: Place | null) => void} point
 */

/** Pixels that a key goes with Shift. */
const MANY = 10;
const CLOSER = 0.6;
/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Whether nothing but the map's pixels is new: they need no other axes. @param {Shown} before
 * @param {Shown} next */
const isPainted = ({ coming: old, colouring: _, ...before }, { coming, colouring: __, ...next }) =>
  old?.filling === coming?.filling && isSame(before, next);

/** @param {Coming} coming @returns {Grid} */
const gridOf = ({ axes, filling: { nx, ny } }) => ({ axes, nx, ny });

/**
 * @param {HTMLElement} section
 * @param {On} on
 */
export function createMapPicture(section, on) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "map-image" }));
  const window = h("div", { class: "map-window", "aria-hidden": "true" }, canvas);
  section.append(window);
  const painting = createPainting(canvas);
  const svg = s("svg", { class: "chart map-axes", "aria-hidden": "true" });
  section.append(svg, h("div", { class: "spinner", role: "status" }));
  const ahead = createAhead();
  /** @type {Shown | null} */
  let shown = null;
  /** @type {import("../scene/projection.js").Projection | null} */
  let projection = null;
  /** Column and row of the keyboard's pixel. @type {[number, number] | null} */
  let cursor = null;
  let size = { width: 0, height: 0 };

  /** The pixel of a place. @param {[number, number]} at Along the axes. @returns {Place} */
  function placeAt([x, y]) {
    const { axes, detail, coming } = /** @type {Shown} */ (shown);
    const of = coming ? gridOf(coming) : { axes, nx: detail, ny: detail };
    const column = indexAt(of.axes.x, of.nx, x);
    const row = indexAt(of.axes.y, of.ny, y);
    return placeOfPixel(of, column, row);
  }

  /** @param {Grid} of @param {number} column @param {number} row @returns {Place} */
  function placeOfPixel(of, column, row) {
    const { coming } = /** @type {Shown} */ (shown);
    return {
      x: (coming?.values.x ?? valuesOf(of.axes.x, of.nx))[column],
      y: (coming?.values.y ?? valuesOf(of.axes.y, of.ny))[row],
      pixel: coming ? row * of.nx + column : null,
    };
  }

  /** @param {Place} place */
  function choose(place) {
    const { coming } = /** @type {Shown} */ (shown);
    const { pixel } = place;
    on.choose(coming && pixel !== null ? { ...place, ...takenFrom(coming, pixel) } : place);
  }

  function drawOver() {
    if (!shown || !projection) return [];
    const { axes, chosen, coming } = shown;
    const { frame } = projection;
    const { lines, names } = drawTheory(shown.theory, axes, projection, shown.nameOf, measures());
    const pane = s("svg", {
      class: "pane",
      x: frame.left,
      y: frame.top,
      width: frame.width,
      height: frame.height,
      viewBox: `${frame.left} ${frame.top} ${frame.width} ${frame.height}`,
    });
    pane.append(...lines, ...names);
    if (chosen) {
      const [x, y] = projection.toScreen([
        placeOf(axes.x.scale, chosen.x),
        placeOf(axes.y.scale, chosen.y),
      ]);
      if (Number.isFinite(x) && Number.isFinite(y)) pane.append(...drawChosen(x, y));
    }
    if (cursor && coming) pane.append(drawCursor(gridOf(coming), cursor));
    return [pane];
  }

  /** @param {number} x @param {number} y */
  const drawChosen = (x, y) =>
    ["halo", ""].map((kind) =>
      s("path", {
        class: `chosen-mark ${kind}`.trim(),
        d: `M${x - 7} ${y}a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M${x - 12} ${y}h5M${x + 7} ${y}h5M${x} ${y - 12}v5M${x} ${y + 7}v5`,
      }),
    );

  /** @param {Grid} of @param {[number, number]} at */
  function drawCursor({ axes, nx, ny }, [column, row]) {
    const { toScreen } = /** @type {import("../scene/projection.js").Projection} */ (projection);
    const view = viewOf(axes);
    const [x, y] = toScreen([
      view.x[0] + (column / (nx - 1)) * (view.x[1] - view.x[0]),
      view.y[0] + (row / (ny - 1)) * (view.y[1] - view.y[0]),
    ]);
    return s("rect", { class: "map-cursor", x: x - 6, y: y - 6, width: 12, height: 12 });
  }

  /** @type {ReturnType<typeof frameOf> | null} */
  let framed = null;

  /** @param {import("../scene/projection.js").Projection} projection */
  function place({ frame, view, boxOf }) {
    tellPlane(window, view);
    for (const side of /** @type {const} */ (["left", "top", "width", "height"])) {
      window.style[side] = `${frame[side]}px`;
    }
    const { coming } = /** @type {Shown} */ (shown);
    if (coming === null) return;
    // The outermost values lie on the sides, in the middle of pixels.
    const box = boxOf(viewOf(coming.axes));
    const across = box.width / (coming.filling.nx - 1);
    const down = box.height / (coming.filling.ny - 1);
    const left = box.left - frame.left - across / 2;
    const top = box.top - frame.top - down / 2;
    canvas.style.transform = `translate(${left}px, ${top}px) scale(${across}, ${down})`;
  }

  function draw() {
    if (shown === null || size.width === 0) return;
    const { axes, names } = shown;
    const view = ahead.view ?? viewOf(axes);
    framed = frameOf(size, axes, view, names);
    projection = plane(view, framed.frame);
    place(projection);
    svg.replaceChildren(...drawFrame(framed, projection), ...drawOver());
    section.style.setProperty("--frame-left", `${framed.frame.left}px`);
    section.style.setProperty(
      "--frame-bottom",
      `${size.height - framed.frame.top - framed.frame.height}px`,
    );
  }

  /** @param {View} view */
  function look(view) {
    ahead.ask(view);
    on.view(view);
    draw();
  }

  /** @param {number} factor */
  function zoom(factor) {
    if (!projection) return;
    const { left, top, width, height } = projection.frame;
    const { coming } = /** @type {Shown} */ (shown);
    /** @type {[number, number]} */
    let round = [left + width / 2, top + height / 2];
    if (cursor && coming) {
      const place = placeOfPixel(gridOf(coming), ...cursor);
      round = projection.toScreen([
        placeOf(coming.axes.x.scale, place.x),
        placeOf(coming.axes.y.scale, place.y),
      ]);
    }
    look(projection.zoomed(factor, round));
  }

  listenToGestures(
    section,
    {
      get projection() {
        return projection;
      },
      startAt: () => -1,
    },
    {
      view: look,
      selectStart() {},
      moveStart(_, at) {
        cursor = null;
        choose(placeAt(at));
      },
      addStart: (at) => choose(placeAt(at)),
      removeStart() {},
      hover(spot, isInside) {
        if (!spot || !isInside || !projection || !shown) return on.point(null);
        on.point(placeAt(projection.toWorld(spot)));
      },
      tap: () => false,
    },
  );

  /** Moves the keyboard's pixel. @param {[number, number]} by @param {number} times */
  function move(by, times) {
    const { coming, chosen, axes } = /** @type {Shown} */ (shown);
    if (!coming) return;
    const { nx, ny } = coming.filling;
    const from = cursor ?? [
      indexAt(coming.axes.x, nx, placeOf(axes.x.scale, chosen?.x ?? numberAt(axes.x.scale, 0))),
      indexAt(coming.axes.y, ny, placeOf(axes.y.scale, chosen?.y ?? numberAt(axes.y.scale, 0))),
    ];
    cursor = [
      Math.max(0, Math.min(nx - 1, from[0] + times * by[0])),
      Math.max(0, Math.min(ny - 1, from[1] + times * by[1])),
    ];
    on.point(placeOfPixel(gridOf(coming), ...cursor));
    draw();
  }

  section.addEventListener("keydown", (event) => {
    if (event.target !== section || event.ctrlKey || event.metaKey || event.altKey) return;
    const { coming } = shown ?? {};
    if (event.key in ARROWS) move(ARROWS[event.key], event.shiftKey ? MANY : 1);
    else if (event.key === "Enter" && cursor && coming)
      choose(placeOfPixel(gridOf(coming), ...cursor));
    else if (event.key === "Escape" && cursor) {
      cursor = null;
      on.point(null);
      draw();
    } else return;
    event.preventDefault();
  });

  new ResizeObserver(() => {
    size = { width: section.clientWidth, height: section.clientHeight };
    draw();
  }).observe(section);

  return {
    /** @param {Shown} next */
    show(next) {
      const before = shown;
      if (before === null || next.axes !== before.axes) ahead.follow(viewOf(next.axes));
      if (cursor && next.coming?.axes !== before?.coming?.axes) cursor = null;
      shown = next;
      section.setAttribute(
        "aria-label",
        t("maps.picture", { x: next.names.x.title, y: next.names.y.title }),
      );
      if (next.colouring) painting.show(next.coming?.filling ?? null, next.colouring.colourOf);
      canvas.hidden = next.coming === null;
      // What has not come yet is no divergence.
      const isWhole = !next.coming?.filling.known.includes(NOTHING);
      window.classList.toggle("hatched", isWhole && (next.colouring?.hatched ?? false));
      if (before && isPainted(before, next)) return;
      size = { width: section.clientWidth, height: section.clientHeight };
      draw();
    },
    closer: () => zoom(CLOSER),
    farther: () => zoom(1 / CLOSER),
  };
}
