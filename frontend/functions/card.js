// One activation: its picture over its derivative's on the same z, what they are there, and why.

import { createPane, fitted, lineThrough, redrawn, s, text } from "../charts/chart.js";
import { h, math } from "../core/dom.js";
import { parameterControl } from "../forms/parameter.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { COUNT, REACH, zAt } from "./requests.js";

const ROOM = { left: 24, right: 6, top: 4, bottom: 15, between: 7 };
const Z_TICKS = [-4, -2, 0, 2, 4];
// No smooth curve of the table moves as far between two neighbouring z.
const JUMP = 0.22;
const MIDDLE = (COUNT - 1) / 2;

// Ranges that all cards share, so that slopes and heights can be compared between them; one is
// widened only where a number leaves it.
const BOUNDED = 0.05;
function valueAxis(values) {
  const last = values[0];
  const low = Math.abs(values[20] - last) < BOUNDED ? Math.min(-1.7, last - 0.2) : -1.7;
  return { range: [low, 2.7], ticks: low < -2 ? [-2, 0, 2] : [-1, 0, 1, 2] };
}
function slopeAxis(slopes) {
  const high = Math.max(1.5, Math.max(...slopes) * 1.1);
  return { range: [-0.22, high], ticks: high > 1.6 ? [0, 1, 2, 3] : [0, 0.5, 1] };
}

// An equation in a sentence stays on one line.
const unbroken = (sentence) => sentence.replace(/ = /g, "\u00a0=\u00a0");

export function createCard(entry, { onZ, onHover, onNumber, onReset }) {
  const title = localize(entry.title);
  const axes = s("g");
  const curves = s("g");
  const svg = s("svg", { class: "chart", "aria-hidden": "true" }, axes, curves);
  const outputs = Object.fromEntries(
    ["value", "derivative"].map((name) => [
      name,
      h("output", { class: name, dataset: { of: name }, "aria-live": "off" }),
    ]),
  );
  const [parameter] = Object.entries(entry.parameters.properties);
  const control = parameter
    ? parameterControl({
        name: parameter[0],
        group: entry.id,
        schema: parameter[1],
        value: parameter[1].default,
        touched: false,
        onInput: (value) => onNumber(`${entry.id}.${parameter[0]}`, value),
        onReset: () => onReset(`${entry.id}.${parameter[0]}`),
      })
    : null;
  const picture = h("div", { class: "card-picture" }, svg);
  const element = h(
    "article",
    { class: "card activation", dataset: { activation: entry.id }, "aria-label": title },
    h(
      "div",
      { class: "activation-head" },
      h("h2", { title: localize(entry.summary) }, title),
      entry.in_lecture
        ? null
        : h("span", { class: "later", title: t("functions.later.long") }, t("functions.later")),
      h("span", { class: "range", title: t("functions.range") }, "∈ ", math(entry.range_mathml)),
    ),
    h(
      "div",
      { class: "readout" },
      h("span", { class: "value" }, "φ = ", outputs.value),
      h("span", { class: "derivative" }, "φ′ = ", outputs.derivative),
    ),
    picture,
    h(
      "div",
      { class: "equations" },
      h("div", { class: "equation value" }, math(entry.formula_mathml)),
      h("div", { class: "equation derivative" }, math(entry.derivative_mathml)),
    ),
    h(
      "p",
      { class: "at-zero" },
      h("b", {}, t("functions.at_zero")),
      " ",
      unbroken(localize(entry.at_zero)),
    ),
    h("p", { class: "about" }, localize(entry.summary)),
    control?.element ?? null,
  );

  let values = null;
  let panes = [];
  let cursor = [];
  let index = MIDDLE;

  function pointed(event, choose) {
    if (panes.length === 0) return;
    const { left, width } = svg.getBoundingClientRect();
    const [{ left: from, width: wide }] = panes;
    const inside = ((event.clientX - left) * (svg.viewBox.baseVal.width / width) - from) / wide;
    const nearest = Math.round(Math.min(1, Math.max(0, inside)) * (COUNT - 1));
    choose(zAt(nearest));
  }
  // Pointing shows, pressing chooses.
  picture.addEventListener("pointermove", (event) => pointed(event, event.buttons ? onZ : onHover));
  picture.addEventListener("pointerdown", (event) => pointed(event, onZ));
  picture.addEventListener("pointerleave", () => onHover(null));

  // A break shows which end is the value at 0: a full dot there, a hollow one at the other end.
  function ends(name, { px, py }) {
    const ys = values[name];
    const from =
      Math.abs(ys[MIDDLE] - ys[MIDDLE - 1]) > JUMP
        ? MIDDLE - 1
        : Math.abs(ys[MIDDLE + 1] - ys[MIDDLE]) > JUMP
          ? MIDDLE + 1
          : null;
    if (from === null) return [];
    return [
      s("circle", { class: `end hollow ${name}`, cx: px(0), cy: py(ys[from]), r: 2.6 }),
      s("circle", { class: `end ${name}`, cx: px(0), cy: py(ys[MIDDLE]), r: 2.6 }),
    ];
  }

  function draw() {
    if (values === null) return;
    const { width, height } = fitted(svg);
    if (width === 0 || height === 0) return;
    axes.replaceChildren();
    curves.replaceChildren();
    const { left, right, top, bottom, between } = ROOM;
    const free = height - top - bottom - between;
    const wide = width - left - right;
    const upper = Math.round(free * 0.56);
    const x = { range: [-REACH, REACH], ticks: Z_TICKS };
    panes = [
      ["value", "φ", { left, top, width: wide, height: upper }, valueAxis(values.value)],
      [
        "derivative",
        "φ′",
        { left, top: top + upper + between, width: wide, height: free - upper },
        slopeAxis(values.derivative),
      ],
    ].map(([name, label, box, y]) => {
      const pane = createPane(axes, box, { y, x: { ...x, numbers: name === "derivative" } });
      const mark = s("path", { class: "cursor" });
      const dot = s("circle", { class: `dot ${name}`, r: 4 });
      pane.pane.append(
        mark,
        s("path", { class: `curve ${name}`, d: lineThrough(values.z, values[name], pane, JUMP) }),
        ...ends(name, pane),
        dot,
      );
      curves.append(
        pane.pane,
        text(box.left + 5, box.top + 12, label, { class: `pane-name ${name}` }),
      );
      return { ...pane, name, mark, dot };
    });
    cursor = panes;
    mark(index);
  }

  function mark(next) {
    index = next;
    if (values === null) return;
    for (const name of ["value", "derivative"]) {
      outputs[name].textContent = quantity(values[name][index], 4);
    }
    for (const { name, px, py, height, mark: line, dot } of cursor) {
      const place = px(values.z[index]);
      line.setAttribute("d", `M${place} 0v${height}`);
      dot.setAttribute("cx", place);
      dot.setAttribute("cy", py(values[name][index]));
    }
  }

  redrawn(svg, draw);
  return {
    element,
    mark,
    show(next) {
      values = next;
      draw();
    },
    setNumber(value, touched) {
      control?.set(value ?? parameter[1].default, touched);
    },
  };
}
