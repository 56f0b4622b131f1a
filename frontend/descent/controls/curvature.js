// Which region that curvature decides is shaded over the picture.

import { list } from "../../forms/choice.js";
import { t } from "../../i18n/i18n.js";
import { render } from "../../vendor/lit-html/lit-html.js";
import { REGIONS } from "../regions.js";
import { part } from "./fields.js";

/** @param {HTMLElement} picture @param {import("./types.js").Tools} tools
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>} */
export function createCurvature(picture, { store }) {
  const section = document.createElement("div");
  section.className = "curvature-choice";
  section.addEventListener("pointerdown", (event) => event.stopPropagation());
  picture.append(section);
  const fields = part(["curvature", "language"]);
  return {
    select: ({ state }) => ({ state: fields(state) }),
    show() {
      render(
        list({
          id: "curvature",
          label: t("curvature.label"),
          hint: t("curvature.label_hint"),
          value: store.get().curvature,
          options: REGIONS.map((value) => ({ value, title: t(`curvature.${value}`) })),
          onInput: (value) =>
            store.update({ curvature: /** @type {typeof REGIONS[number]} */ (value) }),
        }),
        section,
      );
    },
  };
}
