// One layer in numbers: chosen by pointing at a picture, or here by slider and keyboard.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { COLUMNS, cell } from "./columns.js";

export function createReadout(section, { onLayer }) {
  let scene = null;
  const slider = h("input", {
    type: "range",
    id: "layer",
    class: "slider",
    min: 1,
    step: 1,
    oninput: (event) => onLayer(Number(event.target.value)),
  });
  const output = h("output", { id: "layer-value", for: "layer", "aria-live": "off" });
  const label = h("label", { for: "layer" });
  const table = h("table", { class: "of-layer" });
  section.append(
    h("div", { class: "layer-choice" }, h("div", {}, label, " ", output), slider),
    table,
  );

  function row({ letter, name, answer }, layer) {
    const found = answer.layers[layer - 1];
    return h(
      "tr",
      { dataset: { setting: letter } },
      scene.settings.length > 1
        ? h("th", { scope: "row", class: `of-${letter}`, title: name }, letter)
        : null,
      COLUMNS.map((column) =>
        h(
          "td",
          { dataset: { column: column.id }, class: column.theory ? "theory" : null },
          found ? cell(column, found) : "",
        ),
      ),
    );
  }

  function mark(layer) {
    if (scene === null) return;
    const shown = Math.min(layer, scene.depth);
    slider.value = shown;
    output.textContent = `${shown} / ${scene.depth}`;
    slider.setAttribute("aria-valuetext", `${shown} / ${scene.depth}`);
    table.tBodies[0].replaceChildren(...scene.settings.map((one) => row(one, shown)));
  }

  return {
    mark,
    show(next) {
      scene = next;
      slider.max = scene.depth;
      label.textContent = t("signal.layer");
      slider.setAttribute("aria-label", t("signal.layer"));
      table.replaceChildren(
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            scene.settings.length > 1 ? h("th") : null,
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
      mark(scene.layer);
    },
  };
}
