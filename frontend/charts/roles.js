// What the parts of a step look like, on the picture and in its formula: each has a colour, a dash
// and a letter, so that none is told by its hue alone.

/**
 * @typedef {"gradient" | "penalty" | "noise" | "clipping" | "velocity" | "lookahead" | "decay"
 *   | "scaling" | "step"} PartRole
 *
 * @typedef {object} PartLook
 * @property {string} color Whose of `--role-…` of styles/theme.css.
 * @property {number[]} dash
 * @property {string} letter
 */

/** @type {Record<PartRole, PartLook>} */
export const PARTS = {
  gradient: { color: "gradient", dash: [], letter: "−∇f" },
  penalty: { color: "decay", dash: [8, 3], letter: "−∇R" },
  noise: { color: "noise", dash: [2, 3], letter: "ξ" },
  clipping: { color: "noise", dash: [8, 3, 2, 3], letter: "✂" },
  velocity: { color: "velocity", dash: [10, 4], letter: "v" },
  lookahead: { color: "lookahead", dash: [3, 5], letter: "x + βv" },
  decay: { color: "decay", dash: [3, 4], letter: "−λx" },
  scaling: { color: "scaling", dash: [5, 3], letter: "α̃" },
  step: { color: "step", dash: [], letter: "Δx" },
};

export const PART_ROLES = /** @type {PartRole[]} */ (Object.keys(PARTS));
