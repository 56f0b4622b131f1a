// One loss of the points: what each adds to the mean, and how hard each prediction is pulled.

import { createPane, paneRoom, redrawn, roomOf, s, text } from "../charts/chart.js";
import { measures, textWidth } from "../charts/measures.js";
import { h, math } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { localize, t } from "../i18n/i18n.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";

/** The upper pane's part of the height. */
const UPPER = 0.55;

/** @typedef {import("../api/answers.js").LossEntry} LossEntry */
/** @typedef {import("./requests.js").Loss} Loss */
/** @typedef {{ loss: Loss | null | undefined, selected: number,
 *   language: import("../shell/fields.js").Appearance["language"], large: boolean }} BarsProps `loss` is
 *   null where it is not defined, undefined where it is not known yet. */

/** @param {number[]} values @returns {[number, number]} */
function widened(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.12 * (high - low || 1);
  return [low < 0 ? low - room : 0, high > 0 ? high + room : 0.02 * (high - low || 1)];
}

/** @param {number} value */
const brief = (value) => quantity(value, 2);

/** What each point adds to the mean. @param {Loss} loss */
const shares = ({ each }) => each.map((one) => one / each.length);

/** @param {LossEntry} entry @param {Loss} loss */
const table = (entry, loss) => html`
  <div class="for-screen-readers"><table>
    <caption>${localize(entry.title)}</caption>
    <thead><tr><th scope="col">${t("functions.point")}</th>
      <th scope="col">${t("functions.adds")}</th><th scope="col">${t("functions.gradient")}</th></tr></thead>
    <tbody>${shares(loss).map(
      (share, i) => html`<tr><th scope="row">${i + 1}</th><td>${quantity(share, 4)}</td>
        <td>${quantity(loss.gradient[i], 4)}</td></tr>`,
    )}</tbody>
  </table></div>`;

/** @param {LossEntry} entry */
export function createBars(entry) {
  const axes = s("g");
  const bars = s("g");
  const svg = s("svg", { class: "chart", "aria-hidden": "true" }, axes, bars);
  const picture = h("div", { class: "bars-picture" }, svg);
  const element = h("article", { class: `card loss ${entry.id}`, dataset: { loss: entry.id } });
  /** @type {{ loss: Loss | null, selected: number }} */
  let scene = { loss: null, selected: 1 };

  /**
   * @param {"added" | "pull"} name
   * @param {import("../charts/chart.js").Box} box
   * @param {number[]} values
   * @param {string} label
   */
  function drawPane(name, box, values, label) {
    const { font, family } = measures();
    const pane = createPane(axes, box, {
      x: { range: [0, values.length], ticks: [] },
      y: { range: widened(values), format: brief },
    });
    const { px, py } = pane;
    // A narrow card has no room for it to begin at the axis.
    const room = box.left + box.width - textWidth(label, font, family);
    const begin = Math.max(0, Math.min(box.left, room));
    axes.append(text(begin, box.top - 0.4 * font, label, { class: "pane-name soft" }));
    const wide = Math.min(1.9 * font, (0.6 * pane.width) / values.length);
    values.forEach((value, i) => {
      const chosen = i + 1 === scene.selected ? " selected" : "";
      const middle = px(i + 0.5);
      const [from, to] = [py(Math.max(0, value)), py(Math.min(0, value))];
      pane.pane.append(
        s("rect", {
          class: `bar ${name}${chosen}`,
          x: middle - wide / 2,
          y: from,
          width: wide,
          height: Math.max(0.8, to - from),
          "data-point": i + 1,
        }),
      );
      if (name === "added") return;
      axes.append(
        text(box.left + middle, box.top + box.height + 1.05 * font, String(i + 1), {
          class: `tick${chosen}`,
          "text-anchor": "middle",
        }),
      );
    });
    bars.append(pane.pane);
  }

  function draw() {
    axes.replaceChildren();
    bars.replaceChildren();
    const { loss } = scene;
    if (loss === null) return;
    const { width, height } = roomOf(svg);
    if (width === 0 || height === 0) return;
    const { font } = measures();
    const added = shares(loss);
    const left = Math.max(
      ...[added, loss.gradient].map(
        (values) => paneRoom({ range: widened(values), format: brief }, height / 2).left,
      ),
    );
    const [head, bottom] = [1.5 * font, 1.25 * font];
    const free = Math.max(0, height - 2 * head - bottom);
    const upper = Math.round(UPPER * free);
    const box = { left, top: head, width: Math.max(0, width - left - 4), height: upper };
    const under = { ...box, top: 2 * head + upper, height: free - upper };
    drawPane("added", box, added, t("functions.adds"));
    drawPane("pull", under, loss.gradient, t("functions.gradient"));
  }

  const words = () => html`
    <div class="equation" tabindex="0">${math(entry.formula_mathml)}</div>
    <p class="hint loss-summary">${localize(entry.summary)}</p>`;

  redrawn(svg, draw);
  return {
    element,
    /** @param {BarsProps} props */
    show({ loss, selected, language }) {
      element.classList.toggle("undefined", loss === null);
      render(
        html`<div class="loss-head"><h2>${localize(entry.title)}</h2>
            <output class="mean" data-loss=${entry.id} aria-live="off"
              >${loss ? quantity(loss.mean, 4) : "–"}</output></div>
          ${guard([language], words)}
          <p class="reason hint">${loss === null ? t("functions.no_log_loss") : nothing}</p>
          ${picture}
          ${loss ? table(entry, loss) : nothing}`,
        element,
      );
      scene = { loss: loss ?? null, selected };
      draw();
    },
  };
}
