// One trained network: what became of it, and the panels that follow the step.

import { h } from "../../core/dom.js";
import { integer, percent, quantity } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { createCurves } from "./curves.js";
import { createEvents } from "./events.js";
import { createHistograms } from "./histograms.js";
import { createHeat, createRatios } from "./layers.js";
import { isLook } from "./model.js";
import { createPrediction } from "./prediction.js";
import { createTable } from "./table.js";

/**
 * @typedef {import("./model.js").Panel} Panel
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./model.js").Scene} Scene
 */

// What became of the training, in a sentence.
/** @param {Run} run */
function outcome(run) {
  const { loss, accuracy, count, divergedAt, came } = run;
  if (loss.length === 0) return t("trained.never_finite");
  if (isLook(run)) return t("trained.before");
  const last = quantity(loss.at(-1));
  if (divergedAt !== null) return t("trained.diverged", { step: integer(divergedAt), loss: last });
  const values = { count, first: quantity(loss[0]), last };
  const ended =
    accuracy === null
      ? t("trained.ended", values)
      : t("trained.ended_classes", { ...values, share: percent(accuracy[accuracy.length - 1]) });
  return `${ended} ${localize(came.text)}`;
}

// Before the first step there is nothing yet of what steps show.
/** @param {Run} run @returns {((run: Run, scene: Scene) => Panel)[]} */
function panelsOf(run) {
  const first = [createPrediction, createCurves];
  if (isLook(run)) return first;
  const histograms = run.histograms ? [createHistograms] : [];
  return [...first, createHeat, createRatios, ...histograms, createTable];
}

/** @param {{ run: Run, label: string, key: string }} trained @param {Scene} scene */
export function createColumn({ run, label, key }, scene) {
  const isEmpty = run.loss.length === 0;
  const panels = isEmpty ? [] : panelsOf(run).map((create) => create(run, scene));
  // Side by side both have room for them, so that rows stay level.
  const isTold = scene.runs.some(({ events }) => events.length > 0);
  const events = isEmpty || !isTold ? null : createEvents(run, scene);
  const now = h("output", { class: "now", "aria-live": "off" });
  const hasDiverged = run.divergedAt !== null;
  const told = outcome(run);
  // How it ends is said when its end is on show.
  const end = h(
    "p",
    { class: `outcome${hasDiverged ? " diverged" : ""}`, dataset: { outcome: run.came.id } },
    told,
  );
  const element = h(
    "section",
    {
      class: `trained-run ${scene.style.name}`,
      dataset: { key, status: hasDiverged ? "diverged" : isLook(run) ? "look" : "running" },
    },
    h(
      "header",
      { class: "run-head" },
      h("h2", {}, h("i", { class: "swatch-line" }), label),
      now,
      end,
      events?.element ?? null,
    ),
    panels.map((panel) => panel.element),
  );
  return {
    element,
    outcome: `${label}: ${told}`,
    layout: () => panels.forEach((panel) => panel.layout()),
    /** @param {number} step */
    draw(step) {
      for (const panel of panels) panel.draw(step);
      events?.draw(step);
      end.classList.toggle("ahead", step < run.count);
      if (isEmpty) return;
      const at = Math.min(step, run.count);
      element.dataset.step = String(at);
      now.textContent = [
        t("trained.step_is", { step: integer(at) }),
        t("trained.loss_is", { loss: quantity(run.loss[at]) }),
        ...(run.accuracy ? [t("trained.accuracy_is", { share: percent(run.accuracy[at]) })] : []),
      ].join(" · ");
    },
  };
}
