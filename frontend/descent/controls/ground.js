// What the picture is coloured by: the loss, the length of its gradient, or a map of every start; and
// of which run that is, or of all side by side.

import { list } from "../../forms/choice.js";
import { t } from "../../i18n/i18n.js";
import { render } from "../../vendor/lit-html/lit-html.js";
import { runNames } from "../names.js";
import { BASINS, GROUNDS } from "../state.js";
import { part } from "./fields.js";
import { createSegments } from "./segments.js";

const BESIDE = "beside";

/** @param {HTMLElement} picture @param {import("./types.js").Tools} tools
 * @returns {import("../../core/panels.js").Panel<import("./types.js").Model, any>} */
function createChoice(picture, { catalog, store }) {
  const section = document.createElement("div");
  section.className = "map-choice";
  section.hidden = true;
  section.addEventListener("pointerdown", (event) => event.stopPropagation());
  picture.append(section);
  const fields = part([
    "runs",
    "selectedRun",
    "beside",
    "ground",
    "surface",
    "parameters",
    "language",
  ]);
  return {
    select: ({ state }) => (state.ground === BASINS ? { state: fields(state) } : null),
    hide() {
      section.hidden = true;
    },
    show() {
      const state = store.get();
      const names = runNames(catalog, state);
      const { runs, selectedRun, beside } = state;
      section.hidden = false;
      render(
        list({
          id: "map-run",
          label: t("maps.of"),
          hint: t("maps.of"),
          value: beside ? BESIDE : selectedRun,
          options: [
            ...runs.flatMap(({ key, enabled }, at) =>
              enabled || key === selectedRun ? [{ value: key, title: names[at] }] : [],
            ),
            { value: BESIDE, title: t("maps.beside") },
          ],
          onInput: (value) =>
            store.update(
              value === BESIDE ? { beside: true } : { beside: false, selectedRun: Number(value) },
            ),
        }),
        section,
      );
    },
  };
}

/** @param {HTMLElement} picture @param {import("./types.js").Tools} tools */
export const createGround = (picture, tools) => [
  createSegments(picture, {
    store: tools.store,
    field: "ground",
    words: GROUNDS,
    label: () => t("ground.label"),
    say: (word) => ({ title: t(`ground.${word}`), hint: t(`ground.${word}_hint`) }),
  }),
  createChoice(picture, tools),
];
