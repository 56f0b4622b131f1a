// What was chosen on the map: the run with these numbers, its path and its losses, small; and the way to
// the laboratory with them.

import { logTicks } from "../charts/axes.js";
import { createPane, lineThrough, paneRoom, redrawn, roomOf, s } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { declaredSurface } from "../runs/surfaces.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { logsOf } from "./lowest.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./requests.js").Path} Path
 *
 * @typedef {object} Props
 * @property {string} numbers
 * @property {string} told What the map says of it.
 * @property {Path | null} path
 * @property {string} laboratory The address of the Descent page with these numbers.
 * @property {string} surface
 * @property {number | null} lowest Its lowest loss; null where nobody knows.
 * @property {string | null} language
 */

/** A path that leaves the picture is followed this far, in parts of its width. */
const OUTSIDE = 0.15;

/** @param {SVGSVGElement} svg @param {ReturnType<typeof logsOf>} found @param {number} count Of the path. */
function drawLosses(svg, { steps, logs }, count) {
  const { width, height } = roomOf(svg);
  if (width < 40 || height < 40) return;
  let [low, high] = [Math.min(...logs), Math.max(...logs)];
  if (!(high - low > 1e-9)) [low, high] = [low - 1, high + 1];
  const ticks = logTicks([low, high], Math.max(2, height / 34));
  const y = {
    range: /** @type {[number, number]} */ ([low, high]),
    ticks: ticks.values,
    format: (/** @type {number} */ at) => ticks.texts[ticks.values.indexOf(at)] ?? "",
  };
  const axes = s("g");
  const room = paneRoom(y, height);
  const pane = createPane(
    axes,
    {
      left: room.left,
      top: 6,
      width: width - room.left - measures().font,
      height: height - 6 - room.bottom,
    },
    { x: { range: [0, Math.max(1, count - 1)] }, y },
  );
  pane.pane.append(
    s("path", {
      class: "curve",
      d: lineThrough(steps, logs, pane),
    }),
  );
  svg.replaceChildren(axes, pane.pane);
}

/** What of the plane a path is drawn in: its surface's domain, as far as the path needs it.
 * @param {Path} path @param {[number, number][] | undefined} domain */
function rangesOf(path, domain) {
  return [path.x, path.y].map((values, axis) => {
    const finite = Array.from(values).filter((value) => Math.abs(value) < 1e12);
    const [least, most] = [Math.min(...finite), Math.max(...finite)];
    const [low, high] = domain?.[axis] ?? [least - 1, most + 1];
    const margin = OUTSIDE * (high - low);
    return /** @type {[number, number]} */ ([
      Math.max(Math.min(low, least), low - margin),
      Math.min(Math.max(high, most), high + margin),
    ]);
  });
}

/** @param {SVGSVGElement} svg @param {Path} path @param {any} surface Its entry in the catalogue.
 * @param {boolean} isKnown Whether its minima are those of these settings. */
function drawPath(svg, path, { domain, minima }, isKnown) {
  const { width, height } = roomOf(svg);
  if (width < 40 || height < 40) return;
  const [x, y] = rangesOf(path, domain);
  const axes = s("g");
  const room = paneRoom({ range: y }, height);
  const pane = createPane(
    axes,
    {
      left: room.left,
      top: 6,
      width: width - room.left - measures().font,
      height: height - 6 - room.bottom,
    },
    { x: { range: x }, y: { range: y } },
  );
  /** @param {number} value @param {number} side */
  const near = (value, side) => Math.max(-side, Math.min(2 * side, value));
  const inside = {
    px: (/** @type {number} */ value) => near(pane.px(value), pane.width),
    py: (/** @type {number} */ value) => near(pane.py(value), pane.height),
  };
  const last = path.x.length - 1;
  pane.pane.append(
    ...(isKnown ? minima : []).map((/** @type {any} */ minimum) => {
      const [at, up] = [inside.px(minimum.x), inside.py(minimum.y)];
      return s("path", { class: "minimum", d: `M${at - 4} ${up - 4}l8 8m-8 0l8 -8` });
    }),
    s("path", { class: "curve", d: lineThrough(path.x, path.y, inside) }),
    s("circle", { class: "dot", cx: inside.px(path.x[0]), cy: inside.py(path.y[0]), r: 4 }),
    s("circle", { class: "end", cx: inside.px(path.x[last]), cy: inside.py(path.y[last]), r: 4 }),
  );
  svg.replaceChildren(axes, pane.pane);
}

/**
 * @param {HTMLElement} section
 * @param {import("./state.js").Catalog} catalog
 */
export function createChosen(section, catalog) {
  const words = h("div", { class: "chosen-words" });
  const plane = s("svg", { class: "chart", "aria-hidden": "true" });
  const losses = s("svg", { class: "chart", "aria-hidden": "true" });
  const titles = [h("h3"), h("h3")];
  const empty = h("p", { class: "hint", hidden: true });
  section.replaceChildren(
    words,
    h("div", { class: "chosen-part" }, titles[0], h("div", { class: "chosen-plot" }, plane)),
    h(
      "div",
      { class: "chosen-part" },
      titles[1],
      empty,
      h("div", { class: "chosen-plot" }, losses),
    ),
  );
  /** @type {Props | null} */
  let shown = null;

  function draw() {
    empty.hidden = true;
    if (!shown?.path) {
      for (const svg of [plane, losses]) svg.replaceChildren();
      return;
    }
    const surface = declaredSurface(catalog, shown.surface);
    const { path, lowest } = shown;
    drawPath(plane, path, surface, lowest !== null);
    const found = logsOf(path.loss, lowest);
    empty.hidden = found.logs.length > 0;
    if (empty.hidden) drawLosses(losses, found, path.loss.length);
    else losses.replaceChildren();
  }
  redrawn(plane, draw);

  return {
    /** @param {Props} props */
    show(props) {
      shown = props;
      const { path, numbers, told, laboratory } = props;
      titles[0].textContent = t("maps.path");
      titles[1].textContent = t("maps.losses");
      empty.textContent = t("maps.no_losses");
      section.dataset.numbers = numbers;
      section.dataset.status = path?.status ?? "";
      render(
        html`<h2>${t("maps.chosen")}</h2>
          <p class="chosen-numbers">${numbers}</p>
          ${told ? html`<p>${told}</p>` : nothing}
          ${path?.outcome ? html`<p class="hint">${localize(path.outcome.text)}</p>` : nothing}
          ${path ? html`<p class="for-screen-readers">${t("maps.ends", { loss: quantity(path.loss[path.loss.length - 1]) })}</p>` : nothing}
          <a class="text-button primary" id="open-laboratory" href=${laboratory}>${t("maps.laboratory")}</a>`,
        words,
      );
      draw();
    },
  };
}
