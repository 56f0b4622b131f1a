// Whether the loss is shown on a logarithmic or a linear scale.

import { h, renew } from "../../core/dom.js";
import { t } from "../../i18n/i18n.js";
import { SCALES } from "../state.js";

export function createScale(panel, store) {
  // A click on the panel itself goes to a step.
  const section = h("div", {
    class: "scale segmented",
    role: "group",
    onclick: (event) => event.stopPropagation(),
  });
  panel.append(section);
  return {
    show(state) {
      section.setAttribute("aria-label", t("scale.label"));
      renew(
        section,
        ...SCALES.map((scale) =>
          h(
            "button",
            {
              type: "button",
              id: `scale-${scale}`,
              "aria-pressed": String(scale === state.scale),
              title: t(`scale.${scale}_hint`),
              onclick: () => store.update({ scale }),
            },
            t(`scale.${scale}`),
          ),
        ),
      );
    },
  };
}
