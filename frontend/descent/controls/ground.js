// What the picture is coloured by: the loss, or the length of its gradient.

import { h, renew } from "../../core/dom.js";
import { t } from "../../i18n/i18n.js";
import { GROUNDS } from "../state.js";

export function createGround(picture, store) {
  const section = h("div", { class: "ground segmented", role: "group" });
  picture.append(section);
  return {
    show(state) {
      section.setAttribute("aria-label", t("ground.label"));
      renew(
        section,
        ...GROUNDS.map((ground) =>
          h(
            "button",
            {
              type: "button",
              id: `ground-${ground}`,
              "aria-pressed": String(ground === state.ground),
              title: t(`ground.${ground}_hint`),
              onclick: () => store.update({ ground }),
            },
            t(`ground.${ground}`),
          ),
        ),
      );
    },
  };
}
