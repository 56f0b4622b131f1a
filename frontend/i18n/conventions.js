// Whose form of an update rule it is: frameworks have names, the others words.

import { t } from "./i18n.js";

/** @type {Record<string, string>} */
const FRAMEWORKS = { pytorch: "PyTorch", keras: "Keras", optax: "Optax" };
/** @type {Record<string, string>} */
const WORDS = {
  lecture: "convention.lecture",
  textbook: "convention.textbook",
  paper: "convention.paper",
};

/** @param {string} id */
export const conventionName = (id) => FRAMEWORKS[id] ?? t(WORDS[id]);
