// Staircases over a logarithmic axis: performance profiles, and ECDFs of what targets cost.

import { createPane, paneRoom, redrawn, roomOf, s, text } from "../charts/chart.js";
import { measures } from "../charts/measures.js";
import { h } from "../core/dom.js";
import { integer, percent, quantity } from "../i18n/format.js";
import { html, render } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ at: number[], share: number[] }} Staircase */
/** @typedef {{ name: string, style: import("../charts/palette.js").RunStyle, stairs: Staircase }} Line */
/** @typedef {{ title: string, help: string, xTitle: string, most: number, mark: number | null,
 *   heard: number[], lines: Line[] }} Stairs `most` is the end of the axis, `mark` a place that counts. */

const SHARES = { range: /** @type {[number, number]} */ ([0, 1]), format: percent };

/** The share at a place. @param {Staircase} stairs @param {number} place */
export function shareAt({ at, share }, place) {
  const after = at.findIndex((one) => one > place);
  const index = (after < 0 ? at.length : after) - 1;
  return index < 0 ? 0 : share[index];
}

/** Powers of ten, or of two where there are few of them. @param {number} most */
function ticksTo(most) {
  const base = most > 64 ? 10 : 2;
  const count = Math.floor(Math.log(most) / Math.log(base) + 1e-9);
  return Array.from({ length: count + 1 }, (_, k) => k * Math.log10(base));
}

/**
 * The `d` of a staircase, from the left edge to the end of the axis.
 *
 * @param {Staircase} stairs
 * @param {number} most
 * @param {{ px(value: number): number, py(value: number): number }} pane
 */
export function pathOf({ at, share }, most, { px, py }) {
  let path = `M0 ${py(0).toFixed(1)}`;
  at.forEach((place, k) => {
    if (place > most) return;
    path += `H${px(Math.log10(Math.max(1, place))).toFixed(1)}V${py(share[k]).toFixed(1)}`;
  });
  return `${path}H${px(Math.log10(most)).toFixed(1)}`;
}

/** @param {string} id */
export function createStaircases(id) {
  const axes = s("g");
  const lines = s("g");
  const svg = s("svg", { class: "chart", "aria-hidden": "true" }, axes, lines);
  const picture = h("div", { class: "stairs-picture" }, svg);
  const element = h("section", { class: "card stairs", id });
  /** @type {Stairs | null} */
  let shown = null;

  function draw() {
    axes.replaceChildren();
    lines.replaceChildren();
    const { width, height } = roomOf(svg);
    if (shown === null || width === 0 || height === 0) return;
    const { font, line } = measures();
    const { left } = paneRoom(SHARES, height);
    const box = {
      ...{ left, top: 0.5 * font, width: Math.max(0, width - left - font) },
      height: Math.max(0, height - 3.1 * font),
    };
    const { most, mark, xTitle } = shown;
    const pane = createPane(axes, box, {
      x: {
        range: [0, Math.log10(most)],
        ticks: ticksTo(most),
        format: (power) => integer(10 ** power),
      },
      y: SHARES,
    });
    axes.append(
      text(box.left + box.width / 2, box.top + box.height + 2.3 * font, xTitle, {
        class: "tick",
        "text-anchor": "middle",
      }),
    );
    if (mark !== null) {
      const x = pane.px(Math.log10(mark));
      pane.pane.append(s("path", { class: "cursor", d: `M${x} 0v${box.height}` }));
    }
    for (const { style, stairs } of shown.lines) {
      pane.pane.append(
        s("path", {
          class: "stair",
          stroke: style.color,
          "stroke-width": line,
          "stroke-dasharray": style.dash.join(" "),
          d: pathOf(stairs, most, pane),
        }),
      );
    }
    lines.append(pane.pane);
  }

  /** @param {Stairs} of */
  const heard = ({ title, xTitle, heard: places, lines: all }) => html`
    <div class="for-screen-readers"><table><caption>${title}</caption>
      <thead><tr><th scope="col">${xTitle}</th>${places.map((one) => html`<th scope="col">${quantity(one)}</th>`)}</tr></thead>
      <tbody>${all.map(
        ({ name, stairs }) => html`<tr><th scope="row">${name}</th>
          ${places.map((one) => html`<td>${percent(shareAt(stairs, one))}</td>`)}</tr>`,
      )}</tbody></table></div>`;

  redrawn(svg, draw);
  return {
    element,
    /** @param {Stairs} next */
    show(next) {
      shown = next;
      render(html`<h2 title=${next.help}>${next.title}</h2>${picture}${heard(next)}`, element);
      draw();
    },
  };
}
