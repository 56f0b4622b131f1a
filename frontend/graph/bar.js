// The player's buttons under the graph, and where it stands.

import { h, icon, iconButton } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

/** @typedef {ReturnType<typeof import("../core/clock.js").createClock>} Clock */

/**
 * @param {Clock} clock
 * @param {{ step: () => number, length: () => number }} now
 */
export function createBar(clock, { step, length }) {
  const play = h("button", {
    type: "button",
    class: "icon-button play",
    id: "graph-play",
    onclick: () => clock.toggle(),
  });
  const scrub = h("input", {
    type: "range",
    class: "slider",
    id: "graph-scrub",
    min: 0,
    step: 1,
    value: 0,
    oninput: () => clock.seek(Number(scrub.value)),
  });
  const pass = h("output", { class: "graph-pass", "aria-live": "off" });
  const element = h("div", { class: "graph-player" });

  return {
    element,
    /** Gives the keyboard's focus to its main button. */
    focus: () => play.focus({ preventScroll: true }),

    /** Writes its texts in the present language. */
    label() {
      /** @param {import("../core/dom.js").IconName} name @param {string} text @param {() => number} to */
      const button = (name, text, to) =>
        iconButton(name, t(text), () => clock.seek(to()), { id: `graph-${name}` });
      scrub.setAttribute("aria-label", t("player.step"));
      element.replaceChildren(
        button("first", "player.first", () => 0),
        button("back", "player.back", () => step() - 1),
        play,
        button("forward", "player.forward", () => step() + 1),
        button("last", "graph.last", length),
        scrub,
        pass,
      );
    },

    /** @param {boolean} isPlaying */
    playing(isPlaying) {
      const label = t(isPlaying ? "player.pause" : "player.play");
      play.replaceChildren(icon(isPlaying ? "pause" : "play"));
      play.setAttribute("aria-label", label);
      play.title = label;
    },

    /** @param {import("./steps.js").Step[]} steps @param {number} k */
    draw(steps, k) {
      scrub.max = String(Math.max(0, steps.length - 1));
      scrub.value = String(k);
      const kind = steps[k]?.pass ?? "none";
      const first = steps.findIndex((one) => one.pass === kind);
      const count = steps.filter((one) => one.pass === kind).length;
      pass.textContent =
        kind === "none"
          ? t("graph.pass.none")
          : t(`graph.pass.${kind}`, { k: k - first + 1, of: count });
      pass.dataset.pass = kind;
    },
  };
}
