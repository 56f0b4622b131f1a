// The local truth at the selected run's point while the race is paused: curvature, and how the
// rate stands to it.

import { swatch } from "../../charts/swatch.js";
import { h } from "../../core/dom.js";
import { integer, quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";

// `onGraph` opens the computation graph of the same point.
export function createTruth(section, onGraph) {
  const facts = h("div", { class: "facts" });
  const graph = h("button", {
    type: "button",
    id: "open-graph",
    class: "text-button",
    onclick: onGraph,
  });
  section.replaceChildren(facts, graph);

  const fact = (name, value, warning = false) =>
    h(
      "span",
      {
        class: `fact${warning ? " warning" : ""}`,
        title: t(`truth.${name}.help`),
        dataset: { fact: name },
      },
      h("span", { class: "fact-name" }, t(`truth.${name}`)),
      " ",
      value,
    );

  return {
    // `hint` is the key of why there is nothing to see; null while it is looked up.
    clear(hint) {
      facts.replaceChildren(...(hint ? [h("span", { class: "hint" }, t(hint))] : []));
      graph.textContent = t("graph.title");
      graph.title = t("graph.help");
      delete section.dataset.step;
      section.classList.remove("earlier");
    },
    // `local` is the server's answer for the point, `rate` that of the step about to be taken; what
    // is not of the point where the run stands is of an earlier one, and dimmed.
    show({ local, run, step, rate, isCurrent }) {
      const eigenvalues = local.hessian_eigenvalues;
      const critical = local.critical_learning_rate;
      facts.replaceChildren(
        h(
          "span",
          { class: "fact-run" },
          swatch(run.style, { compact: true }),
          t("truth.at", { name: run.name, step: integer(step) }),
        ),
        ...(local.no_curvature
          ? [
              h(
                "span",
                { class: "hint", dataset: { fact: "no-curvature" } },
                localize(local.no_curvature),
              ),
            ]
          : [
              fact("eigenvalues", `${quantity(eigenvalues[0])}; ${quantity(eigenvalues[1])}`),
              fact(
                "condition",
                local.condition_number === null
                  ? t("truth.none")
                  : quantity(local.condition_number),
              ),
              fact("critical", critical === null ? t("truth.none") : quantity(critical)),
            ]),
        fact(
          "rate",
          rate === undefined ? "–" : quantity(rate),
          critical !== null && rate > critical && run.optimizer.id === "sgd",
        ),
      );
      graph.textContent = t("graph.title");
      graph.title = t("graph.help");
      section.classList.toggle("earlier", !isCurrent);
      if (isCurrent) section.dataset.step = step;
      else delete section.dataset.step;
    },
  };
}
