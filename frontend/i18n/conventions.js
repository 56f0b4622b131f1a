// Whose form of an update rule it is: frameworks have names, the others words.

import { t } from "./i18n.js";

const FRAMEWORKS = { pytorch: "PyTorch", keras: "Keras", optax: "Optax" };
const WORDS = {
  lecture: "convention.lecture",
  textbook: "convention.textbook",
  paper: "convention.paper",
};

export const conventionName = (id) => FRAMEWORKS[id] ?? t(WORDS[id]);
