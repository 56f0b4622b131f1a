// The graph as SVG: boxes with what they compute, its value and its adjoint; curves with local
// derivatives. Which of it is seen depends on the step.

import { s } from "../charts/chart.js";
import { t } from "../i18n/i18n.js";
import { layOut } from "./layout.js";
import { rightHandSide, slopeText, told } from "./steps.js";
import { writer } from "./text.js";

/**
 * @typedef {import("./naming.js").Graph} Graph
 * @typedef {import("./naming.js").Node} Node
 * @typedef {import("./naming.js").Edge} Edge
 * @typedef {import("./steps.js").Step} Step
 */

/** What it is drawn for: whether layers go down the page, as on a phone, and height by width.
 * @typedef {{ down: boolean, proportion: number }} Window */

/** A node as drawn: its element and where its middle is.
 * @typedef {{ id: string, node: Node, group: SVGElement, x: number, y: number }} Group */

/**
 * @typedef {object} Drawn
 * @property {SVGElement} svg
 * @property {number} width
 * @property {number} height
 * @property {boolean} down Whether layers go down the page.
 * @property {Group[]} groups
 * @property {Edge[]} edges
 * @property {(id: string) => number} layerOf
 * @property {(step: number) => Group[]} draw Shows a step; answers the nodes that it reaches.
 */

const HEIGHT = 46;
const MARGIN = 14;
const PORTS = 15;
/** Rows of a small graph are moved apart by this factor at most, to fill a high window. */
const SPREAD = 2.4;

/** @param {string} id */
const arrow = (id) =>
  s(
    "marker",
    {
      id,
      viewBox: "0 0 8 8",
      refX: 7.5,
      refY: 4,
      markerWidth: 9,
      markerHeight: 9,
      markerUnits: "userSpaceOnUse",
      orient: "auto-start-reverse",
    },
    s("path", { d: "M0 0.500 8 4 0 7.500z" }),
  );

// The first of an array's values stands for it; its shape stands beside the formula.
/** @param {import("./naming.js").Value} value */
const seen = (value) =>
  value !== null && typeof value === "object" ? `${told(value.values[0], 3)}, …` : told(value);

/** Boxes with their texts, as large as those. @param {Graph} graph @param {boolean} down */
function boxesOf(graph, down) {
  const width = writer();
  return graph.nodes.map((node) => {
    const { value } = node;
    const shape = value !== null && typeof value === "object" ? ` [${value.shape.join("×")}]` : "";
    const texts = [rightHandSide(node) + shape, seen(node.value), seen(node.adjoint)];
    const wide =
      Math.max(width(texts[0], 13), width(texts[1], 13, 650) + width(texts[2], 13, 650) + 12, 56) +
      18;
    return {
      id: node.id,
      node,
      texts,
      wide,
      along: down ? HEIGHT : wide,
      across: down ? wide : HEIGHT,
    };
  });
}

/** The layout, its rows as far apart as a window allows.
 * @param {import("./layout.js").Box[]} boxes @param {import("./layout.js").Link[]} links
 * @param {Window} window */
function spreadOut(boxes, links, { down, proportion }) {
  const layout = layOut(boxes, links, { between: down ? 46 : 36 });
  const room = (layout.length + 2 * MARGIN) * proportion - 2 * MARGIN;
  const factor = down ? 1 : Math.min(SPREAD, Math.max(1, room / layout.breadth));
  for (const one of [...layout.nodes.values(), ...layout.ways.flat()]) one.across *= factor;
  layout.breadth *= factor;
  return layout;
}

/** Where everything is: boxes with their middles, edges with their curves.
 * @param {Graph} graph @param {Window} window */
function placed(graph, window) {
  const { down } = window;
  const width = writer();
  const boxes = boxesOf(graph, down);
  const slope = graph.edges.map((edge) => width(slopeText(edge), 11.5));
  const links = graph.edges.map((edge, i) => ({ ...edge, label: down ? 0 : slope[i] }));
  const layout = spreadOut(boxes, links, window);
  /** @param {number} along @param {number} across @returns {[number, number]} */
  const place = (along, across) =>
    down ? [across + MARGIN, along + MARGIN] : [along + MARGIN, across + MARGIN];
  const known = new Map(boxes.map((one) => [one.id, { ...one, middle: layout.nodes.get(one.id) }]));
  /** @param {string} id */
  function at(id) {
    const found = known.get(id);
    if (!found?.middle) throw new Error(`an edge of a node that is not there: ${id}`);
    const { along, across, layer } = found.middle;
    return {
      along,
      across,
      layer,
      begin: along - found.along / 2,
      end: along + found.along / 2,
      room: found.across - 18,
    };
  }

  // Where an edge enters its target: one port each, in the order in which they arrive.
  const arrival = (/** @type {number} */ i) =>
    layout.ways[i].at(-1)?.across ?? at(graph.edges[i].from).across;
  const port = graph.edges.map((edge, i) => {
    const all = graph.edges
      .flatMap((other, j) => (other.to === edge.to ? [j] : []))
      .sort((a, b) => arrival(a) - arrival(b));
    const { across, room } = at(edge.to);
    const apart = all.length > 1 ? Math.min(down ? 52 : PORTS, room / (all.length - 1)) : 0;
    return across + (all.indexOf(i) - (all.length - 1) / 2) * apart;
  });

  /** @param {Edge} edge @param {number} i */
  function curve(edge, i) {
    const source = at(edge.from);
    let [along, across] = [source.end, source.across];
    let path = `M${place(along, across)}`;
    /** @param {number} toAlong @param {number} toAcross */
    const bend = (toAlong, toAcross) => {
      const half = Math.max(10, (toAlong - along) / 2);
      path += `C${place(along + half, across)} ${place(toAlong - half, toAcross)} ${place(
        toAlong,
        toAcross,
      )}`;
      [along, across] = [toAlong, toAcross];
    };
    for (const point of layout.ways[i]) {
      bend(point.from, point.across);
      path += `L${place(point.to, point.across)}`;
      along = point.to;
    }
    // The last bit is straight: its label stands on it.
    const { begin } = at(edge.to);
    bend(begin - (down ? 14 : slope[i] + 14), port[i]);
    return `${path}L${place(begin, port[i])}`;
  }

  return {
    boxes: boxes.map((one) => {
      const [x, y] = place(at(one.id).along, at(one.id).across);
      return { ...one, x, y };
    }),
    edges: graph.edges.map((edge, i) => ({
      edge,
      d: curve(edge, i),
      end: place(at(edge.to).begin, port[i]),
    })),
    size: place(layout.length, layout.breadth).map((one) => one + MARGIN),
    layerOf: (/** @type {string} */ id) => at(id).layer,
  };
}

/**
 * Draws a graph.
 *
 * @param {Graph} graph
 * @param {Step[]} steps
 * @param {Window} window
 * @returns {Drawn}
 */
export function drawGraph(graph, steps, window) {
  const { down } = window;
  const { boxes, edges: ways, size, layerOf } = placed(graph, window);

  const edges = ways.map(({ edge, d, end: [x, y] }) => {
    const label = s(
      "text",
      {
        class: "slope",
        ...(down ? { x: x + 5, y: y - 10 } : { x: x - 10, y: y - 4, "text-anchor": "end" }),
      },
      slopeText(edge),
    );
    return { edge, line: s("path", { class: "edge", d }), label };
  });

  const groups = boxes.map(({ id, texts, wide, node, x, y }) => {
    /** @param {string} kind @param {string} words @param {object} more */
    const text = (kind, words, more) => s("text", { class: kind, ...more }, words);
    const group = s(
      "g",
      {
        class: `node${id === graph.loss_node ? " loss" : ""}${
          node.operation === "input" ? " input" : ""
        }`,
        "data-id": id,
        tabindex: -1,
        role: "img",
        transform: `translate(${x - wide / 2} ${y - HEIGHT / 2})`,
      },
      s("rect", { width: wide, height: HEIGHT, rx: 6 }),
      text("formula-line", texts[0], { x: wide / 2, y: 18, "text-anchor": "middle" }),
      text("value", texts[1], { x: 9, y: 37 }),
      text("adjoint", texts[2], { x: wide - 9, y: 37, "text-anchor": "end" }),
    );
    return { id, node, group, x, y };
  });

  const [w, h] = size;
  const svg = s(
    "svg",
    { class: "graph", viewBox: `0 0 ${w} ${h}`, role: "group", "aria-label": t("graph.picture") },
    s("defs", {}, arrow("graph-arrow"), arrow("graph-arrow-back")),
    ...edges.map(({ line }) => line),
    ...groups.map(({ group }) => group),
    ...edges.map(({ label }) => label),
  );

  /** Whether a pass has reached a node, by the step. @param {"forward" | "backward"} pass */
  const reached = (pass) => {
    /** @type {Map<string, number>} */
    const when = new Map();
    steps.forEach((step, k) => {
      if (step.pass === pass) for (const id of step.ids) when.set(id, k);
    });
    return (/** @type {string} */ id, /** @type {number} */ k) => (when.get(id) ?? Infinity) <= k;
  };
  const [known, flown] = [reached("forward"), reached("backward")];

  /** @param {number} k */
  function draw(k) {
    const { pass, ids } = steps[k];
    for (const { id, node, group } of groups) {
      const [value, adjoint] = [known(id, k), flown(id, k)];
      group.classList.toggle("known", value);
      group.classList.toggle("flown", adjoint);
      group.classList.toggle("now", ids.includes(id));
      group.setAttribute(
        "aria-label",
        [
          rightHandSide(node),
          ...(value ? [`${t("graph.value")} ${told(node.value)}`] : []),
          ...(adjoint ? [`∂f/∂${node.name} = ${told(node.adjoint)}`] : []),
        ].join("; "),
      );
    }
    for (const { edge, line, label } of edges) {
      const forward = pass === "forward" && ids.includes(edge.to);
      const back = pass === "backward" && ids.includes(edge.from);
      for (const one of [line, label]) {
        one.classList.toggle("known", known(edge.to, k));
        one.classList.toggle("forward", forward);
        one.classList.toggle("back", back);
        one.classList.toggle("flown", flown(edge.from, k));
      }
    }
    return groups.filter(({ id }) => ids.includes(id));
  }

  return {
    svg,
    width: w,
    height: h,
    draw,
    groups,
    down,
    layerOf,
    edges: graph.edges,
  };
}
