// The buttons of the player and its keys. The player itself keeps time.

import { h, icon, iconButton } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { letGoOfTheMouse } from "../shell/focus.js";
import { SPEEDS } from "../shell/speeds.js";

export function createPlayerBar(section, store, player) {
  let parts = null;

  function build(state) {
    const play = h("button", {
      type: "button",
      id: "play",
      class: "icon-button play",
      onclick: () => player.toggle(),
    });
    const scrub = h("input", {
      type: "range",
      id: "scrub",
      class: "slider",
      min: 0,
      step: 1,
      value: player.step,
      max: player.length,
      "aria-label": t("player.scrub"),
    });
    scrub.addEventListener("input", () => {
      player.pause();
      player.seek(Number(scrub.value));
    });
    const step = h("input", {
      type: "number",
      id: "step",
      class: "number",
      min: 0,
      step: 1,
      value: player.step,
      max: player.length,
      "aria-label": t("player.step"),
    });
    step.addEventListener("change", () => {
      player.pause();
      player.seek(Math.round(Number(step.value) || 0));
    });
    const total = h("output", { id: "total", class: "total" });
    const speed = h(
      "select",
      {
        id: "speed",
        "aria-label": t("player.speed"),
        title: t("player.speed"),
        onchange: (event) => store.update({ speed: Number(event.target.value) }),
      },
      SPEEDS.map((value) =>
        h("option", { value, selected: value === state.speed }, `${quantity(value)}×`),
      ),
    );
    const loop = iconButton(
      "loop",
      t("player.loop"),
      () => store.update((now) => ({ loop: !now.loop })),
      { id: "loop", "aria-pressed": String(state.loop), class: "icon-button toggle" },
    );
    section.replaceChildren(
      iconButton(
        "first",
        t("player.first"),
        () => {
          player.pause();
          player.seek(0);
        },
        { id: "first", class: "icon-button wide-only" },
      ),
      iconButton(
        "back",
        t("player.back"),
        () => {
          player.pause();
          player.seek(player.step - 1);
        },
        { id: "back" },
      ),
      play,
      iconButton(
        "forward",
        t("player.forward"),
        () => {
          player.pause();
          player.seek(player.step + 1);
        },
        { id: "forward" },
      ),
      scrub,
      h(
        "span",
        { class: "step-of" },
        h("span", { class: "step-label" }, t("player.step")),
        step,
        total,
      ),
      speed,
      loop,
    );
    parts = { play, scrub, step, total, loop };
    this_.playing(player.playing);
    this_.idle();
    this_.step(player.step);
  }

  const this_ = {
    rebuild: build,
    playing(playing) {
      const label = t(playing ? "player.pause" : "player.play");
      parts.play.replaceChildren(icon(playing ? "pause" : "play"));
      parts.play.setAttribute("aria-label", label);
      parts.play.title = label;
      section.dataset.playing = String(playing);
    },
    idle() {
      parts.play.disabled = player.idle;
    },
    step(step) {
      if (document.activeElement !== parts.step || player.playing) parts.step.value = step;
      parts.scrub.value = step;
    },
    length(length) {
      parts.scrub.max = length;
      parts.step.max = length;
      parts.total.textContent = `/ ${length}`;
    },
    show(state) {
      parts.loop.setAttribute("aria-pressed", String(state.loop));
    },
  };
  return this_;
}

const TYPING = "input:not([type=range]):not([type=checkbox]), select, textarea";

// `isActive` says whether keys are the player's now; Delete calls `removeStart`, if given.
export function listenToKeys(player, { isActive = () => true, removeStart }) {
  letGoOfTheMouse();
  const moves = {
    ArrowRight: (shift) => player.seek(player.step + (shift ? 10 : 1)),
    ArrowLeft: (shift) => player.seek(player.step - (shift ? 10 : 1)),
    Home: () => player.seek(0),
    End: () => player.seek(player.length),
  };
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING)) return;
    if (!isActive() || document.querySelector("dialog[open]")) return;
    const onSlider = target.matches("[role=slider], input[type=range]:not(#scrub)");
    if (key === " " && !target.closest("button, a, summary, input[type=checkbox]")) player.toggle();
    else if (key in moves && !onSlider) {
      player.pause();
      moves[key](event.shiftKey);
    } else if (key === "Delete" && removeStart && !onSlider) removeStart();
    else return;
    event.preventDefault();
  });
}
