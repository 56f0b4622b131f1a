// Whether the loss is shown on a logarithmic or a linear scale.

import { t } from "../../i18n/i18n.js";
import { SCALES } from "../state.js";
import { createSegments } from "./segments.js";

/** @param {HTMLElement} panel @param {import("../../core/store.js").Store<any>} store */
export const createScale = (panel, store) =>
  createSegments(panel, {
    store,
    field: "scale",
    words: SCALES,
    label: () => t("scale.label"),
    say: (word) => ({ title: t(`scale.${word}`), hint: t(`scale.${word}_hint`) }),
  });
