// The player under the graph; it says which pass a step is of.

import { h } from "../core/dom.js";
import { t } from "../i18n/i18n.js";
import { createPlayerBar, playerKeys } from "../shell/player_bar.js";
import { html } from "../vendor/lit-html/lit-html.js";

/** @typedef {{ steps: import("./steps.js").Step[], clock: import("../core/clock.js").Time }} Model */

const GROUP = "graph.title";

/** @param {{ steps: import("./steps.js").Step[], step: number }} shown */
function passOf({ steps, step }) {
  const kind = steps[step]?.pass ?? "none";
  const first = steps.findIndex(({ pass }) => pass === kind);
  const of = steps.filter(({ pass }) => pass === kind).length;
  return html`<output class="graph-pass" aria-live="off" data-pass=${kind}
    >${kind === "none" ? t("graph.pass.none") : t(`graph.pass.${kind}`, { k: step - first + 1, of })}</output>`;
}

/** @param {ReturnType<typeof import("../core/clock.js").createClock>} clock */
export function createBar(clock) {
  const element = h("div", { class: "graph-player" });
  const select = (/** @type {Model} */ { steps, clock: { step, playing } }) => ({
    steps,
    step,
    length: Math.max(0, steps.length - 1),
    playing,
    isIdle: steps.length === 0,
  });
  const bar = createPlayerBar(element, {
    clock,
    select,
    prefix: "graph-",
    last: true,
    where: passOf,
  });
  return {
    element,
    /** @param {Model} model */
    show: (model) => bar.show(select(model)),
    /** Gives the keyboard's focus to its main button. */
    focus() {
      /** @type {HTMLElement | null} */ (element.querySelector("#graph-play"))?.focus({
        preventScroll: true,
      });
    },
  };
}

/**
 * The keys of the dialog. Those from node to node are walking.js's.
 *
 * @param {HTMLDialogElement} dialog
 * @param {ReturnType<typeof import("../core/clock.js").createClock>} clock
 * @param {{ step: () => number, length: () => number }} now
 * @returns {import("../shell/keys.js").Key[]}
 */
export const graphKeys = (dialog, clock, now) => [
  ...playerKeys(clock, { ...now, within: dialog, group: GROUP }),
  {
    group: GROUP,
    within: dialog,
    keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    says: "keys.graph.walk",
  },
];
