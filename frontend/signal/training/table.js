// A training in numbers, for those who do not see its pictures: every layer at the shown step, and
// the losses on the way.

import { h } from "../../core/dom.js";
import { integer, percent, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { layerName } from "./names.js";

/**
 * @typedef {import("./model.js").Panel} Panel
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 */

/** About as many steps as are read out. */
const STEPS = 10;

/** @param {number} count */
function stepsOf(count) {
  const most = Math.min(STEPS, count);
  return most === 0
    ? [0]
    : Array.from({ length: most + 1 }, (_, i) => Math.round((i * count) / most));
}

/** @param {string} title @param {string[]} heads @param {string[][]} rows */
function table(title, heads, rows) {
  return h(
    "table",
    {},
    h("caption", {}, title),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((head) => h("th", { scope: "col" }, head)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map(([first, ...rest]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, first),
          rest.map((cell) => h("td", {}, cell)),
        ),
      ),
    ),
  );
}

/** @param {Run} run @param {number} step */
function layersAt({ rows, count, norms, ratios }, step) {
  const at = Math.max(1, Math.min(step, count));
  return table(
    t("trained.layers_at", { step: at }),
    [t("signal.layer"), "‖∂L/∂W‖", "‖ΔW‖/‖W‖"],
    Array.from({ length: rows }, (_, row) => {
      const index = row * count + at - 1;
      return [layerName(row, rows), quantity(norms[index]), quantity(ratios[index])];
    }),
  );
}

/** @param {Run} run */
function lossesOf({ count, loss, accuracy, rate }) {
  const heads = [
    t("trained.step"),
    t("trained.loss"),
    ...(accuracy ? [t("trained.accuracy")] : []),
    t("trained.rate"),
  ];
  const cells = (/** @type {number} */ step) => [
    integer(step),
    quantity(loss[step]),
    ...(accuracy ? [percent(accuracy[step])] : []),
    step > 0 ? quantity(rate[step - 1]) : "–",
  ];
  return table(t("trained.on_the_way"), heads, stepsOf(count).map(cells));
}

/** @param {Run} run @param {Pick<Scene, "numbers" | "onNumbers">} scene @returns {Panel} */
export function createTable(run, { numbers, onNumbers }) {
  const layers = h("div", { class: "scrolled" });
  const tables = h("div", { class: "tables" }, layers);
  const element = h(
    "details",
    { class: "card in-numbers", open: numbers.isOpen },
    h("summary", {}, h("h3", {}, t("trained.in_numbers"))),
    tables,
  );
  let step = 0;
  let shown = -1;

  function write() {
    if (!element.open || shown === step) return;
    if (shown < 0) tables.append(h("div", { class: "scrolled" }, lossesOf(run)));
    shown = step;
    layers.replaceChildren(layersAt(run, step));
  }
  element.addEventListener("toggle", () => {
    onNumbers(element.open);
    write();
  });
  return {
    element,
    layout() {},
    /** @param {number} next */
    draw(next) {
      step = next;
      write();
    },
  };
}
