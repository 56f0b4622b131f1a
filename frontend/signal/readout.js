// One layer in numbers: chosen by pointing at a picture, or here by slider and keyboard.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { COLUMNS, cell } from "./columns.js";

/**
 * @typedef {{ letter: import("./state.js").Letter, name: string,
 *   answer: import("./answers.js").SignalAnswer }} Setting
 * @typedef {{ depth: number, layer: number, settings: Setting[] }} Scene
 */

/** @param {HTMLElement} section @param {{ onLayer: (layer: number) => void }} on */
export function createReadout(section, { onLayer }) {
  /** @type {Scene | null} */
  let scene = null;
  const slider = h("input", {
    type: "range",
    id: "layer",
    class: "slider",
    min: 1,
    step: 1,
    oninput: () => onLayer(slider.valueAsNumber),
  });
  const output = h("output", { id: "layer-value", for: "layer", "aria-live": "off" });
  const label = h("label", { for: "layer" });
  const table = h("table", { class: "of-layer" });
  section.append(
    h("div", { class: "layer-choice" }, h("div", {}, label, " ", output), slider),
    table,
  );

  /** @param {Setting} setting @param {number} layer @param {boolean} isOneOfTwo */
  function row({ letter, name, answer }, layer, isOneOfTwo) {
    const found = answer.layers[layer - 1];
    return h(
      "tr",
      { dataset: { setting: letter } },
      isOneOfTwo ? h("th", { scope: "row", class: `of-${letter}`, title: name }, letter) : null,
      COLUMNS.map((column) =>
        h(
          "td",
          { dataset: { column: column.id }, class: column.theory ? "theory" : null },
          found ? cell(column, found) : "",
        ),
      ),
    );
  }

  /** @param {number} layer */
  function mark(layer) {
    if (scene === null) return;
    const { depth, settings } = scene;
    const shown = Math.min(layer, depth);
    slider.value = String(shown);
    output.textContent = `${shown} / ${depth}`;
    slider.setAttribute("aria-valuetext", `${shown} / ${depth}`);
    table.tBodies[0].replaceChildren(
      ...settings.map((one) => row(one, shown, settings.length > 1)),
    );
  }

  return {
    mark,
    /** @param {Scene} next */
    show(next) {
      scene = next;
      slider.max = String(next.depth);
      label.textContent = t("signal.layer");
      slider.setAttribute("aria-label", t("signal.layer"));
      table.replaceChildren(
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            next.settings.length > 1 ? h("th") : null,
            COLUMNS.map(({ id, theory }) =>
              h(
                "th",
                {
                  scope: "col",
                  class: theory ? "theory" : null,
                  title: t(`signal.column.${id}.long`),
                },
                t(`signal.column.${id}`),
              ),
            ),
          ),
        ),
        h("tbody"),
      );
      mark(next.layer);
    },
  };
}
