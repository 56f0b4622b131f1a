// The numbers under the pointer on the heat map: a layer at a step.

import { h } from "../../core/dom.js";
import { integer, quantity } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";

/** @typedef {import("./model.js").Run} Run */

const AWAY = 14;

export function createReading() {
  const element = h("div", { class: "tooltip", hidden: true });

  /** @param {number} x @param {number} y */
  function place(x, y) {
    element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + AWAY + width > innerWidth ? x - AWAY - width : x + AWAY;
    const top = y + AWAY + height > innerHeight ? y - AWAY - height : y + AWAY;
    element.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  return {
    element,
    hide() {
      element.hidden = true;
    },
    /** @param {Run} run @param {number} row @param {number} step @param {PointerEvent} event */
    show({ norms, ratios, rows, count }, row, step, { clientX, clientY }) {
      const at = row * count + step - 1;
      element.replaceChildren(
        h(
          "div",
          { class: "tooltip-title" },
          row === rows - 1 ? t("trained.output_layer") : t("trained.layer", { layer: row + 1 }),
        ),
        h(
          "dl",
          {},
          [
            [t("trained.step"), integer(step)],
            ["‖∂L/∂W‖", quantity(norms[at])],
            ["‖ΔW‖/‖W‖", quantity(ratios[at])],
          ].map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
        ),
      );
      place(clientX, clientY);
    },
  };
}
