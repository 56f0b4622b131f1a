// What the picture is coloured by: the loss, or the length of its gradient.

import { t } from "../../i18n/i18n.js";
import { GROUNDS } from "../state.js";
import { createSegments } from "./segments.js";

/** @param {HTMLElement} picture @param {import("../../core/store.js").Store<any>} store */
export const createGround = (picture, store) =>
  createSegments(picture, {
    store,
    field: "ground",
    words: GROUNDS,
    label: () => t("ground.label"),
    say: (word) => ({ title: t(`ground.${word}`), hint: t(`ground.${word}_hint`) }),
  });
