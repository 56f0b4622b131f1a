// What the search found in numbers, and what has to be said of them. The numbers are those of the
// path that was walked again, which are also the page's.

import { signed } from "../../charts/swatch.js";
import { h } from "../../core/dom.js";
import { integer, quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";

/** @typedef {import("./types.js").FoundRun} FoundRun */

const HEAD = ["run", "rate", "held", "final", "best", "steps", "outcome"];

// What makes a best rate doubtful, in sentences.
/** @param {FoundRun} run */
function doubts({ name, best }) {
  if (best === null) return [];
  const rate = quantity(best.learning_rate);
  return [
    best.fragile ? t("tuning.fragile", { name, rate }) : null,
    best.reproduced
      ? null
      : t("tuning.chaotic", {
          name,
          rate,
          walked: quantity(best.walked.loss),
          searched: quantity(best.loss),
        }),
    best.skipped.length === 0
      ? null
      : t("tuning.skipped", {
          name,
          count: best.skipped.length,
          rate: quantity(best.skipped[0]),
        }),
  ].filter((text) => text !== null);
}

/** @param {FoundRun} run */
function row(run) {
  const { name, style, best, curve } = run;
  const doubtful = best && (best.fragile || !best.reproduced);
  const sign = doubtful
    ? h(
        "span",
        {
          class: "doubt",
          role: "img",
          title: doubts(run).join(" "),
          "aria-label": doubts(run).join(" "),
        },
        "⚠\u{FE0E}",
      )
    : null;
  return h(
    "tr",
    {},
    h("th", { scope: "row", class: "column-run" }, signed(style, name)),
    best
      ? [
          h("td", {}, sign, sign ? " " : null, quantity(best.learning_rate)),
          ...[
            quantity(best.walked.held_loss),
            quantity(best.walked.loss),
            quantity(best.walked.best_loss),
            integer(best.walked.steps_to_tolerance),
          ].map((text) => h("td", {}, text)),
          h(
            "td",
            { title: localize(best.walked.outcome.text) },
            t(`outcome.${best.walked.outcome.id}`),
          ),
        ]
      : h("td", { colspan: HEAD.length - 1 }, t(curve ? "tuning.all_diverged" : "tuning.nothing")),
  );
}

/** @param {FoundRun[]} runs */
export const createTable = (runs) =>
  h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        HEAD.map((name) =>
          h(
            "th",
            { scope: "col", title: name === "held" ? t("tuning.objective.held_loss.help") : null },
            t(`tuning.column.${name}`),
          ),
        ),
      ),
    ),
    h("tbody", {}, runs.map(row)),
  );

/** @param {FoundRun[]} runs */
export const createDoubts = (runs) => runs.flatMap(doubts).map((text) => h("li", {}, text));
