// The graph as SVG: boxes with what they compute, its value and its adjoint; curves with local
// derivatives. Which of it is seen depends on the step.

import { s } from "../charts/chart.js";
import { t } from "../i18n/i18n.js";
import { layOut } from "./layout.js";
import { nameOf, rightHandSide, slopeText, told } from "./steps.js";
import { writer } from "./text.js";

const HEIGHT = 46;
const MARGIN = 14;
const PORTS = 15;

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
const seen = (value) => (value?.shape ? `${told(value.values[0], 3)}, …` : told(value));

// Draws an answer. `down` is true where layers go down the page, as on a phone.
export function drawGraph(answer, steps, { down }) {
  const width = writer();
  const boxes = answer.nodes.map((node) => {
    const shape = node.value?.shape ? ` [${node.value.shape.join("×")}]` : "";
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
  const slope = answer.edges.map((edge) => width(slopeText(edge), 11.5));
  const layout = layOut(
    boxes,
    answer.edges.map((edge, i) => ({ ...edge, label: down ? 0 : slope[i] })),
    { between: down ? 46 : 36 },
  );
  const place = (along, across) =>
    down ? [across + MARGIN, along + MARGIN] : [along + MARGIN, across + MARGIN];
  const box = new Map(boxes.map((one) => [one.id, one]));
  const at = (id) => layout.nodes.get(id);

  // Where an edge enters its target: one port each, in the order in which they arrive.
  const arrival = (i) => layout.ways[i].at(-1)?.across ?? at(answer.edges[i].from).across;
  const port = answer.edges.map((edge, i) => {
    const all = answer.edges
      .flatMap((other, j) => (other.to === edge.to ? [j] : []))
      .sort((a, b) => arrival(a) - arrival(b));
    const room = box.get(edge.to).across - 18;
    const apart = all.length > 1 ? Math.min(down ? 52 : PORTS, room / (all.length - 1)) : 0;
    return at(edge.to).across + (all.indexOf(i) - (all.length - 1) / 2) * apart;
  });

  function curve(edge, i) {
    const source = at(edge.from);
    let [along, across] = [source.along + box.get(edge.from).along / 2, source.across];
    let path = `M${place(along, across)}`;
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
    const end = at(edge.to).along - box.get(edge.to).along / 2;
    bend(end - (down ? 14 : slope[i] + 14), port[i]);
    return `${path}L${place(end, port[i])}`;
  }

  const edges = answer.edges.map((edge, i) => {
    const end = at(edge.to).along - box.get(edge.to).along / 2;
    const [x, y] = place(end, port[i]);
    const label = s(
      "text",
      {
        class: "slope",
        ...(down ? { x: x + 5, y: y - 10 } : { x: x - 10, y: y - 4, "text-anchor": "end" }),
      },
      slopeText(edge),
    );
    return { edge, line: s("path", { class: "edge", d: curve(edge, i) }), label };
  });

  const groups = boxes.map(({ id, texts, wide, node }) => {
    const { along, across } = at(id);
    const [x, y] = place(along, across);
    const text = (kind, words, more) => s("text", { class: kind, ...more }, words);
    const group = s(
      "g",
      {
        class: `node${id === answer.loss_node ? " loss" : ""}${
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

  const [right, bottom] = place(layout.length, layout.breadth);
  const [w, h] = [right + MARGIN, bottom + MARGIN];
  const svg = s(
    "svg",
    { class: "graph", viewBox: `0 0 ${w} ${h}`, role: "group", "aria-label": t("graph.picture") },
    s("defs", {}, arrow("graph-arrow"), arrow("graph-arrow-back")),
    ...edges.map(({ line }) => line),
    ...groups.map(({ group }) => group),
    ...edges.map(({ label }) => label),
  );

  const reached = (pass) =>
    new Map(steps.flatMap((step, k) => (step.pass === pass ? step.ids.map((id) => [id, k]) : [])));
  const [known, flown] = [reached("forward"), reached("backward")];

  function draw(k) {
    const { pass, ids } = steps[k];
    for (const { id, node, group } of groups) {
      const [value, adjoint] = [known.get(id) <= k, flown.get(id) <= k];
      group.classList.toggle("known", value);
      group.classList.toggle("flown", adjoint);
      group.classList.toggle("now", ids.includes(id));
      group.setAttribute(
        "aria-label",
        [
          rightHandSide(node),
          ...(value ? [`${t("graph.value")} ${told(node.value)}`] : []),
          ...(adjoint ? [`∂f/∂${nameOf(id)} = ${told(node.adjoint)}`] : []),
        ].join("; "),
      );
    }
    for (const { edge, line, label } of edges) {
      const forward = pass === "forward" && ids.includes(edge.to);
      const back = pass === "backward" && ids.includes(edge.from);
      for (const one of [line, label]) {
        one.classList.toggle("known", known.get(edge.to) <= k);
        one.classList.toggle("forward", forward);
        one.classList.toggle("back", back);
        one.classList.toggle("flown", flown.get(edge.from) <= k);
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
    layerOf: (id) => at(id).layer,
    edges: answer.edges,
  };
}
