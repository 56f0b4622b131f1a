// The zoom buttons, and beside them the switch between one scale for both axes and a scale for
// each, with the note that goes with the latter: where the parameters are in unlike units the page
// scales them apart by itself.

import { h, iconButton, renew } from "../core/dom.js";
import { t } from "../i18n/i18n.js";

const CLOSER = 0.6;

/**
 * @param {HTMLElement} picture
 * @param {{zoom(factor: number): void, fit(): void, aspect(aspect: "apart" | "equal"): void}} on
 */
export function createZoomButtons(picture, on) {
  const section = h("div", { class: "zoom" });
  const note = h("p", { class: "aspect-note", id: "aspect-note" });
  picture.append(section, note);
  return {
    /** @param {boolean} apart Whether the axes of the picture are scaled apart. */
    show(apart) {
      renew(
        section,
        iconButton(
          "apart",
          t(apart ? "aspect.equal" : "aspect.apart"),
          () => on.aspect(apart ? "equal" : "apart"),
          { id: "aspect", "aria-pressed": String(apart), class: "icon-button toggle" },
        ),
        iconButton("plus", t("zoom.in"), () => on.zoom(CLOSER), { id: "zoom-in" }),
        iconButton("minus", t("zoom.out"), () => on.zoom(1 / CLOSER), { id: "zoom-out" }),
        iconButton("fit", t("zoom.reset"), () => on.fit(), { id: "zoom-reset" }),
      );
      note.textContent = t("aspect.note");
      note.hidden = !apart;
    },
  };
}
