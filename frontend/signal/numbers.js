// Every layer's numbers as a table, for reading, copying and screen readers.

import { h } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { COLUMNS, cell } from "./columns.js";

/**
 * @typedef {import("./answers.js").Layer} Layer
 * @typedef {import("./answers.js").SignalAnswer} SignalAnswer
 */

/** Least and most over the seeds, in words. @param {Layer} layer @param {string} id */
function spreadOf(layer, id) {
  const ends = id in layer.spread ? layer.spread[/** @type {keyof Layer["spread"]} */ (id)] : null;
  return ends
    ? t("signal.spread", { least: quantity(ends[0], 4), most: quantity(ends[1], 4) })
    : null;
}

/** @param {SignalAnswer} answer @param {string} letter */
export const createNumbers = (answer, letter) =>
  h(
    "div",
    { class: "numbers", tabindex: 0, role: "region", "aria-label": t("signal.numbers") },
    h(
      "table",
      { dataset: { setting: letter } },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("signal.layer")),
          COLUMNS.map(({ id }) =>
            h(
              "th",
              { scope: "col", title: t(`signal.column.${id}.long`) },
              t(`signal.column.${id}`),
            ),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        answer.layers.map((layer) =>
          h(
            "tr",
            { dataset: { layer: layer.layer } },
            h("th", { scope: "row" }, String(layer.layer)),
            COLUMNS.map((column) =>
              h(
                "td",
                {
                  dataset: { column: column.id },
                  title: spreadOf(layer, column.id),
                  class: column.theory ? "theory" : null,
                },
                cell(column, layer),
              ),
            ),
          ),
        ),
      ),
    ),
  );
